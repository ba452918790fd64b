"""The store on PostgreSQL: the parts of the store on SQLite, which ask in another dialect."""

from tongban.logs.postgresql.dialect import POSTGRESQL
from tongban.logs.sqlite import SqliteStore


class PostgresqlStore(SqliteStore):
    """Implements `tongban.logs.store.Store`; one instance serves every thread.

    Lend it connections of psycopg whose `search_path` begins with the node's own schema. Numbers
    given by the database (logs, places in the order of effects) rise and may leave gaps, as a
    transaction that rolled back gives none of its numbers back.
    """

    _sql = POSTGRESQL
