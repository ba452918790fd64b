"""What commits with a command, and what is asked without doing it."""

import pytest

from tongban.core.cases.events import CaseTakenIn
from tongban.core.refusal import Refusal
from tongban.node.ports import Connection
from tongban.testing.applications import SONGJIANG, accept, online_application
from tongban.testing.memory_nodes import MemoryFederation


def test_what_is_written_beside_a_command_commits_with_it(pair: MemoryFederation) -> None:
    def beside(connection: Connection) -> None:
        connection.execute("CREATE TABLE beside (word TEXT)")

    pair[SONGJIANG].execute(online_application(pair), beside=beside)
    with pair[SONGJIANG].kernel.database.read() as connection:
        assert connection.execute("SELECT count(*) FROM beside").fetchone() == (0,)


def test_a_command_is_undone_when_what_is_beside_it_fails(pair: MemoryFederation) -> None:
    command = online_application(pair)

    def beside(_connection: Connection) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        pair[SONGJIANG].execute(command, beside=beside)
    assert pair[SONGJIANG].case_state(command.case) is None


def test_a_refused_command_calls_nothing_beside_it(pair: MemoryFederation) -> None:
    called: list[Connection] = []
    answer = pair[SONGJIANG].execute(accept("unknown"), beside=called.append)
    assert isinstance(answer, Refusal)
    assert called == []


def test_considering_names_the_basis_and_does_nothing(pair: MemoryFederation) -> None:
    command = online_application(pair)
    decided = pair[SONGJIANG].consider(command)
    assert not isinstance(decided, Refusal)
    assert isinstance(decided[0].event, CaseTakenIn)
    assert decided[0].basis is not None
    assert pair[SONGJIANG].case_state(command.case) is None


def test_considering_says_why_it_would_be_refused(pair: MemoryFederation) -> None:
    assert isinstance(pair[SONGJIANG].consider(accept("unknown")), Refusal)
