"""What a partner lost comes back in parts, each of which is a place where it once stood."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.node.liar import Liar
from tests.node.looking import rows_of, stored, submit
from tests.node.test_audit import examined
from tests.node.test_hostile_messages import begin_falsely, opening
from tests.node.test_starts import BOTH, all_is_well, backup, restart, row

from tongban.core.refusal import Refusal
from tongban.logs.rows import ChannelStatus, LogKind
from tongban.node.rebuild import rebuild
from tongban.testing.applications import HEFEI, SONGJIANG, accept, grant, publish
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def small(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Two nodes with some history that give each other back a few entries at a time."""
    federation = MemoryFederation(tmp_path, BOTH, part_bytes=3_000)
    publish(federation)
    federation.settle()
    for _ in range(6):
        case = submit(federation)
        federation.settle()
        for act in (accept(case), grant(case)):
            assert not isinstance(federation[HEFEI].execute(act), Refusal)
            federation.settle()
    yield federation
    federation.stop()


def lose_disk(federation: MemoryFederation, name: str) -> None:
    federation.nodes[name].lose_disk()
    federation.introduce()


def log_of(federation: MemoryFederation, name: str, peer: str) -> list[bytes | None]:
    return [row.data for row in rows_of(federation[name], LogKind.OWN, peer)]


@pytest.mark.parametrize("name", BOTH)
def test_a_lost_disk_comes_back_in_parts(small: MemoryFederation, name: str) -> None:
    (peer,) = set(BOTH) - {name}
    before = log_of(small, name, peer)
    lose_disk(small, name)
    seen = set()
    for _ in range(100):
        small.exchange(name, peer)
        seen.add(len(log_of(small, name, peer)))
        if row(small, name).status is ChannelStatus.OPEN:
            break
    assert len(seen) > 5
    assert log_of(small, name, peer)[: len(before)] == before
    small.settle(100)
    assert all_is_well(small)


def test_a_restart_between_parts_goes_on_where_it_was(small: MemoryFederation) -> None:
    lose_disk(small, SONGJIANG)
    for _ in range(2):
        for _ in range(3):
            small.exchange(SONGJIANG, HEFEI)
        held = log_of(small, SONGJIANG, HEFEI)
        assert row(small, SONGJIANG).status is ChannelStatus.COMPARING
        restart(small, SONGJIANG)
        assert log_of(small, SONGJIANG, HEFEI) == held != []
    small.settle(100)
    assert all_is_well(small)


def test_the_rest_may_come_back_in_one_piece(small: MemoryFederation) -> None:
    lose_disk(small, SONGJIANG)
    for _ in range(4):
        small.exchange(SONGJIANG, HEFEI)
    small.nodes[HEFEI].part_bytes = 8_000_000
    restart(small, HEFEI)
    assert small.settle() < 10
    assert all_is_well(small)


@pytest.mark.parametrize("parts", range(1, 12))
def test_two_disks_lost_one_between_the_parts_of_the_other(
    small: MemoryFederation, parts: int
) -> None:
    lose_disk(small, SONGJIANG)
    for _ in range(parts):
        small.exchange(SONGJIANG, HEFEI)
    held = log_of(small, SONGJIANG, HEFEI)
    lose_disk(small, HEFEI)
    small.settle(100)
    assert log_of(small, SONGJIANG, HEFEI)[: len(held)] == held
    assert all_is_well(small)


def test_a_part_of_an_answerer_that_has_forgotten_it_since_is_not_taken(
    small: MemoryFederation,
) -> None:
    lose_disk(small, HEFEI)
    small.exchange(HEFEI, SONGJIANG)
    late = small.carry(HEFEI, SONGJIANG, small[HEFEI].conversation.say(SONGJIANG))
    assert late is not None
    lose_disk(small, SONGJIANG)
    for _ in range(3):
        small.exchange(SONGJIANG, HEFEI)
    small[HEFEI].conversation.hear_reply(SONGJIANG, late)
    small.settle(100)
    assert all_is_well(small)


def test_a_late_part_is_passed_over(small: MemoryFederation) -> None:
    lose_disk(small, SONGJIANG)
    small.exchange(SONGJIANG, HEFEI)
    small.exchange(SONGJIANG, HEFEI)
    late = small.letters[-1].envelope
    small.exchange(SONGJIANG, HEFEI)
    held = log_of(small, SONGJIANG, HEFEI)
    small[SONGJIANG].conversation.hear_reply(HEFEI, late)
    assert log_of(small, SONGJIANG, HEFEI) == held
    assert row(small, SONGJIANG).status is ChannelStatus.COMPARING
    small.settle(100)
    assert all_is_well(small)


def test_no_push_that_cannot_be_taken_yet_comes_beside_a_part(small: MemoryFederation) -> None:
    case = submit(small)
    small.settle()
    lose_disk(small, SONGJIANG)
    assert not isinstance(small[HEFEI].execute(accept(case)), Refusal)
    small.exchange(SONGJIANG, HEFEI)
    part = small[HEFEI].hear(small[SONGJIANG].conversation.say(HEFEI))
    assert part is not None
    # On a road without answers each reply is a letter, and copies of it would never die out.
    assert small[SONGJIANG].hear(part) is None
    assert row(small, SONGJIANG).status is ChannelStatus.COMPARING
    small.settle(100)
    assert all_is_well(small)


def test_an_answerer_that_forgets_between_parts_is_asked_anew(small: MemoryFederation) -> None:
    lose_disk(small, SONGJIANG)
    copy = backup(small, HEFEI)
    for _ in range(4):
        small.exchange(SONGJIANG, HEFEI)
    held = log_of(small, SONGJIANG, HEFEI)
    small.nodes[HEFEI].put_back(copy)
    small.settle(100)
    assert log_of(small, SONGJIANG, HEFEI)[: len(held)] == held
    assert all_is_well(small)


def test_operators_see_that_more_is_to_come(small: MemoryFederation) -> None:
    lose_disk(small, HEFEI)
    for _ in range(3):
        small.exchange(HEFEI, SONGJIANG)
    assert small[HEFEI].partly_back() == [SONGJIANG]
    assert SONGJIANG in examined(small).skipped[0]
    small.settle(100)
    assert small[HEFEI].partly_back() == examined(small).skipped == []


@pytest.mark.parametrize("parts", range(1, 12, 3))
def test_what_stands_after_a_part_verifies_and_folds_again(
    small: MemoryFederation, parts: int
) -> None:
    lose_disk(small, HEFEI)
    for _ in range(parts):
        small.exchange(HEFEI, SONGJIANG)
    before = stored(small[HEFEI])
    rebuild(small[HEFEI].kernel)
    assert stored(small[HEFEI]) == before
    assert examined(small).damages == []


def test_a_log_that_does_not_say_what_it_had_seen_comes_back_in_parts_too(
    small: MemoryFederation,
) -> None:
    liar = Liar(small[SONGJIANG], HEFEI)
    begin_falsely(liar, opening(liar), seen=False)
    small.settle()
    for _ in range(2):
        submit(small)
        small.settle()
    lose_disk(small, SONGJIANG)
    small.settle(100)
    assert all_is_well(small)
