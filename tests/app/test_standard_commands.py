"""`tongban standard`: a draft from what places ask, changed, checked and published."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.app.conftest import serving
from tests.app.folders import make_node
from tests.command_line import invoke

from tongban.app.settings import Folder

WUHU = "wuhu.g60.demo"


@pytest.fixture(scope="module")
def wuhu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    with serving(make_node(tmp_path_factory.mktemp("node") / "wuhu", name=WUHU)) as folder:
        yield folder


@pytest.fixture
def basic(wuhu: Folder) -> str:
    ended = invoke("item", "list", "--folder", wuhu.root, "--json")
    return str(json.loads(ended.out)[0]["basic_code"])


def asked(folder: Folder, *words: object) -> Any:
    ended = invoke("standard", *words, "--folder", folder.root, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def refused(folder: Folder, *words: object) -> str:
    ended = invoke("standard", *words, "--folder", folder.root)
    assert ended.code == 1
    return str(ended.err)


def drafted(folder: Folder, basic: str, file: Path, number: str, **changes: object) -> Path:
    asked(folder, "draft", basic, file, "--number", number)
    text = yaml.safe_load(file.read_text(encoding="utf-8")) | changes
    text["issuer"] = {"zh": "联席会议办公室（演示）", "en": "Joint office (made up)"}
    file.write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")
    return file


def test_a_dry_run_says_who_keeps_it_and_publishes_nothing(
    wuhu: Folder, basic: str, tmp_path: Path
) -> None:
    file = drafted(wuhu, basic, tmp_path / "a.yaml", "T-1", materials=[], promised_days_max=0)
    done = asked(wuhu, "publish", file, "--dry-run")
    assert done["document"] == ""
    assert done["places"][0]["kept"] < done["places"][0]["of"]
    assert asked(wuhu, "list") == []


def test_versions_follow_each_other_and_all_can_be_shown(
    wuhu: Folder, basic: str, tmp_path: Path
) -> None:
    first = asked(wuhu, "publish", drafted(wuhu, basic, tmp_path / "a.yaml", "T-2"))
    second = drafted(wuhu, basic, tmp_path / "b.yaml", "T-2", promised_days_max=77)
    assert asked(wuhu, "publish", second)["version"] == 2
    shown = [asked(wuhu, "show", "T-2", "--version", number) for number in (0, 1)]
    assert [each["version"] for each in shown] == [2, 1]
    assert shown[0]["text"]["promised_days_max"] == 77
    assert (shown[1]["document"], shown[1]["publisher"]) == (first["document"], WUHU)
    assert "published by" in invoke("standard", "show", "T-2", "--folder", wuhu.root).out
    assert "T-2" in invoke("standard", "list", "--folder", wuhu.root).out


def test_a_version_that_was_published_is_not_changed(
    wuhu: Folder, basic: str, tmp_path: Path
) -> None:
    file = drafted(wuhu, basic, tmp_path / "a.yaml", "T-3")
    asked(wuhu, "publish", file)
    assert "version 1 of T-3 stands now" in refused(wuhu, "publish", file)
    same = drafted(wuhu, basic, tmp_path / "b.yaml", "T-3")
    assert "says the same already" in refused(wuhu, "publish", same)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "the file is no common standard"),
        ("number: 1", "the file is no common standard"),
        ("[]", "the file is no common standard"),
    ],
)
def test_a_file_that_is_no_standard_is_refused_with_a_reason(
    wuhu: Folder, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(text, encoding="utf-8")
    assert said in refused(wuhu, "publish", file)


def test_what_is_not_known_is_said_with_where_to_look(wuhu: Folder, tmp_path: Path) -> None:
    assert "tongban standard list" in refused(wuhu, "show", "nothing")
    assert "no item 9" in refused(wuhu, "draft", "9", tmp_path / "a.yaml")


def test_a_code_that_nothing_has_is_asked_about_before_anything_is_published(
    wuhu: Folder, basic: str, tmp_path: Path
) -> None:
    wrong = basic[:-1] + str((int(basic[-1]) + 1) % 10)
    file = drafted(wuhu, basic, tmp_path / "a.yaml", "T-9", basic_code=wrong)
    for words in ((), ("--dry-run",)):
        said = refused(wuhu, "publish", file, *words)
        assert wrong in said
        assert basic in said
        assert "--unknown-code" in said
    assert "T-9" not in {each["number"] for each in asked(wuhu, "list")}
    assert asked(wuhu, "publish", file, "--unknown-code")["version"] == 1
