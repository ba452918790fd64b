"""The tree keeps the rooms that ARCHITECTURE.md promises, and the rooms stay small."""

import ast
import re
from collections import Counter
from pathlib import Path

VAGUE = {"utils", "util", "helpers", "common", "base", "manager", "managers", "misc", "impl"}

FILE_LINES_MAX = 400

FUNCTION_LINES_MAX = 40


def test_no_room_or_file_has_a_vague_name(files: list[Path]) -> None:
    vague = [path for path in files if VAGUE & {part.lower() for part in (*path.parts, path.stem)}]
    assert vague == []


def test_every_package_says_what_it_is_for(sources: dict[Path, ast.Module]) -> None:
    silent = [
        path
        for path, module in sources.items()
        if path.name == "__init__.py" and ast.get_docstring(module) is None
    ]
    assert silent == []


def test_every_folder_of_the_package_with_modules_is_a_package(
    sources: dict[Path, ast.Module],
) -> None:
    homeless = {path.parent for path in sources if path.parent / "__init__.py" not in sources}
    assert homeless == set()


def test_no_source_file_grows_over_five_screens(
    root: Path, sources: dict[Path, ast.Module]
) -> None:
    lengths = {str(path): _lines(root / "src" / "tongban" / path) for path in sources}
    assert {path: n for path, n in lengths.items() if n > FILE_LINES_MAX} == {}


def test_no_function_grows_over_a_screen(sources: dict[Path, ast.Module]) -> None:
    lengths = {
        f"{path}:{node.name}": _code_lines(node)
        for path, module in sources.items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: n for name, n in lengths.items() if n > FUNCTION_LINES_MAX} == {}


def test_every_room_that_architecture_names_exists(root: Path, documents: dict[Path, str]) -> None:
    named = set(re.findall(r"`([\w<>.*/-]+/[\w<>.*/-]*)`", documents[Path("ARCHITECTURE.md")]))
    assert {path for path in named if not _exists(root, path)} == set()


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the function without its docstring, which nobody should shorten to fit a limit."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return lines
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1)


def _exists(root: Path, path: str) -> bool:
    """A path of ARCHITECTURE.md is meant from src/tongban or the root; <city> is any name."""
    pattern = re.sub(r"<\w+>", "*", path).rstrip("/")
    return any(any(start.glob(pattern)) for start in (root / "src" / "tongban", root))


def test_no_two_test_modules_that_are_in_no_package_share_a_name(files: list[Path]) -> None:
    """Such two cannot be collected together; nobody notices before the rooms are run in one."""
    packages = {path.parent for path in files if path.name == "__init__.py"}
    loose = [path for path in files if path.name.startswith("test_") and path.suffix == ".py"]
    names = Counter(path.name for path in loose if path.parent not in packages)
    assert [name for name, count in names.items() if count > 1] == []
