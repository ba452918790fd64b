"""`tongban verify`: examine a node's whole store, on a copy, while it runs or stands."""

from functools import partial
from pathlib import Path

from tongban.app.backups.examining import damaged_file, examine_copy
from tongban.app.backups.making import NothingToBackUp
from tongban.app.backups.server_copy import copy_server
from tongban.app.backups.snapshot import copy_database
from tongban.app.backups.workspace import workspace
from tongban.app.composition import descriptor_of, load
from tongban.app.database_server import is_begun
from tongban.logs.pieces import PieceFolder
from tongban.node.audit.damage import Examined, Progress
from tongban.node.faults import DatabaseDamaged


def verify_node(root: Path, progress: Progress) -> Examined:
    """Examine the node of a folder; raises NothingToBackUp, DiskFull or StorageFailed."""
    folder, settings, secrets = load(root)
    there = is_begun(settings.database) if settings.database else folder.database.exists()
    if not there:
        raise NothingToBackUp(f"{folder.root} has no database yet, so there is nothing to verify")
    with workspace(folder.database) as work:
        copy = work / "database"
        copied = partial(progress, "copying")
        try:
            if settings.database:
                copy_server(settings.database, copy, copied)
            else:
                copy_database(folder.database, copy, copied)
        except DatabaseDamaged as fault:
            return damaged_file([str(fault)])
        descriptor = descriptor_of(settings, folder, secrets.signer)
        pieces = PieceFolder(folder.blobs)
        return examine_copy(copy, settings.name, descriptor, secrets, progress, pieces=pieces)
