"""How PostgreSQL wants to be asked what the files say in SQLite's words."""

import re

from tongban.logs.sqlite.dialect import Dialect
from tongban.logs.sqlite.sql import load

#: Only what makes tables names types.
_TABLES = re.compile(r"(CREATE TABLE|ALTER TABLE)\b")
#: In this order. Text sorts by its bytes, as it does in SQLite: ids and instants are compared so,
#: and what two nodes compute from an order must not hang on the server's language.
_TYPES = (
    (re.compile(r"\) STRICT(, WITHOUT ROWID)?$"), ")"),
    (re.compile(r"\bINTEGER PRIMARY KEY\b"), "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    (re.compile(r"\bINTEGER\b"), "BIGINT"),
    (re.compile(r"\bBLOB\b"), "BYTEA"),
    (re.compile(r"\bTEXT\b"), 'TEXT COLLATE "C"'),
)
#: What is erased from these lies in the files until VACUUM has passed, so it passes at its next
#: look (autovacuum_naptime) instead of after every fifth row.
_ERASED_FROM = re.compile(r"(?:CREATE) TABLE tongban_(body|entry|intent)\b")
_SOON = "autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0"
_VACUUMED_SOON = f" WITH ({_SOON}, {_SOON.replace('auto', 'toast.auto')})"
#: PostgreSQL takes no advice on which index to use.
_INDEX_NAMED = re.compile(r" INDEXED BY \w+")


def translate(statement: str) -> str:
    """A statement for psycopg, which reads `%` anew only where values come with it."""
    if _TABLES.match(statement):
        for pattern, said in _TYPES:
            statement = pattern.sub(said, statement)
    if _ERASED_FROM.match(statement):
        statement += _VACUUMED_SOON
    statement = _INDEX_NAMED.sub("", statement)
    if "?" in statement:
        statement = statement.replace("%", "%%").replace("?", "%s")
    return statement


POSTGRESQL = Dialect(translate, load("own.sql", __package__))
