"""`tongban negotiation`: two real nodes bring a text from the first proposal to signatures."""

import json
from base64 import b64decode
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.app.conftest import serving
from tests.app.folders import make_node
from tests.command_line import invoke
from tests.journeys.processes import within

import tongban.catalogue
from tongban.app.settings import Folder

HANGZHOU = "hangzhou.g60.demo"
SHIPPED = Path(tongban.catalogue.__file__).parent / "demo" / "agreements" / "suzhou_hangzhou.yaml"
SOON = (date.today() + timedelta(days=7)).isoformat()  # noqa: DTZ011, TID251 - as an operator types


def asked(folder: Folder, *words: object) -> Any:
    ended = invoke(*words, "--folder", folder.root, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def said(folder: Folder, *words: object) -> str:
    ended = invoke(*words, "--folder", folder.root)
    return ended.out + ended.err


def introduce(here: Folder, there: Folder) -> None:
    shown = asked(there, "peer", "show")
    descriptor = here.root / "partner.descriptor"
    descriptor.write_bytes(b64decode(shown["descriptor"]))
    asked(here, "peer", "add", descriptor, "--fingerprint", shown["fingerprint"])


def is_open(folder: Folder) -> bool:
    return [line["line"] for line in asked(folder, "peer", "list")] == ["open"]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Folder, Folder]]:
    """Suzhou and Hangzhou, paired, with an open line; Hangzhou wants four eyes."""
    root = tmp_path_factory.mktemp("pair")
    suzhou, hangzhou = make_node(root / "suzhou"), make_node(root / "hangzhou", name=HANGZHOU)
    settings = hangzhou.settings.read_text(encoding="utf-8")
    settings = settings.replace("four_eyes = false", "four_eyes = true")
    hangzhou.settings.write_text(settings, encoding="utf-8")
    with serving(suzhou), serving(hangzhou):
        introduce(suzhou, hangzhou)
        introduce(hangzhou, suzhou)
        assert within(120, lambda: is_open(suzhou) and is_open(hangzhou))
        yield suzhou, hangzhou


def draft(folder: Folder, title: str, **changes: Any) -> Path:
    """The demonstration's text under another title, in a file."""
    plain = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    plain["title"]["zh"] = title
    plain["clauses"][0]["text"]["zh"] = f"双方合作。{title}。"
    path = folder.root / f"{title}.yaml"
    path.write_text(yaml.safe_dump({**plain, **changes}, allow_unicode=True), encoding="utf-8")
    return path


def proposed(pair: tuple[Folder, Folder], title: str) -> str:
    """A negotiation that Suzhou began, and of which Hangzhou knows."""
    suzhou, hangzhou = pair
    begun = asked(suzhou, "negotiation", "propose", draft(suzhou, title), "--answer-by", SOON)
    name = str(begun["negotiation"])
    assert within(60, lambda: name in standings(hangzhou))
    return name


def standings(folder: Folder) -> dict[str, tuple[str, bool, int]]:
    return {
        line["negotiation"]: (line["standing"], line["your_turn"], line["version"])
        for line in asked(folder, "negotiation", "list")
    }


def test_from_a_proposal_to_two_signatures(pair: tuple[Folder, Folder]) -> None:
    suzhou, hangzhou = pair
    name = proposed(pair, "初稿")
    assert standings(hangzhou)[name] == ("open", True, 1)
    asked(hangzhou, "negotiation", "comment", name, "1.1", "请写明费用")
    text = draft(hangzhou, "二稿")
    asked(hangzhou, "negotiation", "counter", name, text, "--answer-by", SOON, "--version", 1)
    assert within(60, lambda: standings(suzhou)[name] == ("open", True, 2))
    shown = said(suzhou, "negotiation", "show", name, "--diff")
    assert "请写明费用" in shown
    assert "[-初-]{+二+}" in shown
    document = asked(suzhou, "negotiation", "accept", name)["document"]
    assert "法定代表人身份证明书" in said(suzhou, "agreement", "sign", document)
    representative = ("--office", "legal_representative", "--kind", "delegation", "--until", SOON)
    asked(suzhou, "agreement", "authorise", "FR-2026-1", *representative)
    asked(suzhou, "agreement", "sign", document)
    assert within(60, lambda: document in documents(hangzhou))
    asked(hangzhou, "agreement", "authorise", "FR-2026-2", *representative)
    assert "两名不同的人员" in said(hangzhou, "agreement", "sign", document)
    two_officers_confirm(hangzhou, document)
    paper = ("--kind", "delegation", "--until", SOON)
    asked(hangzhou, "agreement", "authorise", "WT-2026-3", *paper)
    papers = {line["number"] for line in asked(hangzhou, "agreement", "authorisations")}
    assert papers == {"FR-2026-2", "WT-2026-3"}
    asked(hangzhou, "agreement", "sign", document, "--under", "WT-2026-3")
    assert within(60, lambda: documents(suzhou)[document])
    asked(hangzhou, "agreement", "revoke", "WT-2026-3")
    reads_by_a_short_name(suzhou, document)


