"""Reads the .sql files beside it: a name, a comment and a statement at a time."""

import re
from collections.abc import Mapping
from importlib.resources import files

_NAMED = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_COMMENT = re.compile(r"^--.*\n", re.MULTILINE)


def load(file: str, package: str = __package__) -> Mapping[str, str]:
    """The file's statements by name, in its order; package: beside which it lies."""
    text = files(package).joinpath(file).read_text(encoding="utf-8")
    _, *parts = _NAMED.split(text)
    names, bodies = parts[::2], parts[1::2]
    return {
        name: _COMMENT.sub("", body).strip().removesuffix(";")
        for name, body in zip(names, bodies, strict=True)
    }
