from collections.abc import Iterator
from typing import Any

import pytest

from tongban.logs.rows import Head, LogKind
from tongban.logs.store import Store

from .databases import DATABASES, SUITE, Database


@pytest.fixture(params=list(DATABASES))
def empty_database(request: pytest.FixtureRequest) -> Database:
    return DATABASES[request.param](request)


@pytest.fixture
def database(empty_database: Database) -> Database:
    with empty_database.transaction() as connection:
        empty_database.store.migrate(connection)
    return empty_database


@pytest.fixture
def store(database: Database) -> Store:
    return database.store


@pytest.fixture
def connection(database: Database) -> Iterator[Any]:
    with database.transaction() as lent:
        yield lent


@pytest.fixture
def head(store: Store, connection: Any) -> Head:
    log = store.open_log(connection, kind=LogKind.OWN, peer="hefei.example")
    return store.open_generation(
        connection,
        log,
        generation=1,
        start="0" * 32,
        origin="songjiang.example/channel/1",
        suite=SUITE,
    )


@pytest.fixture(autouse=True)
def _connections_of_our_own(django_db_blocker: Any) -> Iterator[None]:
    """The suite opens Django's connections itself, on files of its own."""
    with django_db_blocker.unblock():
        yield