def two_officers_confirm(folder: Folder, document: str) -> None:
    """Only who has an account and the role can."""
    confirm = ("agreement", "confirm", document, "--officer")
    asked(folder, "person", "add", "clerk", "--name", "某窗口", "--role", "counter_clerk")
    for stranger in ("A17", "clerk"):
        assert "no agreement officer" in said(folder, *confirm, stranger)
    for officer in ("first", "second"):
        asked(folder, "person", "add", officer, "--name", "协议员", "--role", "agreement_officer")
    ending = (*confirm, "first", "--for", "terminate")
    assert "give it with `--last-day`" in said(folder, *ending)
    assert "no day" in said(folder, *ending, "--last-day", "soon")
    assert "leave `--last-day` out" in said(folder, *confirm, "first", "--last-day", "2027-06-30")
    assert asked(folder, *ending, "--last-day", "2027-06-30")["last_day"] == "2027-06-30"
    for officer in ("first", "second"):
        asked(folder, *confirm, officer)


def reads_by_a_short_name(folder: Folder, document: str) -> None:
    """The list names it in eight digits, by which it is shown and asked about."""
    (line,) = (each for each in asked(folder, "agreement", "list") if each["document"] == document)
    assert (line["standing"], line["version"], len(line["short"])) == ("in force", 1, 8)
    assert line["days_left"] > 0
    assert f"{line['short']} " in said(folder, "agreement", "list")
    shown = said(folder, "agreement", "show", line["short"])
    for part in (
        document,
        "Party",
        "powers: ",
        "items: ",
        "Consent of ",
        "Cases under way",
        HANGZHOU,
    ):
        assert part in shown
    question = asked(folder, "inquiry", "ask", "双休日也寄吗？", "--agreement", line["short"])
    assert (question["partner"], question["item"]) == (HANGZHOU, "")
    (listed,) = asked(folder, "inquiry", "list")
    assert listed["agreement"] == document
    assert "no agreement 0000" in said(folder, "agreement", "show", "0000")


def documents(folder: Folder) -> dict[str, bool]:
    """Which agreements are there, and whether each is in force."""
    return {line["document"]: line["in_force"] for line in asked(folder, "agreement", "list")}


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_it_may_come_to_nothing(pair: tuple[Folder, Folder], end: str) -> None:
    suzhou, hangzhou = pair
    name = proposed(pair, f"{end}一稿")
    words = ("--ground", "no_capacity") if end == "reject" else ()
    ender = hangzhou if end == "reject" else suzhou
    asked(ender, "negotiation", end, name, *words)
    ended = {"reject": "rejected", "withdraw": "withdrawn"}[end]
    for folder in pair:
        assert within(60, lambda folder=folder: standings(folder)[name][0] == ended)  # type: ignore[misc]  # a bound name


def test_who_does_not_hold_it_is_told_so(pair: tuple[Folder, Folder]) -> None:
    suzhou, _ = pair
    name = proposed(pair, "又一稿")
    assert "轮到对方" in said(suzhou, "negotiation", "accept", name)
    assert "nothing to compare" in said(suzhou, "negotiation", "show", name, "--diff")
    assert "the partner's turn" in said(suzhou, "negotiation", "show", name)
    again = draft(suzhou, "又一稿")
    assert "still open" in said(suzhou, "negotiation", "propose", again, "--answer-by", SOON)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("negotiation", "show", "none"), "negotiation list"),
        (("agreement", "revoke", "none"), "agreement authorisations"),
        (("agreement", "authorise", "张三", "--kind", "framework", "--until", SOON), "code"),
        (("agreement", "authorise", "WT-1", "--kind", "gift", "--until", SOON), "delegation"),
        (
            ("agreement", "authorise", "WT-1", "--kind", "framework", "--until", "2020-01-01"),
            "last",
        ),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    pair: tuple[Folder, Folder], words: tuple[str, ...], expected: str
) -> None:
    assert expected in said(pair[0], *words)


def test_every_party_of_a_text_of_many_is_a_partner_before(pair: tuple[Folder, Folder]) -> None:
    plain = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    third = {**plain["parties"][0], "node": "hefei.g60.demo"}
    path = draft(pair[0], "三方", parties=[*plain["parties"], third], depositary=HANGZHOU)
    found = said(pair[0], "negotiation", "propose", path, "--answer-by", SOON)
    assert "hefei.g60.demo is no partner of this node yet" in found


def test_what_negotiations_took_is_told(pair: tuple[Folder, Folder]) -> None:
    path = draft(pair[0], "统计")
    asked(pair[0], "negotiation", "propose", path, "--answer-by", SOON)

    def found() -> dict[str, Any]:
        return dict(asked(pair[0], "negotiation", "statistics"))

    # A proposal counts once the partner's outcome has come back.
    assert within(20, lambda: "open" in found()["all"]["by_standing"])
    assert found()["negotiations"][-1]["hours"] < 1
    assert "counters:" in said(pair[0], "negotiation", "statistics")
