"""A peer that signs two histories freezes its channel, and leaves the proof of it behind."""

from collections.abc import Sequence

import pytest
from tests.node.liar import Liar
from tests.node.looking import home_events, submit

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.channels.messages import CompareAnswer, CompareRequest, Holding, Position, Segment
from tongban.core.home.events import MisbehaviourNoticed, SignedAs
from tongban.evidence.checkpoints import Checkpoint, sign_checkpoint
from tongban.evidence.contradictions import Contradiction, doubts
from tongban.evidence.notes import cosign_note, encode_note, parse_note
from tongban.evidence.signer import KeyPurpose
from tongban.evidence.tree import EMPTY, leaf_hash
from tongban.logs.rows import ChannelRow, ChannelStatus, ContradictionRow, Head, LogKind
from tongban.node.identity import mirror_name
from tongban.node.node import Node
from tongban.node.positions import NOWHERE
from tongban.testing.applications import HEFEI, SONGJIANG, accept
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def case(pair: MemoryFederation) -> str:
    """A case that Hefei opened, so that its log has some entries."""
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(accept(case))
    pair.settle()
    return case


@pytest.fixture
def liar(pair: MemoryFederation, case: str) -> Liar:
    assert case
    return Liar(pair[HEFEI], SONGJIANG)


def status(node: Node, peer: str) -> ChannelStatus:
    return next(row.status for row in node.channels() if row.peer == peer)


def kept(node: Node, peer: str = HEFEI) -> list[ContradictionRow]:
    with node.kernel.database.read() as connection:
        return node.kernel.store.contradictions(connection, peer)


def head(liar: Liar, kind: LogKind = LogKind.OWN) -> Head:
    store = liar.node.kernel.store
    with liar.node.kernel.database.read() as connection:
        log = store.find_log(connection, kind=kind, peer=liar.peer)
        assert log is not None
        found = store.head(connection, log)
    assert found is not None
    return found


def lines(liar: Liar) -> list[bytes]:
    """The liar's newest generation, entry by entry."""
    store, end = liar.node.kernel.store, head(liar)
    with liar.node.kernel.database.read() as connection:
        rows = store.entries(connection, end.log, end.generation, 0, end.size)
    return [row.data for row in rows if row.data is not None]


def checkpoint(liar: Liar, size: int, root: bytes) -> bytes:
    """One that the liar signs, whatever it says."""
    stated = Checkpoint(origin=head(liar).origin, size=size, root=root)
    return encode_note(sign_checkpoint(stated, liar.node.kernel.identity.signer))


def rewritten(liar: Liar, entries: Sequence[bytes], first: int, root: bytes | None = None) -> bytes:
    """A push that says that these are the entries of the newest generation from `first` on."""
    suite, end = liar.node.kernel.identity.suite, head(liar)
    whole = [*lines(liar)[:first], *entries]
    tree = EMPTY.extend(suite, (leaf_hash(suite, data) for data in whole))
    segment = Segment(
        generation=end.generation,
        start=end.start,
        first=first,
        entries=list(entries),
        bodies=[],
        checkpoint=checkpoint(liar, tree.size, root or tree.root(suite)),
    )
    return liar.say(segments=[segment])


def proven(pair: MemoryFederation) -> bool:
    """Whether what Songjiang kept convinces somebody who has nothing but Hefei's keys."""
    rows, peer = kept(pair[SONGJIANG]), pair[SONGJIANG].kernel.peers.require(HEFEI)
    events = home_events(pair[SONGJIANG], MisbehaviourNoticed)
    for row, event in zip(rows, events, strict=True):
        path = tuple(row.path[at : at + 32] for at in range(0, len(row.path), 32))
        found = Contradiction(first=parse_note(row.first), second=parse_note(row.second), path=path)
        writer = event.signed_as is SignedAs.WRITER
        keys = peer.checkpoint_keys(event.origin) if writer else peer.cosignature_keys()
        if list(doubts(found, *keys)):
            return False
    return bool(rows)


