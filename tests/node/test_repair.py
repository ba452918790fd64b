"""Entries that rot on the disk come back from the other node, and only as they were."""

from pathlib import Path

import msgspec
import pytest
from tests.node.liar import Liar
from tests.node.looking import rows_of, submit
from tests.node.older import pair_older

from tongban.channels.faults import MessageUnreadable
from tongban.channels.messages import Restored, Wanted, encode_message
from tongban.logs.faults import EntryDamaged
from tongban.logs.rows import LogKind
from tongban.node.giving_back import give
from tongban.node.node import Node
from tongban.node.repair import Looked
from tongban.testing.applications import HEFEI, SONGJIANG, accept, grant
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def case(pair: MemoryFederation) -> str:
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(accept(case))
    pair.settle()
    return case


def rot(node: Node, kind: LogKind, index: int, peer: str = HEFEI) -> None:
    """Flip a bit of an entry's bytes in the newest generation."""
    kernel = node.kernel
    with kernel.database.write() as connection:
        log = kernel.store.find_log(connection, kind=kind, peer=peer)
        assert log is not None
        head = kernel.store.head(connection, log)
        assert head is not None
        place = (log, head.generation, index)
        query = "SELECT data FROM tongban_entry WHERE (log, generation, leaf) = (?, ?, ?)"
        (data,) = connection.execute(query, place).fetchone()
        change = "UPDATE tongban_entry SET data = ? WHERE (log, generation, leaf) = (?, ?, ?)"
        connection.execute(change, (bytes([data[0] ^ 1]) + data[1:], *place))


def check(node: Node) -> int:
    """How much of the entries and bodies is damaged."""
    return node.repairs.look(node.repairs.windows()).damaged


@pytest.mark.parametrize("kind", [LogKind.OWN, LogKind.MIRROR])
def test_a_rotten_entry_comes_back_from_the_partner(
    pair: MemoryFederation, case: str, kind: LogKind
) -> None:
    assert case
    before = list(rows_of(pair[SONGJIANG], kind, HEFEI))
    rot(pair[SONGJIANG], kind, 1)
    assert check(pair[SONGJIANG]) == 1
    with pytest.raises(EntryDamaged):
        list(rows_of(pair[SONGJIANG], kind, HEFEI))
    pair.settle()
    assert list(rows_of(pair[SONGJIANG], kind, HEFEI)) == before
    assert (check(pair[SONGJIANG]), pair[SONGJIANG].repairs.damage()) == (0, [])


