"""What a push costs in transactions, each of which waits for the disk once (reliability)."""

import pytest
from tests.node.looking import submit

from tongban.core.refusal import Refusal
from tongban.testing.applications import HEFEI, SONGJIANG, accept
from tongban.testing.memory_nodes import MemoryFederation


class Commits:
    """Counts what a node commits from now on."""

    def __init__(self, pair: MemoryFederation, name: str) -> None:
        self.count = 0
        with pair[name].kernel.database.write() as connection:
            connection.set_trace_callback(self._note)

    def _note(self, statement: str) -> None:
        self.count += statement.upper().startswith("COMMIT")


def cost(pair: MemoryFederation, cases: int) -> tuple[int, int]:
    """Transactions of sender and receiver in one push of so many cases, answer included."""
    for _ in range(cases):
        submit(pair)
    there, here = Commits(pair, HEFEI), Commits(pair, SONGJIANG)
    there.count = here.count = 0
    pair.exchange(SONGJIANG, HEFEI)
    return here.count, there.count


def test_a_push_of_many_entries_costs_as_many_transactions_as_a_push_of_one(
    pair: MemoryFederation,
) -> None:
    cost(pair, 1)  # From now on each push brings what was still owed for the one before it.
    one, many = cost(pair, 1), cost(pair, 25)
    assert one == many
    assert max(many) <= 6


@pytest.mark.parametrize("before", [0, 20])
def test_an_act_costs_one_transaction_however_much_waits(
    pair: MemoryFederation, before: int
) -> None:
    case = submit(pair)
    pair.settle()
    for _ in range(before):
        submit(pair)
    commits = Commits(pair, HEFEI)
    commits.count = 0
    assert not isinstance(pair[HEFEI].execute(accept(case)), Refusal)
    assert commits.count == 1
