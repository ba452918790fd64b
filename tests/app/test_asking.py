"""`tongban inquiry`: two real nodes ask and answer at the command line."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.app.conftest import serving
from tests.app.folders import make_node
from tests.app.test_negotiating import HANGZHOU, SHIPPED, asked, introduce, is_open, said
from tests.journeys.processes import within

from tongban.app.settings import Folder
from tongban.core.agreements.document import parse_agreement

SOON = (date.today() + timedelta(days=7)).isoformat()  # noqa: DTZ011, TID251 - as an operator types
ITEM = "1233010047011355223332099001000"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Folder, Folder]]:
    """Suzhou and Hangzhou, paired, with an open line; Suzhou knows the item of Hangzhou."""
    root = tmp_path_factory.mktemp("pair")
    suzhou, hangzhou = make_node(root / "suzhou"), make_node(root / "hangzhou", name=HANGZHOU)
    with serving(suzhou), serving(hangzhou):
        introduce(suzhou, hangzhou)
        introduce(hangzhou, suzhou)
        assert within(120, lambda: is_open(suzhou) and is_open(hangzhou))
        asked(hangzhou, "item", "open", ITEM)
        assert within(60, lambda: ITEM in str(asked(suzhou, "item", "list", "--all")))
        yield suzhou, hangzhou


def ask(pair: tuple[Folder, Folder], words: str, *more: object) -> str:
    """An inquiry of which the other knows."""
    suzhou, hangzhou = pair
    about = ("--item", ITEM, "--partner", HANGZHOU)
    name = str(asked(suzhou, "inquiry", "ask", words, *about, *more)["inquiry"])
    assert within(60, lambda: name in str(asked(hangzhou, "inquiry", "list", "--open")))
    return name


def test_it_is_asked_with_a_file_and_answered(pair: tuple[Folder, Folder], tmp_path: Path) -> None:
    suzhou, hangzhou = pair
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"a letter")
    name = ask(pair, "能否视频核验？", "--attach", letter)
    asked(suzhou, "inquiry", "message", name, "急件")
    line = asked(hangzhou, "inquiry", "show", name)["lines"][0]["entry"]
    copy = tmp_path / "copy.txt"
    said(hangzhou, "inquiry", "attachment", name, line, "attachment:1", "--output", copy)
    assert copy.read_bytes() == b"a letter"
    assert "grants no power" in said(hangzhou, "inquiry", "answer", name, "可以，须录像。")
    assert within(60, lambda: "须录像" in said(suzhou, "inquiry", "search", "视频"))
    assert "须录像" in said(suzhou, "inquiry", "show", name)
    assert "Nothing alike" in said(suzhou, "inquiry", "search", "邮寄")
    assert "Answered before" in said(
        suzhou, "inquiry", "ask", "再问？", "--item", ITEM, "--partner", HANGZHOU
    )


def test_a_one_off_needs_a_case_and_a_paper(pair: tuple[Folder, Folder]) -> None:
    _, hangzhou = pair
    name = ask(pair, "这件呢？")
    asked(hangzhou, "inquiry", "authorise", "WT-9", "--until", SOON, "--item", ITEM)
    assert "WT-9" in said(hangzhou, "inquiry", "authorisations")
    assert "没有写明是哪一件" in said(hangzhou, "inquiry", "decide", name, "可", "--under", "WT-9")
    asked(hangzhou, "inquiry", "revoke", "WT-9")
    assert "Nobody" in said(hangzhou, "inquiry", "authorisations")


def test_answers_alike_are_drafted_as_an_amendment(
    pair: tuple[Folder, Folder], tmp_path: Path
) -> None:
    suzhou, hangzhou = pair
    for number in range(3):
        name = ask(pair, f"电子章{number}？")
        asked(hangzhou, "inquiry", "answer", name, f"认可{number}。", "--topic", "seal")
    # An answer counts once the outcome of the partner has come back.
    assert within(60, lambda: "3 answers" in said(hangzhou, "inquiry", "suggestions"))
    assert within(60, lambda: len(asked(suzhou, "inquiry", "suggestions")) == 1)
    output, shipped = tmp_path / "draft.json", agreement(suzhou)
    draft = ("--item", ITEM, "--topic", "seal", "--output", output)
    assert "grants no power" in said(suzhou, "inquiry", "amendment", shipped, *draft)
    drafted = parse_agreement(json.loads(output.read_text(encoding="utf-8")))
    assert (drafted.supersedes, drafted.clauses[-1].grants) == (shipped, ())
    assert "认可2。" in drafted.clauses[-1].text.zh


def agreement(folder: Folder) -> str:
    """The demonstration's agreement, kept here; its digest."""
    return str(asked(folder, "agreement", "import", SHIPPED)["document"])


def test_an_answer_and_a_question_are_taken_back(pair: tuple[Folder, Folder]) -> None:
    suzhou, hangzhou = pair
    name = ask(pair, "复印件？")
    asked(hangzhou, "inquiry", "answer", name, "行。", "--topic", "copy")

    def counting() -> list[str]:
        lines = asked(hangzhou, "inquiry", "show", name, "--keep-unread")["lines"]
        return [line["entry"] for line in lines if line["counts"]]

    assert within(60, lambda: len(counting()) == 1)
    (answer,) = counting()
    assert "stays" in said(hangzhou, "inquiry", "retract", name, answer, "--ground", "law_changed")
    assert "stays" in said(suzhou, "inquiry", "withdraw", name)


def test_a_missing_power_is_reported(pair: tuple[Folder, Folder]) -> None:
    suzhou, _ = pair
    about = ("--item", ITEM, "--partner", HANGZHOU)
    assert "no upper node" in said(suzhou, "inquiry", "report", "accept", *about)
    to = ("--to", HANGZHOU, "--words", "缺授权")
    assert "asked" in said(suzhou, "inquiry", "report", "deliver", *about, *to)
    assert "deliver" in said(suzhou, "inquiry", "reports")
