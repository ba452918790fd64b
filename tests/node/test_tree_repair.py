"""Hashes that rot on the disk: nothing wrong is signed of them, and they are derived anew."""

from datetime import timedelta

import pytest
from tests.node.liar import Liar
from tests.node.looking import rows_of, stored, submit
from tests.node.test_audit import examined
from tests.node.test_repair import check, newest, restart, rot

from tongban.channels.messages import Message, Restored
from tongban.core.channel.events import AvailabilitySource
from tongban.core.entry import Actor, ActorKind, Subject, SubjectKind
from tongban.core.home.events import AccessGranted
from tongban.core.refusal import Refusal
from tongban.logs.faults import EntryDamaged, LogDamaged, TreeDamaged
from tongban.logs.rows import ChannelStatus, LogKind
from tongban.node.effects import Effects
from tongban.node.hearing import Availability
from tongban.node.identity import Peer
from tongban.node.node import Node
from tongban.node.repair import Damage, Looked
from tongban.node.trees import check_statement, inclusion_under, path_to
from tongban.node.work import Draft, Work
from tongban.testing.applications import HEFEI, SONGJIANG, accept, grant
from tongban.testing.memory_nodes import MemoryFederation

PARTNER = {SONGJIANG: HEFEI, HEFEI: SONGJIANG}
SYSTEM = Actor(kind=ActorKind.SYSTEM)


@pytest.fixture
def case(pair: MemoryFederation) -> str:
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(accept(case))
    pair.settle()
    return case


#: Where a hash is stored: what is asked for it, and what puts another in its place.
LEAF = (
    "SELECT leaf_hash FROM tongban_entry WHERE (log, generation, leaf) = (?, ?, ?)",
    "UPDATE tongban_entry SET leaf_hash = ? WHERE (log, generation, leaf) = (?, ?, ?)",
)
TILE = (
    "SELECT hash FROM tongban_subtree WHERE (log, generation, position) = (?, ?, ?)",
    "UPDATE tongban_subtree SET hash = ? WHERE (log, generation, position) = (?, ?, ?)",
)
ROOT = (
    "SELECT root FROM tongban_statement WHERE (log, generation, size) = (?, ?, ?)",
    "UPDATE tongban_statement SET root = ? WHERE (log, generation, size) = (?, ?, ?)",
)
NOTE = (
    "SELECT note FROM tongban_note WHERE (log, generation, size) = (?, ?, ?)",
    "UPDATE tongban_note SET note = ? WHERE (log, generation, size) = (?, ?, ?)",
)
RANGE = (
    "SELECT compact_range FROM tongban_generation WHERE (log, generation) = (?, ?)",
    "UPDATE tongban_generation SET compact_range = ? WHERE (log, generation) = (?, ?)",
)


def log_of(node: Node, kind: LogKind) -> tuple[int, int]:
    """The log with the partner, or the home log, and its newest generation."""
    store = node.kernel.store
    with node.kernel.database.read() as connection:
        peer = "" if kind is LogKind.HOME else PARTNER[node.name]
        log = store.find_log(connection, kind=kind, peer=peer)
        assert log is not None
        return log, store.generations(connection, log)[-1].generation


def flip(node: Node, kind: LogKind, where: tuple[str, str], *index: int, byte: int = -1) -> None:
    """Flip a bit of a stored hash."""
    ask, put = where
    place = (*log_of(node, kind), *index)
    with node.kernel.database.write() as connection:
        (data,) = connection.execute(ask, place).fetchone()
        changed = bytearray(data)
        changed[byte] ^= 1
        connection.execute(put, (bytes(changed), *place))


def rot_leaf(node: Node, kind: LogKind, index: int) -> None:
    flip(node, kind, LEAF, index)


def rot_range(node: Node, kind: LogKind, byte: int = -1) -> None:
    flip(node, kind, RANGE, byte=byte)


