"""What officials read is what the document says, in both languages and every format."""

import re
from dataclasses import replace
from enum import EnumType, StrEnum
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pytest
from docx import Document
from tests.granting import granting

from tongban.agreement_text import pdf as pdf_format
from tongban.agreement_text.composing import compose
from tongban.agreement_text.enum_words import words_of
from tongban.agreement_text.faults import FontMissing
from tongban.agreement_text.formats import FORMATS
from tongban.agreement_text.text import AgreementText, Format, Table
from tongban.agreement_text.web_page import web_page
from tongban.agreement_text.wording import chinese_number, wording_of
from tongban.catalogue import load_agreements
from tongban.core.agreements import provisions
from tongban.core.agreements.agreement import Level
from tongban.core.agreements.checks import check_agreement
from tongban.core.agreements.clauses import RunOff
from tongban.core.agreements.document import document_digest
from tongban.core.cases.events import Mode
from tongban.core.cases.process import LegKind, Power
from tongban.core.items.lists import Share
from tongban.core.words import Language, Words

from .examples import EXAMPLE, large

KINDS = [
    *(Level, RunOff, Mode, Power, LegKind, Share),
    *(
        kind
        for kind in vars(provisions).values()
        if isinstance(kind, EnumType) and kind is not StrEnum
    ),
]
TOKENS = Path(__file__).resolve().parents[2] / "src/tongban/pages/design/_tokens.scss"
STYLE = TOKENS.parents[2] / "agreement_text" / "web_page.css"


def every_word(text: AgreementText) -> list[str]:
    """Words, captions, columns and cells, as they have to stand in every format."""
    blocks = [block for article in text.articles for block in article.blocks]
    found = [text.title, text.opening, text.closing, text.digest]
    found += [party.name for party in text.parties] + [party.office for party in text.parties]
    found += [article.mark.words for article in text.articles]
    for block in [*blocks, *(schedule.table for schedule in text.schedules)]:
        if isinstance(block, Table):
            found += [*block.columns, *(cell for row in block.rows for cell in row)]
        else:
            found.append(block.words)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_that_agreements_write_has_words(kind: type[StrEnum]) -> None:
    for value in kind:
        assert words_of(value).zh
        assert words_of(value).en


@pytest.mark.parametrize("language", Language)
def test_every_clause_is_an_article_and_says_whether_the_system_enforces_it(
    language: Language,
) -> None:
    text = compose(EXAMPLE, language)
    told = {article.clause: article.mark.enforced for article in text.articles if article.clause}
    assert told == {clause.number: clause.enforced for clause in EXAMPLE.clauses}


def test_an_enforced_article_names_what_of_it_is_enforced() -> None:
    marks = [article.mark for article in compose(EXAMPLE, Language.CHINESE).articles]
    assert [mark for mark in marks if mark.enforced and "本条的由" in mark.words] == []


def test_what_no_software_enforces_says_so_in_the_words_of_officials() -> None:
    text = compose(EXAMPLE, Language.CHINESE)
    first = text.articles[0]
    assert (first.ordinal, first.title) == ("第一条", "目的和原则")
    assert first.mark.words.startswith("本条不由系统自动执行")


def test_the_limit_a_day_and_the_items_stand_in_the_article_that_grants_them() -> None:
    text = compose(EXAMPLE, Language.CHINESE)
    grants = next(article for article in text.articles if article.clause == "2.1")
    assert "不超过200件" in str(grants.blocks)
    tables = [block for block in grants.blocks if isinstance(block, Table)]
    assert tables[0].caption == "乙方授权甲方办理的事项（3项）"
    assert tables[0].rows[2][1:3] == ("11330100MB187144333332099004000", "社会保障卡申领")


def test_the_text_says_in_whose_name_a_counter_notifies_and_from_when_days_run() -> None:
    granted = granting(
        "suzhou.g60.demo", "hangzhou.g60.demo", more=frozenset({Power.NOTIFY, Power.REVIEW})
    )
    chinese, english = (str(compose(granted, each)) for each in Language)
    assert "乙方的期限自甲方收到申请材料之日起算" in chinese or (
        "甲方的期限自乙方收到申请材料之日起算" in chinese
    )
    assert "收件、代为一次性告知、原件核验、送达的授权（其他授权由人员履行）" in chinese
    assert "days run from" in english


