"""The reference pages list what the command line and the settings offer, and no more."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from tongban.app.cli import command_line
from tongban.app.settings import Settings


def test_every_command_is_in_the_reference_and_no_other(documents: dict[Path, str]) -> None:
    page = documents[Path("docs/reference/cli.md")]
    commands = dict(_commands(typer.main.get_command(command_line()), "tongban"))
    rows = re.findall(r"^\| `(tongban [^`]*)`", page, re.MULTILINE)
    assert sorted(re.split(r" [A-Z\[-]", row)[0] for row in rows) == sorted(commands)


def test_every_option_of_the_command_line_is_in_the_reference(documents: dict[Path, str]) -> None:
    page = documents[Path("docs/reference/cli.md")]
    commands = dict(_commands(typer.main.get_command(command_line()), "tongban"))
    options = {option for command in commands.values() for option in _options(command)}
    assert {option for option in options if not re.search(rf"{option}\b", page)} == set()


def test_every_setting_is_in_the_reference_and_no_other(documents: dict[Path, str]) -> None:
    page = documents[Path("docs/reference/settings.md")].partition("## What else")[0]
    cells = re.findall(r"^\| (`[^|]*) \|", page, re.MULTILINE)
    listed = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(listed) == sorted(_settings(Settings))


def _commands(command: object, name: str) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperCommand):
        yield name, command
    elif isinstance(command, TyperGroup):
        for word, inner in command.commands.items():
            yield from _commands(inner, f"{name} {word}")


def _options(command: TyperCommand) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, TyperOption):
            # A flag that is on by default is of use only in its other spelling.
            yield (parameter.secondary_opts or parameter.opts)[0]


def _settings(struct: type[msgspec.Struct]) -> Iterator[str]:
    """Names of the settings below a struct; a section is named by what is in it."""
    for field in msgspec.structs.fields(struct):
        kinds = (field.type, *getattr(field.type, "__args__", ()))
        sections = [kind for kind in kinds if isinstance(kind, type) and _is_struct(kind)]
        if not sections:
            yield field.name
        for section in sections:
            yield from _settings(section)


def _is_struct(kind: type) -> bool:
    return issubclass(kind, msgspec.Struct)
