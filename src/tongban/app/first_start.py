"""Whether a folder without a database is that of a new node, or of one that lost it."""

from tongban.app.database_server import is_begun
from tongban.app.settings import Folder, Settings
from tongban.node.faults import NodeFault


class DatabaseGone(NodeFault):
    """The node had a database and it is not there; do what the text says, start nothing on it."""


def demand_database(folder: Folder, settings: Settings) -> None:
    """See that a node which once had a database has it still; raises DatabaseGone, StorageFailed.

    On an empty one it would act as a new node under old keys, and nobody would have been asked.
    """
    if not folder.begun.exists():
        return
    if settings.database:
        if not is_begun(settings.database):
            raise DatabaseGone(
                "the database that `database` names holds nothing of this node, and this node has "
                "had one; nothing was started. Mend the address (name and schema); or put back "
                "what pg_dump or the server's own backup kept"
            )
    elif not _is_there(folder):
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
