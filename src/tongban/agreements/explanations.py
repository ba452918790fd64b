"""May this organisation do this act on this item now, and under which clause, as a page says it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from tongban.agreements.labels import mode_words, power_words
from tongban.agreements.record import direction_words, known_items
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.explain import Answer
from tongban.core.cases.events import Mode
from tongban.core.items.item import Item
from tongban.node.explaining import Explanation, explain_item
from tongban.pages.components import RefusalView
from tongban.pages.places import name_of_node
from tongban.pages.refusals import refusal_view
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

_FOUND_MAX = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Under:
    """The document and clause on which a power rests, or would if it were in force."""

    digest: str
    title: str
    clause: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerView:
    """One power; under: None where nothing grants it. needed: the clause that is lacking."""

    power: str
    allowed: bool
    under: Under | None
    refusal: RefusalView | None
    needed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ModeView:
    """The powers in one mode."""

    words: str
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplanationView:
    """Everything that the page says; item: None where none of this code is known here."""

    code: str
    item: Item | None
    direction: str
    modes: tuple[ModeView, ...]
    online: bool


def explanation(code: str, partner: str, mode: Mode | None) -> ExplanationView:
    """The answer for the page; raises UnknownPeer."""
    found = explain_item(whole_node(), code, partner, mode)
    by_mode: dict[Mode, list[AnswerView]] = {}
    for answer in found.answers:
        by_mode.setdefault(answer.mode, []).append(_view(found, answer))
    return ExplanationView(
        code=code,
        item=found.item,
        direction=direction_words(found.direction.granter, found.direction.grantee),
        modes=tuple(
            ModeView(words=mode_words(each), answers=tuple(views))
            for each, views in by_mode.items()
        ),
        online=found.online,
    )


def items_like(text: str) -> list[Item]:
    """Items whose name or code has this text, by name; nothing for no text."""
    wanted = text.casefold()
    found = (
        item
        for item in known_items()
        if wanted and wanted in f"{item.name.zh} {item.name.en} {item.code}".casefold()
    )
    return sorted(found, key=lambda item: (item.name.zh, item.code))[:_FOUND_MAX]


def _view(found: Explanation, answer: Answer) -> AnswerView:
    return AnswerView(
        power=power_words(answer.power),
        allowed=answer.basis is not None,
        under=next(_under(found, answer), None),
        refusal=refusal_view(answer.refusal, None) if answer.refusal else None,
        needed=_needed(answer),
    )


def _under(found: Explanation, answer: Answer) -> Iterator[Under]:
    if answer.basis is not None:
        digest, number = answer.basis.document or "", answer.basis.clause or ""
    elif answer.stopped_line is not None:
        digest, number = answer.stopped_line
    else:
        return
    document = found.pair.documents.get(digest)
    if document is not None:
        clause = document.clause(number)
        version = f" v{document.version}" if isinstance(document, Agreement) else ""
        yield Under(
            digest=digest,
            title=f"{said(document.title)} {document.number}{version}",
            clause=number,
            words=said(clause.text) if clause else "",
        )


def _needed(answer: Answer) -> str:
    if answer.needed is None:
        return ""
    return gettext(
        "需要一条条款：%(granter)s授权%(grantee)s，对这个事项，以“%(mode)s”方式“%(power)s”"
    ) % {
        "granter": name_of_node(answer.needed.granter),
        "grantee": name_of_node(answer.needed.grantee),
        "mode": mode_words(answer.mode),
        "power": power_words(answer.power),
    }