def test_two_roots_of_one_size_freeze_the_channel_and_prove_themselves(
    pair: MemoryFederation, liar: Liar
) -> None:
    old = lines(liar)
    pair[SONGJIANG].hear(rewritten(liar, [b"another"], len(old) - 1))
    assert status(pair[SONGJIANG], HEFEI) is ChannelStatus.FROZEN
    (event,) = home_events(pair[SONGJIANG], MisbehaviourNoticed)
    assert (event.first_size, event.second_size) == (len(old), len(old))
    assert event.first_root != event.second_root
    assert proven(pair)


def test_a_frozen_channel_gives_nothing_back(pair: MemoryFederation, liar: Liar) -> None:
    """Whoever speaks under the partner's keys may have stolen them."""
    pair[SONGJIANG].hear(rewritten(liar, [b"another"], len(lines(liar)) - 1))
    (row,) = pair[SONGJIANG].channels()
    asked = CompareRequest(start="ab" * 16, own=NOWHERE, mirror=NOWHERE, answerer=row.own_start)
    answer = pair[SONGJIANG].hear(liar.say(request=asked, start="ab" * 16, segments=[]))
    assert answer is not None
    message = liar.node.conversation._message_of(*liar.node.conversation._opened(answer))
    assert (message.trouble, message.answer, message.segments) == ("frozen", None, [])


def test_a_longer_log_that_was_rewritten_is_proven_not_to_extend(
    pair: MemoryFederation, liar: Liar
) -> None:
    old = lines(liar)
    pair[SONGJIANG].hear(rewritten(liar, [b"another", b"and one more"], len(old) - 1))
    (event,) = home_events(pair[SONGJIANG], MisbehaviourNoticed)
    assert (event.first_size, event.second_size) == (len(old), len(old) + 1)
    assert proven(pair)


def test_a_shorter_log_that_the_known_one_does_not_extend_is_proven(
    pair: MemoryFederation, liar: Liar
) -> None:
    liar.write(b"one", b"two")
    pair.settle()
    old = lines(liar)
    pair[SONGJIANG].hear(rewritten(liar, [b"another"], len(old) - 2))
    (event,) = home_events(pair[SONGJIANG], MisbehaviourNoticed)
    assert (event.first_size, event.second_size) == (len(old) - 1, len(old))
    assert proven(pair)


def test_a_checkpoint_without_its_entries_is_remembered_until_the_true_one_comes(
    pair: MemoryFederation, liar: Liar, case: str
) -> None:
    end = len(lines(liar))
    pair[SONGJIANG].hear(rewritten(liar, [b"another"], end, root=bytes(32)))
    assert status(pair[SONGJIANG], HEFEI) is ChannelStatus.OPEN
    liar.write(liar.draft_act(case))
    pair.settle()
    assert status(pair[SONGJIANG], HEFEI) is ChannelStatus.FROZEN
    assert proven(pair)


def test_two_checkpoints_without_their_entries_contradict_each_other(
    pair: MemoryFederation, liar: Liar
) -> None:
    end = len(lines(liar))
    for root in (bytes(32), b"\x01" * 32):
        pair[SONGJIANG].hear(rewritten(liar, [b"another"], end, root=root))
    assert status(pair[SONGJIANG], HEFEI) is ChannelStatus.FROZEN
    assert proven(pair)


