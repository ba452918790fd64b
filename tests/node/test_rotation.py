"""Keys change between two generations, and nothing else changes with them (spec/channels.md)."""

import pytest
from structlog.testing import capture_logs
from tests.node.looking import entries_of, rows_of, submit
from tests.node.test_starts import BOTH, all_is_well, backup, restart

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.core.channel.events import KeyRotated
from tongban.core.home.events import HomeKeyRotated, OutcomeDisputed
from tongban.logs.rows import LogKind
from tongban.node.faults import KeysOutdated
from tongban.node.node import Node
from tongban.testing.applications import HEFEI, SONGJIANG
from tongban.testing.memory_nodes import MemoryFederation


def keys_of(node: Node, kind: LogKind, peer: str = "") -> list[int]:
    """The key set of each generation of a log."""
    store = node.kernel.store
    with node.kernel.database.read() as connection:
        log = store.find_log(connection, kind=kind, peer=peer)
        assert log is not None
        return [found.keys for found in store.generations(connection, log)]


def test_after_a_rotation_both_logs_go_on_under_the_new_keys(pair: MemoryFederation) -> None:
    before = keys_of(pair[SONGJIANG], LogKind.OWN, HEFEI)
    pair.nodes[SONGJIANG].rotate()
    pair.settle()
    assert keys_of(pair[SONGJIANG], LogKind.OWN, HEFEI) == [*before, 2]
    assert keys_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG) == [*before, 2]
    assert keys_of(pair[SONGJIANG], LogKind.HOME)[-1] == 2
    assert all_is_well(pair)


def test_both_may_change_their_keys_at_once(pair: MemoryFederation) -> None:
    for name in BOTH:
        pair.nodes[name].rotate()
    pair.settle()
    assert all_is_well(pair)
    for one, other in (BOTH, BOTH[::-1]):
        assert keys_of(pair[one], LogKind.MIRROR, other)[-1] == 2


def test_a_set_that_was_added_while_the_node_stood_is_announced_when_it_starts(
    pair: MemoryFederation,
) -> None:
    pair.nodes[SONGJIANG].keys = 2
    restart(pair, SONGJIANG)
    pair.settle()
    assert keys_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)[-1] == 2
    assert all_is_well(pair)


def test_several_rotations_while_the_line_was_cut_are_announced_as_one(
    pair: MemoryFederation,
) -> None:
    pair.cut = {BOTH, BOTH[::-1]}
    for _ in range(3):
        pair.nodes[SONGJIANG].rotate()
        restart(pair, SONGJIANG)
    pair.cut = set()
    pair.settle()
    assert keys_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)[-1] == 4
    assert all_is_well(pair)


@pytest.mark.parametrize("loser", BOTH)
def test_who_lost_its_disk_after_rotations_gets_all_back(
    pair: MemoryFederation, loser: str
) -> None:
    empty = pair.folder / "empty"
    submit(pair)
    pair.settle()
    for _ in range(2):
        for name in BOTH:
            pair.nodes[name].rotate()
            submit(pair)
            pair.settle()
    other = next(name for name in BOTH if name != loser)
    before = [row.data for row in rows_of(pair[loser], LogKind.MIRROR, other)]
    empty.touch()
    pair.nodes[loser].put_back(empty)
    pair[loser].pair(pair.nodes[other].descriptor, compared=_shown(pair, other))
    pair.settle()
    assert [r.data for r in rows_of(pair[loser], LogKind.MIRROR, other)][: len(before)] == before
    assert all_is_well(pair)


def test_where_both_lost_the_word_of_new_keys_people_compare_them_again(
    pair: MemoryFederation,
) -> None:
    older = pair.nodes[HEFEI].descriptor
    pair.nodes[HEFEI].rotate()
    for name in BOTH:
        empty = pair.folder / f"{name}-empty"
        empty.touch()
        pair.nodes[name].put_back(empty)
    pair[HEFEI].pair(pair.nodes[SONGJIANG].descriptor, compared=_shown(pair, SONGJIANG))
    pair[SONGJIANG].pair(older, compared=fingerprint(read_descriptor(older)))
    with capture_logs() as said:
        pair.settle()
    assert "new_keys_refused" in {line["event"] for line in said}
    assert not list(rows_of(pair[SONGJIANG], LogKind.MIRROR, HEFEI))
    pair[SONGJIANG].pair(pair.nodes[HEFEI].descriptor, compared=_shown(pair, HEFEI))
    assert all_is_well(pair)


def _shown(pair: MemoryFederation, name: str) -> str:
    return fingerprint(read_descriptor(pair.nodes[name].descriptor))


@pytest.mark.parametrize("loser", BOTH)
def test_who_is_back_from_before_the_rotations_learns_of_them_again(
    pair: MemoryFederation, loser: str
) -> None:
    copy = backup(pair, loser)
    for _ in range(3):
        for name in BOTH:
            pair.nodes[name].rotate()
            pair.settle()
            submit(pair)
    pair.settle()
    pair.nodes[loser].put_back(copy)
    pair.settle()
    assert all_is_well(pair)
    assert keys_of(pair[loser], LogKind.OWN, other_of(loser))[-1] == 4


def test_nothing_is_disputed_and_nothing_awaits_an_outcome(pair: MemoryFederation) -> None:
    pair.nodes[SONGJIANG].rotate()
    pair.settle()
    restart(pair, *BOTH)
    pair.settle()
    assert all_is_well(pair)
    assert not [e for e in home(pair[SONGJIANG]) if isinstance(e, OutcomeDisputed)]
    assert [e.number for e in home(pair[SONGJIANG]) if isinstance(e, HomeKeyRotated)] == [2]
    announced = entries_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)
    assert [e.event.number for e in announced if isinstance(e.event, KeyRotated)] == [2]


def test_a_key_file_from_before_the_rotation_is_refused_at_the_start(
    pair: MemoryFederation,
) -> None:
    pair.nodes[SONGJIANG].rotate()
    pair.nodes[SONGJIANG].keys = 1
    with pytest.raises(KeysOutdated, match="newest key file"):
        restart(pair, SONGJIANG)
    pair.nodes[SONGJIANG].keys = 2
    pair.nodes[SONGJIANG].start()
    pair.settle()
    assert all_is_well(pair)


def other_of(name: str) -> str:
    return next(other for other in BOTH if other != name)


def home(node: Node) -> list[object]:
    return [entry.event for entry in entries_of(node, LogKind.HOME, "")]