def settle(pair: MemoryFederation) -> None:
    """Until nobody has news; who comes upon what rotted mends it, and is told again."""
    for _ in range(4):
        try:
            pair.settle()
        except LogDamaged:
            continue
        return
    pair.settle()


def look(node: Node) -> Looked:
    return node.repairs.look(node.repairs.windows())


def status(node: Node) -> ChannelStatus:
    (row,) = node.channels()
    return row.status


def fill_home(node: Node, count: int) -> None:
    """So many entries on the home log at once."""
    with node.kernel.database.write() as connection:
        work = Work(node.kernel, connection, node.kernel.clock.now())
        event = AccessGranted(number="1", role="officer")
        subject = Subject(kind=SubjectKind.NODE, id=node.name)
        draft = Draft(event=event, subject=subject, actor=SYSTEM)
        Effects(work, "").append_home([draft] * count)
        work.close()


@pytest.mark.parametrize("kind", list(LogKind))
def test_a_rotten_hash_is_derived_anew_from_its_entry(
    pair: MemoryFederation, case: str, kind: LogKind
) -> None:
    assert case
    before = stored(pair[SONGJIANG])
    rot_leaf(pair[SONGJIANG], kind, 1)
    assert look(pair[SONGJIANG]) == Looked(mended=1)
    assert pair[SONGJIANG].repairs.damage() == []
    assert not pair[SONGJIANG].conversation.has_news(HEFEI)
    assert look(pair[SONGJIANG]) == Looked()
    assert stored(pair[SONGJIANG])[3] == before[3]


@pytest.mark.parametrize("kind", list(LogKind))
@pytest.mark.parametrize("byte", [-1, 3, 7, 8])
def test_a_rotten_end_is_derived_anew(
    pair: MemoryFederation, case: str, kind: LogKind, byte: int
) -> None:
    assert case
    rot_range(pair[SONGJIANG], kind, byte)
    assert examined(pair, SONGJIANG).damages
    assert look(pair[SONGJIANG]) == Looked(mended=1)
    assert look(pair[SONGJIANG]) == Looked()
    assert examined(pair, SONGJIANG).damages == []


@pytest.mark.parametrize("loser", [SONGJIANG, HEFEI])
@pytest.mark.parametrize("kind", list(LogKind))
def test_a_node_whose_end_rotted_signs_the_root_of_its_entries(
    pair: MemoryFederation, case: str, loser: str, kind: LogKind
) -> None:
    """Nobody looked through the store: it is seen where the log grows."""
    rot_range(pair[loser], kind)
    later = submit(pair)
    pair.settle()
    pair[HEFEI].execute(grant(case))
    pair.settle()
    pair[loser].anchor_channels()
    for name in (SONGJIANG, HEFEI):
        assert pair[name].case_state(later) == pair[PARTNER[name]].case_state(later)
        assert look(pair[name]).damaged == 0
        assert examined(pair, name).damages == []


def test_an_outcome_that_needs_an_entry_whose_hash_rotted_is_taken(
    pair: MemoryFederation, case: str
) -> None:
    submit(pair)
    pair.carry(SONGJIANG, HEFEI, pair[SONGJIANG].conversation.say(HEFEI))
    rot_leaf(pair[SONGJIANG], LogKind.OWN, newest(pair))
    with pytest.raises(EntryDamaged):
        pair.exchange(HEFEI, SONGJIANG)
    assert pair[SONGJIANG].repairs.damage() == []
    pair.settle()
    assert pair[SONGJIANG].case_state(case) == pair[HEFEI].case_state(case)
    assert examined(pair, SONGJIANG).damages == []


@pytest.mark.parametrize("kind", [LogKind.OWN, LogKind.MIRROR])
@pytest.mark.parametrize("restarted", [SONGJIANG, HEFEI])
def test_no_line_stays_shut_and_nobody_is_accused_over_a_rotten_hash(
    pair: MemoryFederation, case: str, kind: LogKind, restarted: str
) -> None:
    rot_leaf(pair[SONGJIANG], kind, 0)
    restart(pair, restarted)
    settle(pair)
    pair[HEFEI].execute(grant(case))
    settle(pair)
    assert status(pair[SONGJIANG]) == status(pair[HEFEI]) == ChannelStatus.OPEN
    assert pair[SONGJIANG].case_state(case) == pair[HEFEI].case_state(case)
    assert pair[SONGJIANG].contradictions(HEFEI) == []


