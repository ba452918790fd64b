"""`tongban advice`: published from a file, and listed with what it is about."""

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
TEXT = {
    "number": "T-1",
    "title": {"zh": "关于就近收件的指导意见（演示）", "en": "On intake nearby (made up)"},
    "issuer": {"zh": "联席会议办公室（演示）", "en": "Joint office (made up)"},
    "published_on": "2026-11-23",
    "text": {"zh": "建议各地增设窗口。", "en": "Places should add counters."},
    "basic_code": "000731003000",
    "illustrative": True,
}


@pytest.fixture(scope="module")
def wuhu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    with serving(make_node(tmp_path_factory.mktemp("node") / "wuhu", name=WUHU)) as folder:
        yield folder


def asked(folder: Folder, *words: object) -> Any:
    ended = invoke("advice", *words, "--folder", folder.root, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def test_advice_is_published_and_listed(wuhu: Folder, tmp_path: Path) -> None:
    file = tmp_path / "advice.yaml"
    file.write_text(yaml.safe_dump(TEXT, allow_unicode=True), encoding="utf-8")
    done = asked(wuhu, "publish", file)
    assert (done["publisher"], done["version"]) == (WUHU, 1)
    (line,) = asked(wuhu, "list")
    assert (line["basic_code"], line["text"]) == ("000731003000", "建议各地增设窗口。")


def test_advice_on_nothing_is_refused(wuhu: Folder, tmp_path: Path) -> None:
    file = tmp_path / "advice.yaml"
    text = yaml.safe_dump(TEXT | {"basic_code": ""}, allow_unicode=True)
    file.write_text(text, encoding="utf-8")
    ended = invoke("advice", "publish", file, "--folder", wuhu.root)
    assert ended.code == 1
    assert "the file is no advice: basic_code" in str(ended.err)


def test_advice_on_a_mistyped_code_is_published_only_where_it_is_meant(
    wuhu: Folder, tmp_path: Path
) -> None:
    file = tmp_path / "advice.yaml"
    text = yaml.safe_dump(TEXT | {"number": "T-2", "basic_code": "000731003009"})
    file.write_text(text, encoding="utf-8")
    ended = invoke("advice", "publish", file, "--folder", wuhu.root)
    assert ended.code == 1
    assert "no entry of the basic catalogue has the basic code 000731003009" in str(ended.err)
    assert asked(wuhu, "publish", file, "--unknown-code")["number"] == "T-2"
