"""The text as a web page of its own, or as one element for a page of the product; no scripts."""

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files

from tongban.agreement_text.text import AgreementText, Article, Block, PartyText, Table


def web_page(text: AgreementText) -> bytes:
    """A page that needs nothing beside itself, neither files nor network."""
    head = (
        f'<!doctype html>\n<html lang="{_tag(text)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(text.title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
    )
    return f"{head}{web_element(text)}</body>\n</html>\n".encode()


def web_element(text: AgreementText) -> str:
    """The same without its frame; every class begins with tb-paper."""
    return "".join(_lines(text))


def _lines(text: AgreementText) -> Iterator[str]:
    yield f'<main class="tb-paper" lang="{_tag(text)}">\n'
    if text.notice:
        yield f'<p class="tb-paper__notice">{escape(text.notice)}</p>\n'
    yield f"<header>\n<h1>{escape(text.title)}</h1>\n"
    yield f'<p class="tb-paper__number">{escape(text.number)}</p>\n</header>\n'
    yield '<dl class="tb-paper__parties">\n'
    for party in text.parties:
        yield _party(party)
    yield f"</dl>\n<p>{escape(text.opening)}</p>\n"
    for article in text.articles:
        yield from _article(article)
    yield from _signatures(text)
    for schedule in text.schedules:
        yield f'<section class="tb-paper__schedule">\n<h2>{escape(schedule.heading)}</h2>\n'
        yield from _block(schedule.table)
        yield "</section>\n"
    yield f"<footer>\n<p>{escape(text.closing)}</p>\n"
    yield f'<p class="tb-paper__digest"><code>{escape(text.digest)}</code></p>\n</footer>\n'
    yield "</main>\n"


def _tag(text: AgreementText) -> str:
    return "zh-CN" if text.language == "zh" else "en"


def _party(party: PartyText) -> str:
    return (
        f"<div><dt>{escape(party.label)}</dt><dd><strong>{escape(party.name)}</strong><br>"
        f"<small>{escape(party.detail)}</small></dd></div>\n"
    )


def _article(article: Article) -> Iterator[str]:
    kind = "enforced" if article.mark.enforced else "words"
    anchor = f' id="clause-{escape(article.clause)}"' if article.clause else ""
    number = f' <span class="tb-paper__clause">{escape(article.clause)}</span>'
    yield f'<section class="tb-paper__article tb-paper__article--{kind}"{anchor}>\n'
    yield f"<h2>{escape(article.ordinal)} {escape(article.title)}"
    yield f"{number if article.clause else ''}</h2>\n"
    yield f'<p class="tb-paper__mark"><strong>{escape(article.mark.label)}</strong> '
    yield f"{escape(article.mark.words)}</p>\n"
    for block in article.blocks:
        yield from _block(block)
    yield "</section>\n"


def _block(block: Block) -> Iterator[str]:
    if not isinstance(block, Table):
        yield f"<p>{escape(block.words)}</p>\n"
        return
    # Whoever scrolls with keys has to be able to reach what is wider than the screen.
    caption = escape(block.caption)
    yield f'<div class="tb-paper__table" role="region" aria-label="{caption}" tabindex="0">\n'
    yield f"<table>\n<caption>{caption}</caption>\n<thead><tr>"
    yield "".join(f'<th scope="col">{escape(column)}</th>' for column in block.columns)
    yield "</tr></thead>\n<tbody>\n"
    for row in block.rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def _signatures(text: AgreementText) -> Iterator[str]:
    yield '<section class="tb-paper__signatures">\n'
    for party in text.parties:
        yield (
            f"<div><p><strong>{escape(party.label)}</strong> {escape(party.name)} "
            f'<span class="tb-paper__seal">{escape(text.seal)}</span></p>'
            f"<p>{escape(party.office)}</p><p>{escape(text.signature)}</p>"
            f"<p>{escape(text.date)}</p></div>\n"
        )
    yield "</section>\n"


@cache
def _style() -> str:
    return (files(__package__) / "web_page.css").read_text(encoding="utf-8")