@pytest.mark.parametrize("kind", list(LogKind))
def test_where_the_end_and_a_hash_rotted_nothing_is_signed_until_both_are_mended(
    pair: MemoryFederation, case: str, kind: LogKind
) -> None:
    rot_leaf(pair[SONGJIANG], kind, 0)
    rot_range(pair[SONGJIANG], kind)
    kernel = pair[SONGJIANG].kernel
    with kernel.database.read() as connection, pytest.raises(TreeDamaged):
        kernel.store.head_of(connection, *log_of(pair[SONGJIANG], kind))
    assert look(pair[SONGJIANG]).mended == 2
    pair[HEFEI].execute(grant(case))
    pair.settle()
    assert examined(pair, SONGJIANG).damages == []


@pytest.mark.parametrize("kind", list(LogKind))
def test_a_node_starts_though_its_hashes_rotted(
    pair: MemoryFederation, case: str, kind: LogKind
) -> None:
    rot_leaf(pair[SONGJIANG], kind, 0)
    rot_range(pair[SONGJIANG], kind)
    restart(pair, SONGJIANG)
    settle(pair)
    assert pair[SONGJIANG].case_state(case) == pair[HEFEI].case_state(case)
    look(pair[SONGJIANG])
    assert examined(pair, SONGJIANG).damages == []


def test_who_comes_upon_a_rotten_hash_can_go_on_at_once(pair: MemoryFederation, case: str) -> None:
    rot_leaf(pair[HEFEI], LogKind.OWN, newest_of(pair[HEFEI]))
    with pytest.raises(EntryDamaged):
        pair[HEFEI].history(case)
    assert pair[HEFEI].history(case)


def test_what_was_refused_keeps_its_bytes_while_its_hash_is_rotten(
    pair: MemoryFederation, case: str
) -> None:
    """They are all that shows the hash."""
    assert case
    Liar(pair[HEFEI], SONGJIANG).write(b"no entry")
    pair.settle()
    index = newest_of(pair[HEFEI])
    rot_leaf(pair[SONGJIANG], LogKind.MIRROR, index)
    pair[SONGJIANG].erase_refused(HEFEI, older_than=timedelta())
    assert look(pair[SONGJIANG]) == Looked(mended=1)
    pair[SONGJIANG].erase_refused(HEFEI, older_than=timedelta())
    assert list(rows_of(pair[SONGJIANG], LogKind.MIRROR, HEFEI))[index].data is None
    assert examined(pair, SONGJIANG).damages == []


def test_the_hash_of_what_was_erased_comes_from_who_has_the_bytes(
    pair: MemoryFederation, case: str
) -> None:
    """Hefei wrote it, and keeps it; it stays erased here."""
    assert case
    Liar(pair[HEFEI], SONGJIANG).write(b"no entry")
    pair.settle()
    index = newest_of(pair[HEFEI])
    pair[SONGJIANG].erase_refused(HEFEI, older_than=timedelta())
    before = stored(pair[SONGJIANG])[3]
    rot_leaf(pair[SONGJIANG], LogKind.MIRROR, index)
    look(pair[SONGJIANG])
    assert {each.index for each in pair[SONGJIANG].repairs.damage() if not each.tree} == {index}
    pair.settle()
    assert pair[SONGJIANG].repairs.damage() == []
    assert stored(pair[SONGJIANG])[3] == before


def newest_of(node: Node) -> int:
    """Index of the entry that a node wrote last to its partner."""
    return list(rows_of(node, LogKind.OWN, PARTNER[node.name]))[-1].index


def unsigned(pair: MemoryFederation) -> int:
    """The size of what Songjiang will sign next of its log to Hefei."""
    submit(pair)
    return newest(pair) + 1


