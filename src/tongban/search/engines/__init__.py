"""Engines behind the port, best first; the first whose library is there is used."""

from importlib import import_module

from tongban.search.index import Engine

#: Name, as settings and figures use it, and the module that has `ENGINE`.
ENGINES = {
    "tantivy": "tongban.search.engines.tantivy_engine",
    "fts5": "tongban.search.engines.fts5_engine",
}


#: Up to so many entries SQLite answers as fast, in a tenth of the memory.
SMALL = 5_000


def engine_for(entries: int) -> Engine:
    """The engine for an index in memory of so many entries."""
    return load_engine("fts5" if entries <= SMALL else "")


def load_engine(name: str = "") -> Engine:
    """The engine of this name, or the best that this machine has; raises ImportError."""
    if name:
        engine: Engine = import_module(ENGINES[name]).ENGINE
        return engine
    try:
        return load_engine("tantivy")
    except ImportError:
        # There is no wheel of tantivy for every platform; SQLite is everywhere.
        return load_engine("fts5")
