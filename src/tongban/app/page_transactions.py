"""The node's transactions on Django's connections, wherever those lead; needs Django set up."""

from tongban.app.django_database import DjangoDatabase
from tongban.node.ports import Database
from tongban.node.randomness import SystemRandomness

_NAME_BYTES = 16


def transactions_on(server: str) -> Database:
    """On the PostgreSQL of this address, or on the file where there is none."""
    if not server:
        return DjangoDatabase()
    # The driver is an optional extra, which a node on a file does without.
    from tongban.app.django_postgresql import DjangoPostgresql  # noqa: PLC0415
    from tongban.node.postgresql_database import PostgresqlDatabase  # noqa: PLC0415

    process = SystemRandomness().draw(_NAME_BYTES).hex()
    return DjangoPostgresql(PostgresqlDatabase(server, process=process))
