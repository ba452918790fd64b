"""Brings the tables of the pages to the version of this software; needs Django set up."""

from django.core.management import call_command

from tongban.node.storage import storage_faults


def migrate_pages() -> None:
    """Take the steps that are lacking; raises DiskFull or StorageFailed.

    Whether a later version was here is looked at before (database_file.py).
    """
    with storage_faults():
        call_command("migrate", verbosity=0, interactive=False)
