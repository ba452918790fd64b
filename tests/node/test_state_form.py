"""What another release stored as states is folded again from the logs when the node starts."""

import pytest
from structlog.testing import capture_logs
from tests.node.looking import submit
from tests.node.test_starts import BOTH, all_is_well, restart

from tongban.node.state_form import state_form
from tongban.testing.applications import HEFEI, SONGJIANG
from tongban.testing.memory_nodes import MemoryFederation


def as_another_release_left_it(pair: MemoryFederation, name: str) -> None:
    """States that this release could not read, under the mark of another form."""
    with pair[name].kernel.database.write() as connection:
        connection.execute("UPDATE tongban_state SET data = x'7b7d'")
        pair[name].kernel.store.put_mark(connection, "states/form", "1/0123456789abcdef")


@pytest.mark.parametrize("name", BOTH)
def test_states_of_another_release_are_folded_again(pair: MemoryFederation, name: str) -> None:
    case = submit(pair)
    pair.settle()
    before = pair[name].case_state(case)
    as_another_release_left_it(pair, name)
    with capture_logs() as said:
        restart(pair, name)
    assert "states_renewed" in {line["event"] for line in said}
    assert before is not None
    assert pair[name].case_state(case) == before
    assert all_is_well(pair)


def test_states_of_this_release_are_left_alone(pair: MemoryFederation) -> None:
    submit(pair)
    with capture_logs() as said:
        restart(pair, HEFEI, SONGJIANG)
    assert "states_renewed" not in {line["event"] for line in said}
    with pair[HEFEI].kernel.database.read() as connection:
        assert pair[HEFEI].kernel.store.mark(connection, "states/form") == state_form()
