"""The node's database file, looked at before anything writes to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tongban.logs.sqlite.migration import check_version
from tongban.node.storage import storage_faults


def look_at_database(path: Path) -> str:
    """What is found, in words; raises DatabaseTooNew, or StorageFailed where it cannot be read.

    Only the tables of the kernel are looked at here: the pages' come after them.
    """
    if not path.exists():
        return "no database yet; the first start makes it"
    with storage_faults(), closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        version = check_version(raw)
    return f"tables of version {version}"