def test_many_are_asked_for_a_part_at_a_time(
    pair: MemoryFederation, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert case
    monkeypatch.setattr("tongban.node.repair.WANTED_MAX", 1)
    for index in (0, 1):
        rot(pair[SONGJIANG], LogKind.OWN, index)
        rot(pair[SONGJIANG], LogKind.MIRROR, index)
    assert check(pair[SONGJIANG]) == 4
    pair.settle()
    assert check(pair[SONGJIANG]) == 0


def test_what_the_partner_lacks_too_is_said_and_not_asked_for_again(
    pair: MemoryFederation, case: str
) -> None:
    assert case
    rot(pair[SONGJIANG], LogKind.OWN, 1)
    rot(pair[HEFEI], LogKind.MIRROR, 1, peer=SONGJIANG)
    check(pair[SONGJIANG])
    pair.settle()
    assert [each.lacking for each in pair[SONGJIANG].repairs.damage()] == [True]
    assert not pair[SONGJIANG].conversation.has_news(HEFEI)
    pair[SONGJIANG].repairs.ask_again()
    assert pair[SONGJIANG].conversation.has_news(HEFEI)


def test_a_rotten_entry_of_the_home_log_is_for_the_backup(pair: MemoryFederation) -> None:
    rot(pair[SONGJIANG], LogKind.HOME, 1, peer="")
    assert check(pair[SONGJIANG]) == 1
    (damage,) = pair[SONGJIANG].repairs.damage()
    assert (damage.peer, damage.writer) == ("", SONGJIANG)
    assert not pair[SONGJIANG].conversation.has_news(HEFEI)


def newest(pair: MemoryFederation) -> int:
    """Index of the entry that Songjiang wrote last."""
    return list(rows_of(pair[SONGJIANG], LogKind.OWN, HEFEI))[-1].index


def newest_index(node: Node) -> int:
    """The same where an older entry is rotten."""
    kernel = node.kernel
    with kernel.database.read() as connection:
        log = kernel.store.find_log(connection, kind=LogKind.OWN, peer=HEFEI)
        assert log is not None
        head = kernel.store.head(connection, log)
        assert head is not None
        return head.range.size - 1


def test_an_outcome_that_needs_a_rotten_entry_is_taken_once_that_is_back(
    pair: MemoryFederation, case: str
) -> None:
    """Nobody looked through the store: the entry is noticed where it is read."""
    later = submit(pair)
    pair.carry(SONGJIANG, HEFEI, pair[SONGJIANG].conversation.say(HEFEI))
    rot(pair[SONGJIANG], LogKind.OWN, newest(pair))
    with pytest.raises(EntryDamaged):
        pair.exchange(HEFEI, SONGJIANG)
    pair.settle()
    for each in (case, later):
        assert pair[SONGJIANG].case_state(each) == pair[HEFEI].case_state(each)
    assert pair[SONGJIANG].repairs.damage() == []


def test_what_came_back_stays_though_the_letter_that_brought_it_needs_more_that_rotted(
    pair: MemoryFederation, case: str
) -> None:
    """Else two that rotted at once would each keep the other away for ever."""
    assert case
    songjiang = pair[SONGJIANG]
    rot(songjiang, LogKind.OWN, 1)
    check(songjiang)
    submit(pair)
    reply = pair.carry(SONGJIANG, HEFEI, songjiang.conversation.say(HEFEI))
    assert reply is not None
    later = newest_index(songjiang)
    rot(songjiang, LogKind.OWN, later)
    with pytest.raises(EntryDamaged):
        songjiang.conversation.hear_reply(HEFEI, reply)
    assert [each.index for each in songjiang.repairs.damage()] == [later]
    pair.settle()
    assert songjiang.repairs.damage() == []


def test_who_comes_upon_one_that_rotted_asks_for_all_that_did(
    pair: MemoryFederation, case: str
) -> None:
    assert case
    submit(pair)
    pair.carry(SONGJIANG, HEFEI, pair[SONGJIANG].conversation.say(HEFEI))
    later = newest(pair)
    for index in (1, 2, later):
        rot(pair[SONGJIANG], LogKind.OWN, index)
    with pytest.raises(EntryDamaged):
        pair.exchange(HEFEI, SONGJIANG)
    assert sorted(each.index for each in pair[SONGJIANG].repairs.damage()) == [1, 2, later]


def test_an_entry_that_rots_before_anybody_has_it_holds_up_nothing_else(
    pair: MemoryFederation, case: str
) -> None:
    submit(pair)
    rot(pair[SONGJIANG], LogKind.OWN, newest(pair))
    pair[HEFEI].execute(grant(case))
    pair.settle()
    assert [each.lacking for each in pair[SONGJIANG].repairs.damage()] == [True]
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert state.decided is not None


def restart(pair: MemoryFederation, name: str) -> None:
    pair.nodes[name].stop()
    pair.nodes[name].start()


def test_an_answer_that_needs_a_rotten_entry_waits_until_it_is_back(
    pair: MemoryFederation, case: str
) -> None:
    """Hefei lost its disk, and what it lacks has rotted at Songjiang: nothing is made up."""
    assert case
    empty = pair.folder / "empty"
    restart(pair, HEFEI)
    pair.settle()
    pair.nodes[HEFEI].copy_to(empty)
    submit(pair)
    pair.settle()
    rot(pair[SONGJIANG], LogKind.MIRROR, 1)
    pair.nodes[HEFEI].put_back(empty)
    pair.settle()
    assert [each.peer for each in pair[SONGJIANG].repairs.damage()] == [HEFEI]


def test_other_bytes_than_were_hashed_are_not_taken(pair: MemoryFederation, case: str) -> None:
    assert case
    rot(pair[SONGJIANG], LogKind.OWN, 1)
    check(pair[SONGJIANG])
    (damage,) = pair[SONGJIANG].repairs.damage()
    lie = Restored(
        writer=SONGJIANG, generation=damage.generation, index=damage.index, entry=b"other"
    )
    pair[SONGJIANG].hear(Liar(pair[HEFEI], SONGJIANG).say(version=2, restored=[lie]))
    (damage,) = pair[SONGJIANG].repairs.damage()
    assert damage.lacking


def test_what_was_not_wanted_changes_nothing(pair: MemoryFederation, case: str) -> None:
    assert case
    before = list(rows_of(pair[SONGJIANG], LogKind.OWN, HEFEI))
    given = [
        Restored(writer=writer, generation=1, index=0, entry=b"x")
        for writer in (SONGJIANG, HEFEI, "nowhere")
    ]
    pair[SONGJIANG].hear(Liar(pair[HEFEI], SONGJIANG).say(version=2, restored=given))
    assert list(rows_of(pair[SONGJIANG], LogKind.OWN, HEFEI)) == before


def test_logs_with_others_are_nobodys_business(pair: MemoryFederation, case: str) -> None:
    assert case
    wanted = [Wanted(writer=name, generation=1, index=0) for name in ("nowhere", SONGJIANG)]
    liar = Liar(pair[HEFEI], SONGJIANG)
    answer = pair[SONGJIANG].hear(liar.say(version=2, wanted=wanted))
    assert answer is not None
    message = liar.node.conversation._message_of(*liar.node.conversation._opened(answer))
    assert [bool(each.entry) for each in message.restored] == [False, True]


def test_parts_of_version_2_in_a_message_of_version_1_are_unreadable(
    pair: MemoryFederation,
) -> None:
    wanted = [Wanted(writer=SONGJIANG, generation=1, index=0)]
    with pytest.raises(MessageUnreadable):
        pair[SONGJIANG].hear(Liar(pair[HEFEI], SONGJIANG).say(wanted=wanted))


def test_a_partner_that_reads_only_version_1_is_not_asked(
    pair: MemoryFederation, case: str
) -> None:
    assert case
    pair_older(pair)
    rot(pair[SONGJIANG], LogKind.OWN, 1)
    check(pair[SONGJIANG])
    assert not pair[SONGJIANG].conversation.has_news(HEFEI)
    assert len(pair[SONGJIANG].repairs.damage()) == 1


def test_a_message_without_new_parts_is_of_version_1(pair: MemoryFederation) -> None:
    message = Liar(pair[HEFEI], SONGJIANG).message()
    assert message.version == 1
    assert b"wanted" not in encode_message(message)
    assert msgspec.structs.replace(message, wanted=[Wanted("x", 1, 0)]).needed_version() == 2


def test_the_rounds_come_to_every_entry_in_turn(
    pair: MemoryFederation, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert case
    monkeypatch.setattr("tongban.node.damage.SLICE", 1)
    rot(pair[SONGJIANG], LogKind.OWN, 1)
    turns = len(pair[SONGJIANG].repairs.windows())
    assert sum(pair[SONGJIANG].repairs.look_on().damaged for _ in range(turns)) == 1


def test_a_round_of_a_node_without_logs_finds_nothing(tmp_path: Path) -> None:
    pair = MemoryFederation(tmp_path, (SONGJIANG,))
    node = pair[SONGJIANG]
    with node.kernel.database.write() as connection:
        connection.execute("DELETE FROM tongban_generation")
    assert node.repairs.look_on() == Looked()
    pair.stop()


def test_damage_in_a_log_that_is_no_more_is_passed_over(pair: MemoryFederation) -> None:
    pair[SONGJIANG].repairs.note(EntryDamaged("gone", (99, 1, 0)))
    assert pair[SONGJIANG].repairs.damage() == []


def test_as_much_is_given_back_as_one_message_carries(
    pair: MemoryFederation, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert case
    monkeypatch.setattr("tongban.node.giving_back.GIVEN_BYTES_MAX", 600)
    node = pair[SONGJIANG]
    wanted = [Wanted(writer=SONGJIANG, generation=1, index=index) for index in (0, 1, 2)]
    with node.kernel.database.write() as connection:
        given = give(node.kernel, connection, HEFEI, wanted)
    assert 0 < len(given) < len(wanted)


def test_a_partner_that_lacks_it_may_say_so_twice(pair: MemoryFederation, case: str) -> None:
    assert case
    rot(pair[SONGJIANG], LogKind.OWN, 1)
    check(pair[SONGJIANG])
    (damage,) = pair[SONGJIANG].repairs.damage()
    lacks = Restored(writer=SONGJIANG, generation=damage.generation, index=damage.index, entry=b"")
    for _ in range(2):
        pair[SONGJIANG].hear(Liar(pair[HEFEI], SONGJIANG).say(version=2, restored=[lacks]))
    assert [each.lacking for each in pair[SONGJIANG].repairs.damage()] == [True]


def test_a_partner_that_never_spoke_has_no_log_to_look_through(tmp_path: Path) -> None:
    pair = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    windows = pair[SONGJIANG].repairs.windows()
    assert LogKind.MIRROR not in {window.kind for window in windows}
    assert check(pair[SONGJIANG]) == 0
    pair.stop()
