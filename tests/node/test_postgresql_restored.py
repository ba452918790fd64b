"""A schema that was put back from an older dump: the node begins anew and forgets nothing."""

from pathlib import Path

from tongban.core.refusal import Refusal
from tongban.logs.rows import LogKind
from tongban.testing.applications import HEFEI, SONGJIANG, accept, online_application, publish
from tongban.testing.memory_nodes import MemoryFederation
from tongban.testing.postgresql_cluster import PostgresqlCluster
from tongban.testing.postgresql_nodes import OnPostgresql


def generation(pair: MemoryFederation) -> int:
    kernel = pair[SONGJIANG].kernel
    with kernel.database.read() as connection:
        log = kernel.store.find_log(connection, kind=LogKind.OWN, peer=HEFEI)
        assert log is not None
        head = kernel.store.head(connection, log)
        assert head is not None
        return head.generation


def test_what_came_after_a_dump_comes_back_from_the_partner(
    tmp_path: Path, postgresql_cluster: PostgresqlCluster
) -> None:
    pair = MemoryFederation(tmp_path, (SONGJIANG, HEFEI), keeping=OnPostgresql(postgresql_cluster))
    publish(pair)
    pair.settle()
    pair.nodes[SONGJIANG].copy_to(tmp_path / "dump")
    command = online_application(pair)
    assert not isinstance(pair[SONGJIANG].execute(command), Refusal)
    pair.settle()
    assert not isinstance(pair[HEFEI].execute(accept(command.case)), Refusal)
    pair.settle()
    before = generation(pair)
    pair.nodes[SONGJIANG].put_back(tmp_path / "dump")
    assert pair[SONGJIANG].case_state(command.case) is None
    pair.settle()
    assert pair[SONGJIANG].case_state(command.case) == pair[HEFEI].case_state(command.case)
    assert pair[SONGJIANG].case_state(command.case) is not None
    assert generation(pair) == before + 1
    pair.stop()