def test_a_root_that_rots_before_it_is_signed_is_not_signed(
    pair: MemoryFederation, case: str
) -> None:
    assert case
    size = unsigned(pair)
    flip(pair[SONGJIANG], LogKind.OWN, ROOT, size)
    pair.settle()
    assert status(pair[SONGJIANG]) == ChannelStatus.OPEN
    for name in (SONGJIANG, HEFEI):
        assert examined(pair, name).damages == []


def test_nothing_is_signed_of_entries_whose_hash_rotted(pair: MemoryFederation, case: str) -> None:
    assert case
    first = unsigned(pair)
    submit(pair)
    rot_leaf(pair[SONGJIANG], LogKind.OWN, first - 1)
    kernel = pair[SONGJIANG].kernel
    with kernel.database.read() as connection:
        place = log_of(pair[SONGJIANG], LogKind.OWN)
        statement = kernel.store.checkpoint(connection, *place, first)
        assert statement is not None
        with pytest.raises(TreeDamaged):
            check_statement(kernel, connection, statement)
    pair.settle()
    assert examined(pair, HEFEI).damages == examined(pair, SONGJIANG).damages == []


@pytest.mark.parametrize("byte", [-1, 10])
def test_another_note_than_was_stored_is_not_cosigned(
    pair: MemoryFederation, case: str, byte: int
) -> None:
    """It rots between the commit and the signature, which only a fall makes long."""
    assert case
    submit(pair)
    pair[HEFEI].conversation._hearing(*heard(pair))
    place = log_of(pair[HEFEI], LogKind.MIRROR)
    kernel, size = pair[HEFEI].kernel, newest(pair) + 1
    with kernel.database.read() as connection:
        statement = kernel.store.checkpoint(connection, *place, size)
    assert statement is not None
    assert statement.note is not None
    flip(pair[HEFEI], LogKind.MIRROR, NOTE, size, byte=statement.note.index(b"\n\n") - byte)
    pair.settle()
    with kernel.database.read() as connection:
        after = kernel.store.checkpoint(connection, *place, size)
    assert after is not None
    assert after.signature is None
    submit(pair)
    pair.settle()
    assert not pair[SONGJIANG].conversation.has_news(HEFEI)


def heard(pair: MemoryFederation) -> tuple[Peer, Message, Availability]:
    """What Songjiang has to say to Hefei, opened there."""
    conversation = pair[HEFEI].conversation
    peer, data = conversation._opened(pair[SONGJIANG].conversation.say(HEFEI))
    availability = Availability(at=pair.clock.now(), source=AvailabilitySource.NODE)
    return peer, conversation._message_of(peer, data), availability


def test_an_entry_that_rotted_with_its_hash_comes_back(pair: MemoryFederation, case: str) -> None:
    assert case
    before = list(rows_of(pair[SONGJIANG], LogKind.OWN, HEFEI))
    rot(pair[SONGJIANG], LogKind.OWN, 1)
    rot_leaf(pair[SONGJIANG], LogKind.OWN, 1)
    look(pair[SONGJIANG])
    assert {each.tree for each in pair[SONGJIANG].repairs.damage()} == {True, False}
    pair.settle()
    assert list(rows_of(pair[SONGJIANG], LogKind.OWN, HEFEI)) == before
    assert pair[SONGJIANG].repairs.damage() == []
    assert examined(pair, SONGJIANG).damages == []


def test_several_that_rotted_with_their_hashes_come_back_together(
    pair: MemoryFederation, case: str
) -> None:
    assert case
    before = list(rows_of(pair[SONGJIANG], LogKind.MIRROR, HEFEI))
    for index in range(len(before)):
        rot(pair[SONGJIANG], LogKind.MIRROR, index)
        rot_leaf(pair[SONGJIANG], LogKind.MIRROR, index)
    look(pair[SONGJIANG])
    pair.settle()
    assert list(rows_of(pair[SONGJIANG], LogKind.MIRROR, HEFEI)) == before
    assert pair[SONGJIANG].repairs.damage() == []


