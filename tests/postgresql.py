"""A PostgreSQL for whoever asks: one server for each process, a schema for each test."""

from collections.abc import Iterator

import pytest

from tongban.testing.postgresql_cluster import NoPostgresql, PostgresqlCluster


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[PostgresqlCluster]:
    try:
        cluster = PostgresqlCluster()
    except NoPostgresql as error:
        pytest.skip(str(error))
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def lonely_cluster() -> Iterator[PostgresqlCluster]:
    """A server that a test may do anything to."""
    try:
        # Otherwise every start after a fall brings each file to the disk, one by one.
        cluster = PostgresqlCluster({"recovery_init_sync_method": "syncfs"})
    except NoPostgresql as error:
        pytest.skip(str(error))
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def postgresql_address(postgresql_cluster: PostgresqlCluster) -> str:
    return postgresql_cluster.create_schema()
