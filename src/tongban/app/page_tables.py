"""Brings the tables of the pages to the version of this software; needs Django set up."""

from importlib.util import find_spec

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tongban.logs.faults import DatabaseTooNew
from tongban.node.storage import storage_faults


def migrate_pages() -> None:
    """Take the steps that are lacking.

    Raises DatabaseTooNew, and changes nothing, where a later version took steps that are not
    known here; DiskFull or StorageFailed where they cannot be written.
    """
    with storage_faults():
        _check_steps()
        call_command("migrate", verbosity=0, interactive=False)


def _check_steps() -> None:
    for label, name in MigrationRecorder(connection).applied_migrations():
        app = apps.app_configs.get(label)
        if app is None or not app.name.startswith("tongban."):
            continue
        if find_spec(f"{app.name}.migrations.{name}") is None:
            raise DatabaseTooNew(
                f"a later version of this software took the step {label}.{name} in the database; "
                "start that version, or restore a backup made before it"
            )
