"""`tongban repair` says of every entry where it came from, or who has not got it."""

from typing import Any

import pytest
from tests.command_line import invoke

from tongban.app.commands import repair


def damage(**changes: Any) -> dict[str, Any]:
    found = {
        "written_by": "suzhou.example",
        "partner": "hefei.example",
        "generation": 2,
        "index": 7,
        "body": "",
        "lacking": False,
        "tree": False,
    }
    return found | changes


class StandInNode:
    """Answers what a node would, one answer a call."""

    delivers = True
    files: tuple[str, ...] = ()

    def __init__(self, *left: list[dict[str, Any]], mended: int = 0) -> None:
        self._left = list(left)
        self._mended = mended

    def __call__(self, _folder: object, operation: str, _arguments: object = None) -> Any:
        if operation == "repair.look":
            return {"next": None, "looked": 9, "total": 9, "mended": self._mended}
        if operation == "repair.files":
            return {"next": "", "pieces": 7, "damaged": len(self.files)}
        left = self._left.pop(0) if len(self._left) > 1 else self._left[0]
        return {"damage": left, "files": self.files, "delivers": self.delivers}


@pytest.mark.parametrize(
    ("answers", "code", "words"),
    [
        ([[damage()], [damage()], []], 0, "1 came back from the partners"),
        (
            [[damage()], [damage(lacking=True)]],
            1,
            "hefei.example was asked and could not give it back as it was written",
        ),
        ([[damage(partner="")]], 1, "it is of the home log, which no partner has"),
        ([[damage()]], 1, "hefei.example has not answered"),
        ([[damage(body="application")]], 1, "body application of entry 7 of generation 2"),
        ([[damage(tree=True, lacking=True)]], 1, "hashes over generation 2, written by suzhou"),
    ],
)
def test_what_became_of_it_is_said(
    monkeypatch: pytest.MonkeyPatch, answers: list[Any], code: int, words: str
) -> None:
    monkeypatch.setattr(repair, "run", StandInNode(*answers))
    monkeypatch.setattr(repair, "_PAUSE", 0.01)
    told = invoke("repair", "--seconds", "0.05")
    assert told.code == code
    assert words in told.out
    assert "1 were damaged on the disk" in told.out


def test_files_that_are_not_whole_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    node = StandInNode([])
    node.files = ("ab" * 32,)
    monkeypatch.setattr(repair, "run", node)
    monkeypatch.setattr(repair, "_PAUSE", 0.01)
    told = invoke("repair", "--seconds", "0.05")
    assert told.code == 1
    assert "7 pieces of large files were looked at; 1 were damaged" in told.out
    assert f"Still not whole: file {'ab' * 32}" in told.out


def test_hashes_that_were_put_right_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair, "run", StandInNode([], mended=3))
    told = invoke("repair")
    assert (told.code, "3 hashes were damaged too" in told.out) == (0, True)


def test_a_node_that_does_not_run_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    node = StandInNode([damage()])
    node.delivers = False
    monkeypatch.setattr(repair, "run", node)
    told = invoke("repair", "--seconds", "1000")
    assert (told.code, "If yours does not run, start it." in told.out) == (1, True)
