import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tongban.logs.postgresql import PostgresqlStore


@pytest.fixture
def connection(postgresql_address: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(postgresql_address, autocommit=True) as opened:
        yield opened


@pytest.fixture
def store(connection: psycopg.Connection[Any]) -> PostgresqlStore:
    fresh = PostgresqlStore(data_key=b"\x07" * 32, draw=os.urandom)
    fresh.migrate(connection)
    return fresh
