"""A refusal that a clerk cannot read is no refusal: every ground and remedy has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

WORDS = Path("core/grounds.py")


def test_every_ground_and_every_remedy_has_words(sources: dict[Path, ast.Module]) -> None:
    if WORDS not in sources:
        assert not any(path.name == "refusals.py" for path in sources)
        return
    said = set(_mentioned(sources[WORDS]))
    codes = {code for path, module in sources.items() for code in _codes(path, module)}
    assert {names for names in codes if not said & set(names)} == set()


def _codes(path: Path, module: ast.Module) -> Iterator[tuple[str, str]]:
    """("Ground.MEMBER", "value") for every ground of a refusals.py, and for every remedy."""
    for node in module.body:
        if isinstance(node, ast.ClassDef) and (path.name == "refusals.py" or node.name == "Remedy"):
            yield from _members(node)


def _members(enum: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for line in enum.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
            yield f"{enum.name}.{ast.unparse(line.targets[0])}", str(line.value.value)


def _mentioned(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Attribute):
            yield ast.unparse(node)