def test_bytes_that_fit_nothing_that_was_stated_are_not_taken(
    pair: MemoryFederation, case: str
) -> None:
    assert case
    rot(pair[SONGJIANG], LogKind.OWN, 1)
    rot_leaf(pair[SONGJIANG], LogKind.OWN, 1)
    look(pair[SONGJIANG])
    lie = Restored(writer=SONGJIANG, generation=1, index=1, entry=b"other")
    before = stored(pair[SONGJIANG])[3]
    pair[SONGJIANG].hear(Liar(pair[HEFEI], SONGJIANG).say(version=2, restored=[lie]))
    assert stored(pair[SONGJIANG])[3] == before
    assert all(each.lacking for each in pair[SONGJIANG].repairs.damage())


def test_a_partner_gives_back_what_it_has_though_its_own_hash_rotted(
    pair: MemoryFederation, case: str
) -> None:
    assert case
    rot(pair[SONGJIANG], LogKind.OWN, 1)
    rot_leaf(pair[HEFEI], LogKind.MIRROR, 1)
    assert check(pair[SONGJIANG]) == 1
    pair.settle()
    assert (check(pair[SONGJIANG]), pair[SONGJIANG].repairs.damage()) == (0, [])


def test_a_home_log_entry_that_rotted_with_its_hash_is_for_the_backup(
    pair: MemoryFederation, case: str
) -> None:
    assert case
    rot(pair[SONGJIANG], LogKind.HOME, 1, peer="")
    rot_leaf(pair[SONGJIANG], LogKind.HOME, 1)
    look(pair[SONGJIANG])
    assert {(each.peer, each.tree) for each in pair[SONGJIANG].repairs.damage()} == {
        ("", True),
        ("", False),
    }
    assert not pair[SONGJIANG].conversation.has_news(HEFEI)
    assert not isinstance(pair[HEFEI].execute(grant(case)), Refusal)
    pair.settle()
    assert look(pair[SONGJIANG]) == Looked(damaged=1)


@pytest.mark.parametrize("index", [0, 1])
def test_a_rotten_tile_is_derived_anew(pair: MemoryFederation, index: int) -> None:
    fill_home(pair[SONGJIANG], 600)
    flip(pair[SONGJIANG], LogKind.HOME, TILE, index)
    assert look(pair[SONGJIANG]) == Looked(mended=1)
    assert examined(pair, SONGJIANG).damages == []


def test_a_rotten_hash_in_a_large_log_is_derived_anew(pair: MemoryFederation) -> None:
    fill_home(pair[SONGJIANG], 1_500)
    rot_leaf(pair[SONGJIANG], LogKind.HOME, 700)
    flip(pair[SONGJIANG], LogKind.HOME, TILE, 2)
    rot_range(pair[SONGJIANG], LogKind.HOME)
    assert look(pair[SONGJIANG]) == Looked(mended=3)
    assert examined(pair, SONGJIANG).damages == []


def test_more_doubts_than_can_be_followed_at_once_are_for_whoever_has_the_bytes(
    pair: MemoryFederation,
) -> None:
    fill_home(pair[SONGJIANG], 20)
    last = len(list(rows_of(pair[SONGJIANG], LogKind.HOME)))
    for index in range(last - 10, last):
        rot_leaf(pair[SONGJIANG], LogKind.HOME, index)
    assert look(pair[SONGJIANG]) == Looked(damaged=10)
    assert len(pair[SONGJIANG].repairs.damage()) == 11


