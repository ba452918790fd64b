"""SQL lives in .sql files, with a name and a comment for each statement."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

STATEMENT = re.compile(
    r"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s"
    r"|CREATE\s+(TABLE|INDEX|VIEW|TRIGGER)\s|WITH\s+\w+\s+AS\s*\()"
)


def test_no_statement_hides_in_a_string(sources: dict[Path, ast.Module]) -> None:
    hidden = [
        f"{path}:{line}: {text.strip()[:60]}"
        for path, module in sources.items()
        for line, text in _strings(module)
        if STATEMENT.match(text)
    ]
    assert hidden == []


def test_every_sql_file_says_in_a_comment_what_it_is_for(texts: dict[Path, str]) -> None:
    silent = [path for path, text in texts.items() if path.suffix == ".sql" and text[:2] != "--"]
    assert silent == []


def _strings(module: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
