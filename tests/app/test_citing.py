"""`tongban agreement cite`: a published instrument counts between two real nodes."""

import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.app.conftest import serving
from tests.app.folders import NAME, make_node
from tests.command_line import invoke
from tests.journeys.processes import within

import tongban.catalogue
from tongban.app.settings import Folder
from tongban.catalogue import load_instruments

HANGZHOU = "hangzhou.g60.demo"
LIST = Path(tongban.catalogue.__file__).parent / "demo" / "instruments" / "national_list.yaml"
TITLE = "全国高频政务服务“跨省通办”事项清单（演示节选）"


def asked(folder: Folder, *words: object) -> Any:
    ended = invoke(*words, "--folder", folder.root, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def introduce(here: Folder, there: Folder) -> None:
    shown = asked(there, "peer", "show")
    descriptor = here.root / "partner.descriptor"
    descriptor.write_bytes(b64decode(shown["descriptor"]))
    asked(here, "peer", "add", descriptor, "--fingerprint", shown["fingerprint"])


def is_open(folder: Folder) -> bool:
    return [line["line"] for line in asked(folder, "peer", "list")] == ["open"]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Folder, Folder]]:
    """Suzhou and Hangzhou, paired, with an open line."""
    root = tmp_path_factory.mktemp("pair")
    folders = make_node(root / "suzhou"), make_node(root / "hangzhou", name=HANGZHOU)
    with serving(folders[0]), serving(folders[1]):
        introduce(*folders)
        introduce(*reversed(folders))
        assert within(120, lambda: all(is_open(folder) for folder in folders))
        yield folders


def cited(folder: Folder) -> list[tuple[str, str, str, bool]]:
    lines = asked(folder, "agreement", "list")
    return [(line["kind"], line["title"], line["cited_by"], line["in_force"]) for line in lines]


@pytest.fixture(scope="module")
def document(pair: tuple[Folder, Folder]) -> str:
    return str(asked(pair[0], "agreement", "cite", LIST, "--with", HANGZHOU)["document"])


def test_both_sides_list_the_instrument_and_who_cited_it(
    pair: tuple[Folder, Folder], document: str
) -> None:
    suzhou, hangzhou = pair
    line = ("instrument", TITLE, NAME, True)
    assert document.startswith("sha256:")
    assert cited(suzhou) == [line]
    assert within(120, lambda: cited(hangzhou) == [line])
    assert "cited by" in invoke("agreement", "list", "--folder", hangzhou.root).out


def test_an_instrument_is_read_as_agreements_are(
    pair: tuple[Folder, Folder], document: str
) -> None:
    shown = asked(pair[0], "agreement", "show", document)
    assert (shown["number"], shown["parties"]) == ("国办发〔2020〕35号", ["国务院办公厅"])
    assert [clause["enforced"] for clause in shown["clauses"]] == [True, True]


def test_an_instrument_is_neither_signed_nor_suspended(
    pair: tuple[Folder, Folder], document: str
) -> None:
    for words in (("sign", document), ("suspend", document, "--ground", "trial")):
        refused = invoke("agreement", *words, "--folder", pair[0].root)
        assert refused.code == 1
        assert "is neither signed nor suspended" in refused.err


def test_it_is_cited_once(pair: tuple[Folder, Folder], document: str) -> None:
    again = invoke("agreement", "cite", LIST, "--with", HANGZHOU, "--folder", pair[0].root)
    assert again.code == 1
    assert "这份文本已经在两地之间了。" in again.err
    assert "already lies between the two places" in again.err
    assert [line["document"] for line in asked(pair[0], "agreement", "list")] == [document]


def test_with_a_stranger_nothing_is_cited(pair: tuple[Folder, Folder], document: str) -> None:
    refused = invoke("agreement", "cite", LIST, "--with", "wuhu.demo", "--folder", pair[0].root)
    assert refused.code == 1
    assert "wuhu.demo is no partner of this node yet; `tongban peer add` first" in refused.err
    assert [line["document"] for line in asked(pair[0], "agreement", "list")] == [document]


@pytest.mark.parametrize("text", ["", "garbage", "number: 5"])
def test_garbage_is_no_instrument(pair: tuple[Folder, Folder], tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.yaml"
    path.write_text(text, encoding="utf-8")
    refused = invoke("agreement", "cite", path, "--with", HANGZHOU, "--folder", pair[0].root)
    assert refused.code == 1
    assert "the document is not a published instrument" in refused.err
    assert "mend the file and cite it again" in refused.err


def explained(folder: Folder, partner: str, item: str, *more: str) -> Any:
    words = ("agreement", "explain", "--item", item, "--partner", partner, *more)
    return asked(folder, *words)


def test_an_explanation_says_under_which_instrument_and_which_clause_would_be_needed(
    pair: tuple[Folder, Folder],
    document: str,
) -> None:
    clause = load_instruments()[0].clauses[0]
    item = "1" * 19 + clause.catalogue_codes[0]
    found = explained(pair[0], HANGZHOU, item, "--mode", clause.modes[0])
    assert (found["granter"], found["grantee"]) == (HANGZHOU, NAME)
    allowed = {each["power"]: each for each in found["answers"] if each["allowed"]}
    assert set(allowed) == set(clause.powers)
    assert all(each["basis"]["document"] == document for each in allowed.values())
    refused = next(each for each in found["answers"] if not each["allowed"])
    assert refused["refusal"]["ground"] == "no_agreement"
    assert refused["needed"]["items"] == [item]


def test_an_explanation_is_told_to_people_too(pair: tuple[Folder, Folder]) -> None:
    words = ("agreement", "explain", "--item", "1" * 31, "--partner", HANGZHOU)
    ended = invoke(*words, "--folder", pair[0].root)
    assert ended.code == 0
    assert "not known here" in ended.out
    assert "a clause in which hangzhou.g60.demo grants exactly this" in ended.out
    assert "nothing here can close that" in ended.out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--partner", "nobody.example"), "no partner of this node"),
        (("--partner", HANGZHOU, "--mode", "by_mail"), "there is no mode by_mail"),
    ],
)
def test_an_explanation_of_what_is_not_there_is_refused(
    pair: tuple[Folder, Folder], more: tuple[str, ...], said: str
) -> None:
    words = ("agreement", "explain", "--item", "1" * 31, *more)
    ended = invoke(*words, "--folder", pair[0].root)
    assert ended.code == 1
    assert said in ended.err
