"""`tongban item`: the catalogue of a real node, and what it says of data that nobody provides."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.app.conftest import serving
from tests.app.folders import make_node
from tests.command_line import invoke

from tongban.app.settings import Folder

WUHU = "wuhu.g60.demo"
COMPANY = "11340200MB1572093A3340131003000"
NEWBORN = "001009004000"


@pytest.fixture(scope="module")
def wuhu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    with serving(make_node(tmp_path_factory.mktemp("node") / "wuhu", name=WUHU)) as folder:
        yield folder


def asked(folder: Folder, *words: object) -> Any:
    ended = invoke("item", *words, "--folder", folder.root, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def test_a_node_without_partners_knows_its_own_items_alone(wuhu: Folder) -> None:
    own, every = asked(wuhu, "list"), asked(wuhu, "list", "--all")
    assert {line["competent"] for line in own} == {WUHU}
    assert every == own
    assert COMPANY[:18] in invoke("item", "list", "--folder", wuhu.root).out


def test_nothing_stood_before_the_node_was_made(wuhu: Folder) -> None:
    assert asked(wuhu, "list", "--on", "2020-01-01") == []
    ended = invoke("item", "show", COMPANY, "--on", "2020-01-01", "--folder", wuhu.root)
    assert ended.code == 1
    assert "first published on" in ended.err


def test_an_item_is_shown_with_its_versions_and_with_what_nobody_provides(wuhu: Folder) -> None:
    (newborn,) = (line for line in asked(wuhu, "list") if line["basic_code"] == NEWBORN)
    shown = asked(wuhu, "show", newborn["item"])
    gaps = {line["code"]: line["gap"] for line in shown["uses"]}
    assert gaps["birth_record"] == "no_provider"
    assert gaps["marriage_record"] == ""
    assert [line["version"] for line in shown["versions"]] == [1]
    assert (
        "nobody: no_provider" in invoke("item", "show", newborn["item"], "--folder", wuhu.root).out
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "nothing"), "ever published here"),
        (("list", "--on", "yesterday"), "is no day"),
        (("open", COMPANY, "--to", "nobody.example"), "is no partner"),
        (("open", "nothing"), "Nothing was opened"),
        (("close", COMPANY, "--to", "nobody.example"), "is no partner"),
        (("close", COMPANY, "--to", WUHU, "--reason", "moved"), "one of closed, suspended"),
    ],
)
def test_what_is_not_there_is_said_with_a_way_on(
    wuhu: Folder, words: tuple[str, ...], said: str
) -> None:
    ended = invoke("item", *words, "--folder", wuhu.root)
    assert ended.code == 1
    assert said in ended.err


def test_what_was_said_of_a_withdrawal_is_not_said_again(wuhu: Folder) -> None:
    code = next(line["item"] for line in asked(wuhu, "list") if line["item"] != COMPANY)
    words = ("withdraw", code, "--reason", "moved", "--from", "2030-01-01")
    assert asked(wuhu, *words)["from_day"] == "2030-01-01"
    ended = invoke("item", *words, "--folder", wuhu.root)
    assert ended.code == 1
    assert "withdrew it before" in ended.err
