"""What an operator gives as a reason goes into the log for ever, so it may name nobody."""

from pathlib import Path

import pytest
from tests.command_line import invoke

from tongban.app.control import OperationRefused
from tongban.app.operations.ground import check_ground
from tongban.app.settings import Folder


@pytest.mark.parametrize("ground", ["", "张三去世", "Zhang San died", "13812345678", "a" * 61])
def test_prose_and_numbers_of_people_are_refused(ground: str) -> None:
    with pytest.raises(OperationRefused, match="such as retention_ended"):
        check_ground(ground)


def test_a_code_passes() -> None:
    check_ground("retention_ended")


def test_erasing_asks_for_a_code(running: Folder) -> None:
    options = ("--ground", "张三去世", "--folder", running.root)
    erased = invoke("case", "erase", "X", "application", *options)
    assert (erased.code, "Nothing was done" in erased.err) == (1, True)
    assert "张三" not in erased.err


@pytest.mark.parametrize("username", ["", "a b", "../x", "x" * 65])
def test_a_name_that_nobody_could_log_in_with_is_refused(running: Folder, username: str) -> None:
    options = ("--name", "P", "--role", "resident", "--folder", running.root)
    added = invoke("person", "add", *options, "--", username)
    assert (added.code, "choose such a name" in added.err) == (1, True)


def test_a_route_that_is_none_is_refused_in_words() -> None:
    ferried = invoke("ferry", "--route", "suzhou")
    assert (ferried.code, "each --route is NODE=FOLDER" in ferried.err) == (2, True)


def test_a_port_that_leaves_no_room_for_the_doors_is_refused() -> None:
    asked = invoke("demo", "--port", "65500")
    assert asked.code == 2
    assert "65427" in asked.err


def test_a_drop_box_that_is_not_there_is_named_at_once(tmp_path: Path) -> None:
    ferried = invoke("ferry", "--route", f"suzhou={tmp_path / 'nowhere'}")
    assert ferried.code == 2
    assert "the drop-box of suzhou" in ferried.err
    assert "is no folder" in ferried.err