def test_what_was_signed_of_other_entries_is_told_and_nothing_changed(
    pair: MemoryFederation, case: str
) -> None:
    """No accident does this: the bytes and the hash of an entry were changed together."""
    assert case
    kernel = pair[SONGJIANG].kernel
    log, _ = log_of(pair[SONGJIANG], LogKind.OWN)
    with kernel.database.write() as connection:
        change = "UPDATE tongban_entry SET data = ?, leaf_hash = ? WHERE (log, leaf) = (?, 1)"
        leaf = kernel.identity.suite.digest(b"\0other")
        connection.execute(change, (b"other", leaf, log))
    before = stored(pair[SONGJIANG])[:6]
    assert look(pair[SONGJIANG]) == Looked()
    assert pair[SONGJIANG].repairs.damage() == [
        Damage(peer=HEFEI, writer=SONGJIANG, generation=1, index=0, lacking=True, tree=True)
    ]
    assert stored(pair[SONGJIANG])[:6] == before


def test_a_generation_with_a_gap_is_told_and_nothing_changed(
    pair: MemoryFederation, case: str
) -> None:
    assert case
    kernel = pair[SONGJIANG].kernel
    log, _ = log_of(pair[SONGJIANG], LogKind.HOME)
    with kernel.database.write() as connection:
        connection.execute("DELETE FROM tongban_entry WHERE (log, leaf) = (?, 1)", (log,))
    before = stored(pair[SONGJIANG])[:6]
    look(pair[SONGJIANG])
    assert [each.tree for each in pair[SONGJIANG].repairs.damage()] == [True]
    assert stored(pair[SONGJIANG])[:6] == before


@pytest.mark.parametrize("which", [-1, -2])
def test_a_root_that_rots_after_it_was_signed_is_known_from_the_notes(
    pair: MemoryFederation, case: str, which: int
) -> None:
    """An older one is come upon by whoever looks through the generation for another reason."""
    assert case
    kernel, place = pair[SONGJIANG].kernel, log_of(pair[SONGJIANG], LogKind.OWN)
    with kernel.database.read() as connection:
        stated = kernel.store.statements(connection, *place, after=0, limit=100)
    flip(pair[SONGJIANG], LogKind.OWN, ROOT, stated[which].size)
    rot_range(pair[SONGJIANG], LogKind.OWN)
    assert look(pair[SONGJIANG]) == Looked(mended=2)
    assert examined(pair, SONGJIANG).damages == []


def test_nothing_is_proven_by_a_hash_that_rotted(pair: MemoryFederation, case: str) -> None:
    assert case
    kernel, place = pair[SONGJIANG].kernel, log_of(pair[SONGJIANG], LogKind.OWN)
    with kernel.database.read() as connection:
        statement = kernel.store.statements(connection, *place, after=0, limit=100)[-1]
        assert inclusion_under(kernel, connection, statement, 0)
        assert path_to(kernel, connection, statement, 1)
    rot_leaf(pair[SONGJIANG], LogKind.OWN, 0)
    with kernel.database.read() as connection:
        with pytest.raises(TreeDamaged):
            inclusion_under(kernel, connection, statement, 0)
        with pytest.raises(TreeDamaged):
            path_to(kernel, connection, statement, 1)


def test_a_look_that_nobody_asked_for_again_is_not_made_twice(
    pair: MemoryFederation, case: str
) -> None:
    """What is known to be past mending is examined by `look` alone."""
    assert case
    rot(pair[SONGJIANG], LogKind.OWN, 1)
    rot_leaf(pair[SONGJIANG], LogKind.OWN, 1)
    look(pair[SONGJIANG])
    before = stored(pair[SONGJIANG])
    log, generation = log_of(pair[SONGJIANG], LogKind.OWN)
    pair[SONGJIANG].repairs.note(TreeDamaged("", log, generation))
    pair[SONGJIANG].repairs.note(EntryDamaged("", (log, generation, 1)))
    assert stored(pair[SONGJIANG]) == before


def test_an_entry_that_is_whole_is_not_wanted_though_somebody_says_so(
    pair: MemoryFederation, case: str
) -> None:
    assert case
    pair[SONGJIANG].repairs.note(EntryDamaged("", (*log_of(pair[SONGJIANG], LogKind.OWN), 1)))
    assert pair[SONGJIANG].repairs.damage() == []
