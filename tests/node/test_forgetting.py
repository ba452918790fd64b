"""A node that was put back behind its own back learns it from what it had cosigned."""

import shutil
from pathlib import Path

import pytest
from tests.node.looking import submit
from tests.node.test_starts import all_is_well, backup, restart, row

from tongban.core.refusal import Refusal
from tongban.logs.rows import ChannelStatus
from tongban.testing.applications import HEFEI, SONGJIANG, accept
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def forgetful(pair: MemoryFederation) -> MemoryFederation:
    """Hefei goes on from before it cosigned an outcome, with all its own entries."""
    case = submit(pair)
    pair.settle()
    assert not isinstance(pair[HEFEI].execute(accept(case)), Refusal)
    copy = backup(pair, HEFEI)
    pair.settle()
    put_back_silently(pair, HEFEI, copy)
    return pair


def put_back_silently(pair: MemoryFederation, name: str, copy: Path) -> None:
    """Another file below a node that does not start, and remembers nothing of its lines."""
    node = pair.nodes[name]
    node.stop()
    for leftover in node.path.parent.glob(f"{node.path.name}*"):
        leftover.unlink()
    shutil.copy(copy, node.path)


def test_a_cosignature_beyond_its_mirror_makes_a_node_begin_again(
    forgetful: MemoryFederation,
) -> None:
    before = row(forgetful, HEFEI).own_start
    submit(forgetful)
    forgetful.carry(SONGJIANG, HEFEI, forgetful[SONGJIANG].conversation.say(HEFEI))
    assert row(forgetful, HEFEI).status is ChannelStatus.COMPARING
    assert row(forgetful, HEFEI).own_start != before
    forgetful.settle()
    assert all_is_well(forgetful)


def test_a_start_of_the_partner_that_was_forgotten_with_it_is_noticed_before_anything_is_pushed(
    pair: MemoryFederation,
) -> None:
    pair.settle()
    copy = backup(pair, HEFEI)
    restart(pair, SONGJIANG)
    pair.settle()
    put_back_silently(pair, HEFEI, copy)
    letter = pair[SONGJIANG].conversation.say(HEFEI)
    pair.carry(SONGJIANG, HEFEI, letter)
    assert row(pair, HEFEI).status is ChannelStatus.COMPARING
    begun = row(pair, HEFEI).own_start
    pair.settle()
    pair.carry(SONGJIANG, HEFEI, letter)
    assert row(pair, HEFEI).own_start == begun
    assert all_is_well(pair)


def test_what_the_partner_named_when_they_compared_is_no_reason(pair: MemoryFederation) -> None:
    copy = backup(pair, HEFEI)
    case = submit(pair)
    pair.settle()
    assert not isinstance(pair[HEFEI].execute(accept(case)), Refusal)
    pair.settle()
    pair.nodes[HEFEI].put_back(copy)
    pair.settle()
    starts = row(pair, HEFEI).own_start
    submit(pair)
    pair.settle()
    assert row(pair, HEFEI).own_start == starts
    assert all_is_well(pair)


def test_a_second_history_that_was_cut_elsewhere_stops_the_line_where_it_was_written(
    pair: MemoryFederation,
) -> None:
    pair.settle()
    copy = backup(pair, SONGJIANG)
    submit(pair)
    pair.settle()
    put_back_silently(pair, SONGJIANG, copy)
    pair.cut |= {(SONGJIANG, HEFEI), (HEFEI, SONGJIANG)}
    submit(pair)
    submit(pair)
    pair.cut.clear()
    restart(pair, SONGJIANG)
    pair.settle()
    assert row(pair, SONGJIANG).status is ChannelStatus.FROZEN
