"""The store's statements in the words of one database; the files are written for SQLite."""

from collections.abc import Callable, Mapping

from tongban.logs.sqlite.sql import load

_FILES = (
    "blobs.sql",
    "bodies.sql",
    "channels.sql",
    "checkpoints.sql",
    "documents.sql",
    "intents.sql",
    "journal.sql",
    "logs.sql",
    "marks.sql",
    "migration.sql",
    "misbehaviour.sql",
    "openings.sql",
    "publications.sql",
    "states.sql",
    "trees.sql",
)


class Dialect:
    """The statements of all files by name, as one database wants to be asked."""

    def __init__(self, translate: Callable[[str], str], own: Mapping[str, str]) -> None:
        """translate: puts a statement into its words. own: what it says quite otherwise."""
        self.translate = translate
        shared = {name: text for file in _FILES for name, text in load(file).items()}
        self._statements = {name: translate(text) for name, text in shared.items()} | dict(own)

    def __getitem__(self, name: str) -> str:
        return self._statements[name]


def _as_it_stands(statement: str) -> str:
    return statement


SQLITE = Dialect(_as_it_stands, {})


class Spoken:
    """What every part of the store asks in."""

    _sql: Dialect = SQLITE
