"""`tongban init` makes a whole node or none."""

import json
from pathlib import Path

import pytest
from tests.command_line import Ended, ended, invoke, tongban


def init(folder: Path, **changes: str) -> Ended:
    options = {
        "name": "suzhou.g60.demo",
        "place": "320500",
        "title": "苏州市",
        "title-en": "Suzhou",
        **{key.replace("_", "-"): value for key, value in changes.items()},
    }
    pairs = [part for key, value in options.items() for part in (f"--{key}", value)]
    return invoke("init", folder, *pairs, "--json")


def test_a_new_node_is_healthy_and_names_its_credential(tmp_path: Path) -> None:
    made = init(tmp_path / "node")
    assert (made.code, json.loads(made.out)["name"]) == (0, "suzhou.g60.demo")
    assert (tmp_path / "node/keys/credential").stat().st_mode & 0o077 == 0
    assert invoke("doctor", "--folder", tmp_path / "node").code == 0


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("dear", encoding="utf-8")
    made = init(tmp_path)
    assert made.code == 2
    assert "is not empty; choose another folder" in made.err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"name": "Suzhou City"}, "`name` is 1 to 63 of a-z"),
        ({"place": "3205"}, "jurisdictions"),
        ({"title": ""}, "title_zh"),
        ({"pages_port": "99999"}, "pages.port"),
        ({"door_port": "-1"}, "door.port"),
        ({"address": "http://partner"}, "`door.address` has the form https://host:port"),
        ({"door_port": "0"}, "partners need a way to this node"),
        ({"door_port": "8000"}, "`door.port` and `pages.port` are the same"),
    ],
)
def test_what_no_node_can_be_makes_none(tmp_path: Path, changes: dict[str, str], what: str) -> None:
    made = init(tmp_path / "node", **changes)
    assert made.code == 2
    assert what in made.err
    assert "mend it and try again" in made.err
    assert not (tmp_path / "node").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    options = ("--name", "a.demo", "--place", "320500", "--title", "苏", "--title-en", "S")
    made = ended(tongban("init", tmp_path / "node", *options, powerless=True))
    tmp_path.chmod(0o700)
    assert made.code == 2
    assert "node: Permission denied; give this user the right to it" in made.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "node").write_text("", encoding="utf-8")
    made = init(tmp_path / "node")
    assert made.code == 2
    assert "node: Not a directory" in made.err
