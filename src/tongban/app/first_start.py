"""Whether a folder without a database is that of a new node, or of one that lost it."""

from tongban.app.settings import Folder
from tongban.node.faults import NodeFault


class DatabaseGone(NodeFault):
    """The node had a database and it is not there; do what the text says, start nothing on it."""


def demand_database(folder: Folder) -> None:
    """See that a node which once had a database has it still; raises DatabaseGone.

    On an empty one it would act as a new node under old keys, and nobody would have been asked.
    """
    if folder.begun.exists() and not _is_there(folder):
        raise DatabaseGone(
            f"the database {folder.database} is gone, and this node has had one; nothing was "
            "started. Put the file back if it was moved; restore a backup with `tongban restore "
            f"FILE --folder {folder.root} --replace`; or, where there is none, begin empty under "
            f"the same keys with `tongban recover NEWFOLDER --keys {folder.keys} --settings "
            f"{folder.settings}` (docs/how-to/replace-a-lost-disk.md)"
        )


def note_database(folder: Folder) -> None:
    """Leave a mark beside the keys that there is a database now; it survives the database."""
    folder.begun.touch(mode=0o600, exist_ok=True)


def _is_there(folder: Folder) -> bool:
    return folder.database.exists() and folder.database.stat().st_size > 0
