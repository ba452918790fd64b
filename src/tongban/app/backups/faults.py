"""What can be wrong with a backup or with where it is to go; each says what to do."""

from tongban.app.settings import Settings
from tongban.node.faults import NodeFault


class BackupDamaged(NodeFault):
    """The file is no whole backup; use another one."""


class BackupTooNew(NodeFault):
    """A later version made the backup; restore it with that version."""


class NotInAFile(NodeFault):
    """The database is a PostgreSQL, which this does not read; use the server's own tools."""


class RestoreRefused(NodeFault):
    """The backup may not go there, or lacks what a node needs; nothing was changed."""


def demand_file(settings: Settings) -> None:
    """Raises NotInAFile where the node's database is no file in its folder."""
    if settings.database:
        raise NotInAFile(
            "the database of this node is a PostgreSQL, and `backup` and `restore` work on a "
            "database in a file alone; nothing was done. Back it up by pg_dump or the server's own "
            "means, together with the folder `keys` (docs/how-to/run-on-postgresql.md)"
        )
