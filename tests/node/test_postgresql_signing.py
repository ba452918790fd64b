"""Two processes that write and sign for one node on one PostgreSQL, at the same time."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongban.core.refusal import Refusal
from tongban.node.postgresql_database import PostgresqlDatabase
from tongban.testing.applications import HEFEI, SONGJIANG, online_application, publish
from tongban.testing.memory_nodes import MemoryFederation, SeededRandomness
from tongban.testing.postgresql_cluster import PostgresqlCluster
from tongban.testing.postgresql_nodes import OnPostgresql

PROCESSES = 2
CASES = 12


@pytest.fixture
def pair(tmp_path: Path, postgresql_cluster: PostgresqlCluster) -> Iterator[MemoryFederation]:
    pair = MemoryFederation(tmp_path, (SONGJIANG, HEFEI), keeping=OnPostgresql(postgresql_cluster))
    publish(pair)
    pair.settle()
    yield pair
    pair.stop()


def work_and_sign(pair: MemoryFederation, name: str, told: Path) -> None:
    """What one process does: a case, and a letter that states and signs the log's end."""
    kernel = pair[SONGJIANG].kernel
    assert isinstance(kernel.database, PostgresqlDatabase)
    kernel.database._process = name
    assert isinstance(kernel.randomness, SeededRandomness)
    kernel.randomness.seed = name
    for number in range(CASES):
        command = online_application(pair)
        assert not isinstance(pair[SONGJIANG].execute(command), Refusal)
        told.joinpath(f"{number:02}-{name}-{command.case}").write_bytes(
            pair[SONGJIANG].conversation.say(HEFEI)
        )


def run_beside(pair: MemoryFederation, told: Path) -> None:
    """Let processes of their own do it; a connection does not pass into two of them."""
    pair.stop()
    children = []
    for number in range(PROCESSES):
        child = os.fork()
        if not child:
            code = 1
            try:
                work_and_sign(pair, f"process-{number}", told)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    for child in children:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_two_processes_that_sign_at_once_state_one_history_and_lose_nothing(
    pair: MemoryFederation, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    told.mkdir()
    run_beside(pair, told)
    letters = sorted(told.iterdir())
    cases = {path.name.split("-", 3)[3] for path in letters}
    assert len(cases) == PROCESSES * CASES
    for letter in letters:
        pair[HEFEI].hear(letter.read_bytes())
    pair.nodes[SONGJIANG].start()
    pair.settle()
    for case in cases:
        here = pair[SONGJIANG].case_state(case)
        assert here is not None
        assert here == pair[HEFEI].case_state(case)
    with pair[SONGJIANG].kernel.database.read() as connection:
        sizes = connection.execute(
            "SELECT count(*), count(DISTINCT (log, generation, size, kind)), "
            "count(DISTINCT (log, generation, size, kind, root)) FROM tongban_statement"
        ).fetchone()
    assert len(set(sizes)) == 1
