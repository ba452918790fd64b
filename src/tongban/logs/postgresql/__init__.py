"""The store on PostgreSQL: the statements of the store on SQLite, in other words."""

from tongban.logs.postgresql.dialect import POSTGRESQL
from tongban.logs.postgresql.store import PostgresqlStore

__all__ = ["POSTGRESQL", "PostgresqlStore"]
