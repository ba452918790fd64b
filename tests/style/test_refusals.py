"""A refusal that a clerk cannot read is no refusal: every ground and remedy has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tongban.core.grounds import GROUND_WORDS, REMEDY_WORDS
from tongban.core.refusal import Remedy


def test_every_ground_has_words_and_no_words_are_left_over(
    sources: dict[Path, ast.Module],
) -> None:
    grounds = [
        ground
        for path, module in sources.items()
        if path.name == "refusals.py"
        for ground in _grounds(module)
    ]
    assert sorted(grounds) == sorted(GROUND_WORDS)


def test_every_remedy_has_words() -> None:
    assert set(REMEDY_WORDS) == set(Remedy)


def _grounds(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.ClassDef) and node.name.endswith("Ground"):
            yield from (
                line.value.value
                for line in node.body
                if isinstance(line, ast.Assign)
                and isinstance(line.value, ast.Constant)
                and isinstance(line.value.value, str)
            )
