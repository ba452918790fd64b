"""The tree as the style tests read it: every file listed, parsed or read once."""

import ast
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: What a build or a tool leaves behind, and what others wrote, is not held to our style.
NOT_OURS = {"var", "build", "dist", "node_modules", "__pycache__"}
KEPT_DOT_NAMES = {".ci", ".github", ".gitignore"}


def _is_ours(name: str) -> bool:
    hidden = name.startswith(".") and name not in KEPT_DOT_NAMES
    return not hidden and name not in NOT_OURS


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def files() -> list[Path]:
    """Every file of ours, relative to the root."""
    found = []
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = sorted(filter(_is_ours, subfolders))
        found += [
            (Path(folder) / name).relative_to(ROOT) for name in sorted(names) if _is_ours(name)
        ]
    return found


@pytest.fixture(scope="session")
def texts(files: list[Path]) -> dict[Path, str]:
    """What stands in every file of ours that is text."""
    found = {}
    for path in files:
        try:
            found[path] = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


@pytest.fixture(scope="session")
def documents(texts: dict[Path, str]) -> dict[Path, str]:
    return {path: text for path, text in texts.items() if path.suffix == ".md"}


@pytest.fixture(scope="session")
def sources(texts: dict[Path, str]) -> dict[Path, ast.Module]:
    """The modules of the package, relative to src/tongban; migrations are not written by hand."""
    package = Path("src/tongban")
    return {
        path.relative_to(package): ast.parse(text)
        for path, text in texts.items()
        if path.suffix == ".py" and path.is_relative_to(package) and "migrations" not in path.parts
    }
