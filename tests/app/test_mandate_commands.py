"""`tongban mandate`: a list of this node's own beside those that come with the software."""

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
from tongban.catalogue.regulation import load_mandates
from tongban.core.canonical import encode

WUHU = "wuhu.g60.demo"


@pytest.fixture(scope="module")
def wuhu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    with serving(make_node(tmp_path_factory.mktemp("node") / "wuhu", name=WUHU)) as folder:
        yield folder


def asked(folder: Folder, *words: object) -> Any:
    ended = invoke("mandate", *words, "--folder", folder.root, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def refused(folder: Folder, *words: object) -> str:
    ended = invoke("mandate", *words, "--folder", folder.root)
    assert ended.code == 1
    return str(ended.err)


def a_file(path: Path, **changes: object) -> Path:
    """A made-up list of eight lines, as its author would write it."""
    mapping = yaml.safe_load(encode(load_mandates()[-1])) | changes
    del mapping["publisher"]
    path.write_text(yaml.safe_dump(mapping, allow_unicode=True), encoding="utf-8")
    return path


def test_a_published_list_stands_beside_the_shipped_ones(wuhu: Folder, tmp_path: Path) -> None:
    done = asked(wuhu, "publish", a_file(tmp_path / "a.yaml", number="T-1"))
    assert (done["publisher"], done["version"], done["lines"]) == (WUHU, 1, 8)
    listed = asked(wuhu, "list")
    assert [each["publisher"] for each in listed[:-1]] == [""] * len(load_mandates())
    assert (listed[-1]["number"], listed[-1]["publisher"]) == ("T-1", WUHU)
    assert asked(wuhu, "progress", "T-1") == []


def test_a_version_that_stands_is_not_published_again(wuhu: Folder, tmp_path: Path) -> None:
    file = a_file(tmp_path / "a.yaml", number="T-2")
    asked(wuhu, "publish", file)
    assert "version 1 of T-2 stands now" in refused(wuhu, "publish", file)
    next_one = a_file(tmp_path / "b.yaml", number="T-2", version=2)
    assert "says the same already" in refused(wuhu, "publish", next_one)


def test_a_file_that_is_no_list_says_why(wuhu: Folder, tmp_path: Path) -> None:
    file = a_file(tmp_path / "a.yaml", number="T-3", lines_announced=9)
    assert "complete: 8 of 9 announced lines are here" in refused(wuhu, "publish", file)
    file.write_text("[", encoding="utf-8")
    assert "the file is no list of items to open" in refused(wuhu, "publish", file)


def test_a_number_that_several_use_needs_a_publisher(wuhu: Folder, tmp_path: Path) -> None:
    shipped = load_mandates()[-1].number
    asked(wuhu, "publish", a_file(tmp_path / "a.yaml", number=shipped))
    assert "say which with --publisher" in refused(wuhu, "progress", shipped)
    assert asked(wuhu, "progress", shipped, "--publisher", WUHU) == []
    assert "no list nothing is known here" in refused(wuhu, "progress", "nothing")
