"""The glossary governs every name: what core calls things stands in docs/glossary.md."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ENUMS = {"StrEnum", "Enum", "IntEnum"}
COLUMNS = 4
#: Grounds are no terms: each has words of its own, which test_refusals.py asks for.
REFUSALS = "refusals.py"
WORD = re.compile(r"[A-Z][a-z]*")


@pytest.fixture(scope="session")
def rows(documents: dict[Path, str]) -> list[list[str]]:
    """The cells of every line of the glossary's tables, headings apart."""
    lines = [line for line in documents[Path("docs/glossary.md")].splitlines() if line[:1] == "|"]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    headings = {i - 1 for i, row in enumerate(cells) if set("".join(row)) <= set("- :")}
    rulers = {i + 1 for i in headings}
    return [row for i, row in enumerate(cells) if i not in headings | rulers]


@pytest.fixture(scope="session")
def names(rows: list[list[str]]) -> set[str]:
    """The code names that terms carry in backticks."""
    return {name for row in rows for name in re.findall(r"`(\w+)`", row[0])}


@pytest.fixture(scope="session")
def verbs(documents: dict[Path, str]) -> dict[str, str]:
    """Past tense of every verb, both as the glossary's table of verbs spells them."""
    table = documents[Path("docs/glossary.md")].partition("## Verbs")[2]
    return dict(re.findall(r"^\| ([a-z ]+) · ([a-z ]+) \|", table, re.MULTILINE))


def test_every_row_has_a_term_its_chinese_a_definition_and_a_source(
    rows: list[list[str]],
) -> None:
    assert [row for row in rows if len(row) != COLUMNS or not all(row)] == []


def test_no_term_stands_in_the_glossary_twice(rows: list[list[str]]) -> None:
    terms = [row[0].lower() for row in rows]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_every_event_and_command_of_core_is_a_term(
    sources: dict[Path, ast.Module], names: set[str]
) -> None:
    spoken = {node.name for _, node in _core_classes(sources, {"events.py", "commands.py"})}
    assert spoken - names == set()


def test_every_part_of_an_agreement_is_a_term(names: set[str]) -> None:
    """What clauses consist of; test_agreement_schema.py holds the schema to the dataclasses."""
    schema = json.loads(Path("spec/agreement.schema.json").read_text(encoding="utf-8"))
    assert {"Agreement", *schema["$defs"]} - names == set()


def test_every_enum_of_core_and_each_of_its_values_is_in_the_glossary(
    sources: dict[Path, ast.Module], rows: list[list[str]]
) -> None:
    entries = {name: row for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    missing = [
        f"{enum.name}.{value}"
        for path, enum in _core_classes(sources)
        if _is_enum(enum) and path.name != REFUSALS
        for value in _values(enum)
        if f"`{value}`" not in entries.get(enum.name, ["", "", ""])[2]
    ]
    assert missing == []


def test_every_code_name_in_the_glossary_exists(
    sources: dict[Path, ast.Module], names: set[str]
) -> None:
    classes = {
        node.name
        for module in sources.values()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
    }
    assert {name for name in names if name[0].isupper()} - classes == set()


def test_commands_are_imperative(sources: dict[Path, ast.Module], verbs: dict[str, str]) -> None:
    commands = [node.name for _, node in _core_classes(sources, {"commands.py"})]
    spoken = [name for name in commands if not name.endswith("Command")]
    assert [name for name in spoken if not any(_begins(name, verb) for verb in verbs)] == []


def test_events_are_past(sources: dict[Path, ast.Module], verbs: dict[str, str]) -> None:
    events = [
        node.name
        for _, node in _core_classes(sources, {"events.py"})
        if "Event" in {ast.unparse(parent) for parent in node.bases}
    ]
    assert [name for name in events if not any(_ends(name, past) for past in verbs.values())] == []


def _core_classes(
    sources: dict[Path, ast.Module], files: set[str] | None = None
) -> Iterator[tuple[Path, ast.ClassDef]]:
    for path, module in sources.items():
        if path.parts[0] == "core" and (files is None or path.name in files):
            yield from ((path, node) for node in module.body if isinstance(node, ast.ClassDef))


def _is_enum(node: ast.ClassDef) -> bool:
    return bool(ENUMS & {ast.unparse(parent) for parent in node.bases})


def _values(enum: ast.ClassDef) -> list[str]:
    return [
        str(line.value.value)
        for line in enum.body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
    ]


def _words(name: str) -> str:
    return " ".join(WORD.findall(name)).lower()


def _begins(command: str, verb: str) -> bool:
    return f"{_words(command)} ".startswith(f"{verb} ")


def _ends(event: str, past: str) -> bool:
    """The noun comes first and the verb last, perhaps with a manner before it: CaseTakenIn."""
    return _words(event).endswith(f" {past}")