def test_a_flood_of_checkpoints_without_entries_is_kept_within_bounds(
    pair: MemoryFederation, liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongban.node.misbehaviour.detect.STRAYS_MAX", 2)
    end = len(lines(liar))
    for count in (1, 2, 3, 4):
        pair[SONGJIANG].hear(rewritten(liar, [b"x"] * count, end, root=bytes(32)))
    kernel = pair[SONGJIANG].kernel
    with kernel.database.read() as connection:
        assert len(kernel.store.strays(connection, HEFEI)) == 2


def test_a_mirror_that_cosigns_two_roots_is_proven_to(pair: MemoryFederation, liar: Liar) -> None:
    end = head(liar, LogKind.MIRROR)
    signer = liar.node.kernel.identity.signer
    stated = Checkpoint(origin=end.origin, size=end.size, root=bytes(32))
    note = cosign_note(
        sign_checkpoint(stated, signer),
        name=mirror_name(HEFEI),
        signer=signer,
        purpose=KeyPurpose.MIRROR,
        timestamp=1,
    )
    holding = Holding(
        position=Position(generation=end.generation, size=end.size), notes=[encode_note(note)]
    )
    pair[SONGJIANG].hear(liar.say(holding=holding))
    (event,) = home_events(pair[SONGJIANG], MisbehaviourNoticed)
    assert (event.signed_as, event.origin) == (SignedAs.MIRROR, end.origin)
    assert status(pair[SONGJIANG], HEFEI) is ChannelStatus.FROZEN
    assert proven(pair)


def test_what_a_comparison_gives_back_is_looked_at_as_well(
    pair: MemoryFederation, liar: Liar
) -> None:
    end = head(liar)
    pair.nodes[SONGJIANG].stop()
    pair.nodes[SONGJIANG].start()
    lie = Segment(
        generation=end.generation,
        start=end.start,
        first=end.size - 1,
        entries=[b"another"],
        bodies=[],
        checkpoint=checkpoint(liar, end.size, bytes(32)),
    )
    asker, answerer = (row_of(pair[name]) for name in (SONGJIANG, HEFEI))
    answer = CompareAnswer(
        for_start=asker.own_start, start=answerer.own_start, askers_log=[], answerers_log=[lie]
    )
    pair[SONGJIANG].hear(liar.say(answer=answer))
    assert status(pair[SONGJIANG], HEFEI) is ChannelStatus.FROZEN
    assert proven(pair)


def test_the_same_contradiction_freezes_once(pair: MemoryFederation, liar: Liar) -> None:
    push = rewritten(liar, [b"another"], len(lines(liar)) - 1)
    pair[SONGJIANG].hear(push)
    again(pair, HEFEI)
    pair[SONGJIANG].hear(push)
    pair.settle()
    assert status(pair[SONGJIANG], HEFEI) is ChannelStatus.OPEN
    assert len(kept(pair[SONGJIANG])) == 1


def test_people_go_on_while_a_channel_is_frozen(
    pair: MemoryFederation, liar: Liar, case: str
) -> None:
    pair[SONGJIANG].hear(rewritten(liar, [b"another"], len(lines(liar)) - 1))
    assert pair[SONGJIANG].case_state(case) is not None
    later = submit(pair)
    pair.settle()
    assert pair[SONGJIANG].case_state(later) is not None
    again(pair, HEFEI)
    pair.settle()
    state = pair[HEFEI].case_state(later)
    assert state is not None
    assert state.holder == HEFEI


def test_another_history_of_our_own_is_no_misbehaviour_of_the_partner(
    pair: MemoryFederation, case: str
) -> None:
    """Our own signature under entries that our database has not is our own trouble."""
    assert case
    liar = Liar(pair[SONGJIANG], HEFEI)
    pair[HEFEI].hear(rewritten(liar, [b"another"], len(lines(liar)) - 1))
    assert kept(pair[HEFEI], SONGJIANG)
    pair.settle()
    assert not kept(pair[SONGJIANG])


def test_a_flipped_bit_of_ours_accuses_nobody(pair: MemoryFederation, liar: Liar) -> None:
    kernel = pair[SONGJIANG].kernel
    with kernel.database.write() as connection:
        connection.execute("UPDATE tongban_entry SET leaf_hash = zeroblob(32) WHERE leaf = 0")
    liar.write(b"one", b"two")
    message = liar.message()
    pair.settle()
    pair[SONGJIANG].hear(liar.say(segments=message.segments))
    assert not kept(pair[SONGJIANG])


def row_of(node: Node) -> ChannelRow:
    (row,) = node.channels()
    return row


def again(pair: MemoryFederation, name: str) -> None:
    """Songjiang pairs with the node once more."""
    descriptor = pair.nodes[name].descriptor
    pair[SONGJIANG].pair(descriptor, compared=fingerprint(read_descriptor(descriptor)))
