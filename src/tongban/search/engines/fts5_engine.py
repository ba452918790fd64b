"""Search by SQLite's own full-text index: slower on a million rows, and on every machine."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from tongban.logs.sqlite.sql import load
from tongban.search.engines.wordings import flags_wanted, worded
from tongban.search.entry import Entry, decoded
from tongban.search.index import Filters, IndexUnreadable
from tongban.search.vocabulary import Vocabulary

_SQL = load("fts5.sql", __package__)
_FILE = "search.sqlite3"


class Fts5Engine:
    """The fallback, for platforms without a wheel of tantivy."""

    def write(self, entries: Iterable[Entry], folder: Path | None) -> "Fts5Index":
        """See `Engine.write`."""
        connection = _connect(str(folder / _FILE) if folder else ":memory:")
        vocabulary = Vocabulary()
        encode = msgspec.msgpack.Encoder().encode
        with connection:
            connection.executescript(_SQL["make"])
            for number, line in enumerate(worded(entries, vocabulary)):
                place = line.entry.place
                row = (number, place, line.entry.basic, line.flags, encode(line.entry))
                connection.execute(_SQL["add_entry"], row)
                words = (number, line.named, line.said, place, line.flags)
                connection.execute(_SQL["add_tokens"], words)
            connection.execute(_SQL["add_vocabulary"], (vocabulary.encode(),))
        return Fts5Index(connection, vocabulary)

    def open(self, folder: Path) -> "Fts5Index":
        """See `Engine.open`."""
        path = folder / _FILE
        try:
            connection = _connect(f"{path.resolve().as_uri()}?mode=ro")
            (words,) = connection.execute(_SQL["vocabulary"]).fetchone()
            return Fts5Index(connection, Vocabulary.decode(words))
        except (sqlite3.Error, TypeError, msgspec.MsgspecError) as error:
            raise IndexUnreadable(f"{path}: {error}") from error


class Fts5Index:
    """See `SearchIndex`; one connection, which threads use in turn."""

    def __init__(self, connection: sqlite3.Connection, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._connection = connection
        self._turn = threading.Lock()

    def candidates(self, tokens: Sequence[str], filters: Filters, limit: int) -> list[Entry]:
        """See `SearchIndex.candidates`."""
        wanted = list(_wanted(tokens, filters))
        if wanted:
            return self._found("candidates", (" AND ".join(wanted), limit))
        return self._found("any", (limit,))

    def of_basic(self, basic: str, places: Sequence[str], limit: int) -> list[Entry]:
        """See `SearchIndex.of_basic`."""
        return self._found("of_basic", (basic, json.dumps(list(places)), limit))

    def _found(self, statement: str, arguments: tuple[object, ...]) -> list[Entry]:
        with self._turn:
            rows = self._connection.execute(_SQL[statement], arguments).fetchall()
        return [decoded(row[0]) for row in rows]


def _connect(name: str) -> sqlite3.Connection:
    return sqlite3.connect(name, uri=True, check_same_thread=False)


def _wanted(tokens: Sequence[str], filters: Filters) -> Iterator[str]:
    """The conditions in the language of FTS5; every word stands in quotes and means itself."""
    if tokens:
        yield f"{{named said}} : ({_either(dict.fromkeys(tokens))})"
    for flag in flags_wanted(filters):
        yield f"flags : {_quoted(flag)}"
    if filters.places:
        yield f"place : ({_either(filters.places)})"


def _either(words: Iterable[str]) -> str:
    return " OR ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """A word that means itself; a NUL would end the whole query."""
    return '"{}"'.format(word.replace('"', '""').replace("\0", " "))


ENGINE = Fts5Engine()
