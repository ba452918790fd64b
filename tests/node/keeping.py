"""Where the nodes of a test keep what they know: another database joins by a line in KEEPING."""

from collections.abc import Callable, Mapping

import pytest

from tongban.testing.memory_nodes import Keeping, OnFiles
from tongban.testing.postgresql_nodes import OnPostgresql

KEEPING: Mapping[str, Callable[[pytest.FixtureRequest], Keeping]] = {
    "sqlite": lambda _request: OnFiles(),
    "postgresql": lambda request: OnPostgresql(request.getfixturevalue("postgresql_cluster")),
}
on_every_database = pytest.mark.parametrize("pair", list(KEEPING), indirect=True)