def test_names_from_elsewhere_stand_in_where_the_document_has_codes_alone() -> None:
    agreement = next(each for each in load_agreements() if each.number == "G60-2025-02")
    item = agreement.consents[0].items[0]
    bare = compose(agreement, Language.ENGLISH)
    named = compose(agreement, Language.ENGLISH, {item: Words(zh="提取", en="Withdrawal")})
    assert "Withdrawal" not in every_word(bare)
    assert {"Withdrawal", "—"} <= set(every_word(named))


def test_an_agreement_that_refers_to_nothing_has_no_article_for_it() -> None:
    plain = replace(
        EXAMPLE,
        depositary="",
        template="",
        supersedes="",
        supersedes_also=(),
        illustrative=False,
    )
    text = compose(plain, Language.CHINESE)
    assert text.articles[-1].title == "有效期"
    assert text.notice == ""


def test_numbers_and_parties_go_on_where_characters_end() -> None:
    numbers = [chinese_number(number) for number in (1, 10, 11, 20, 99, 100)]
    assert numbers == ["一", "十", "十一", "二十", "九十九", "100"]
    parties = tuple(replace(EXAMPLE.parties[0], node=f"n{number}") for number in range(27))
    many = replace(EXAMPLE, parties=parties, consents=())
    chinese = wording_of(many, Language.CHINESE, {})
    english = wording_of(many, Language.ENGLISH, {})
    assert [chinese.party(node) for node in ("n0", "n9", "n10")] == ["甲方", "癸方", "第十一方"]
    assert [english.party(node) for node in ("n0", "n25", "n26")] == [
        "Party A",
        "Party Z",
        "Party 27",
    ]


@pytest.mark.parametrize("language", Language)
def test_a_web_page_has_every_word_and_needs_nothing_beside_itself(language: Language) -> None:
    text = compose(EXAMPLE, language)
    page = web_page(text).decode()
    for words in every_word(text):
        assert words.replace("'", "&#x27;") in page
    assert not re.search(r"<script|<link|<img|https?://|@import|url\(", page)


def test_words_of_a_partner_are_never_markup() -> None:
    title = Words(zh="<script>alert(1)</script>", en="#panic()")
    spoiled = replace(EXAMPLE, title=title)
    assert b"<script" not in web_page(compose(spoiled, Language.CHINESE))
    assert FORMATS[Format.PDF](compose(spoiled, Language.ENGLISH)).startswith(b"%PDF")
    file = FORMATS[Format.DOCX](compose(spoiled, Language.CHINESE))
    assert title.zh in [line.text for line in Document(BytesIO(file)).paragraphs]


@pytest.mark.parametrize("language", Language)
def test_a_word_file_opens_again_with_every_word(language: Language) -> None:
    text = compose(EXAMPLE, language)
    word = Document(BytesIO(FORMATS[Format.DOCX](text)))
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    lines = "\n".join(line.text for line in word.paragraphs)
    assert [words for words in every_word(text) if words not in cells and words not in lines] == []


@pytest.mark.parametrize("language", Language)
def test_a_pdf_is_tagged_and_the_same_every_time(language: Language) -> None:
    text = compose(EXAMPLE, language)
    made = FORMATS[Format.PDF](text)
    assert made.startswith(b"%PDF")
    assert b"StructTreeRoot" in made or b"/ObjStm" in made
    assert FORMATS[Format.PDF](text) == made


def test_a_machine_without_a_chinese_font_gets_no_empty_boxes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_format, "FONTS", ("No Such Font",))
    with pytest.raises(FontMissing, match="No Such Font"):
        pdf_format.pdf(compose(EXAMPLE, Language.CHINESE))


def test_the_colours_are_the_product_s() -> None:
    colour = re.compile(r"(--tb-[a-z-]+): (#[0-9a-f]{6});")
    product = set(colour.findall(TOKENS.read_text(encoding="utf-8")))
    used = set(colour.findall(STYLE.read_text(encoding="utf-8")))
    assert used <= product


@pytest.mark.drill
def test_five_thousand_item_lines_become_a_page_in_about_a_second() -> None:
    agreement = large(5000)
    started = perf_counter()
    check_agreement(agreement)
    page = web_page(compose(agreement, Language.CHINESE))
    # Three times what was measured, for a machine that others use too.
    assert perf_counter() - started < 3
    assert page.count(b"<tr>") > 5000
    assert document_digest(agreement).encode() in page
