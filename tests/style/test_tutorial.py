"""The tutorial says what the pages and the command line say: its labels and commands exist."""

import gettext
import re
import shlex
from io import BytesIO
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from tongban.app.cli import command_line

TUTORIAL = Path("docs/tutorials/first-case.md")
LABEL = re.compile(r"\*\*([^*]+)\*\*\s+\(([^)]+)\)")


@pytest.fixture(scope="session")
def tutorial(documents: dict[Path, str]) -> str:
    return documents[TUTORIAL]


def test_every_label_of_the_tutorial_is_one_of_the_pages(root: Path, tutorial: str) -> None:
    catalogues = [
        gettext.GNUTranslations(BytesIO(path.read_bytes()))
        for path in root.glob("src/tongban/*/locale/en/LC_MESSAGES/django.mo")
    ]
    labels = [(chinese, " ".join(english.split())) for chinese, english in LABEL.findall(tutorial)]
    strange = [
        (chinese, english)
        for chinese, english in labels
        if english not in {catalogue.gettext(chinese) for catalogue in catalogues}
    ]
    assert len(labels) > 20
    assert strange == []


def test_every_command_of_the_tutorial_is_whole(tutorial: str) -> None:
    lines = re.findall(r"^\.venv/bin/(tongban .+)$", tutorial, re.MULTILINE)
    assert len(lines) == 4
    for line in lines:
        command, arguments = _command(shlex.split(line)[1:])
        command.make_context(line, arguments, resilient_parsing=False)


def _command(words: list[str]) -> tuple[TyperCommand, list[str]]:
    command = typer.main.get_command(command_line())
    while isinstance(command, TyperGroup):
        command, words = command.commands[words[0]], words[1:]
    if not isinstance(command, TyperCommand):
        pytest.fail(f"{words} is no command")
    return command, words
