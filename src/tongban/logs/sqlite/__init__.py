"""The store on SQLite: plain SQL in files, over a borrowed connection."""

from tongban.logs.sqlite.migration import migrate
from tongban.logs.sqlite.store import SqliteStore

__all__ = ["SqliteStore", "migrate"]
