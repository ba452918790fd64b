"""Announcements of keys that a partner must not take, and entries under keys that are over."""

import pytest
from tests.node.liar import Liar
from tests.node.looking import rows_of, submit
from tests.node.test_starts import all_is_well

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.channels.faults import MessageUnreadable
from tongban.channels.signed_messages import open_signed_message, sign_message
from tongban.core.channel.events import KeyRotated
from tongban.core.entry import Subject, SubjectKind
from tongban.evidence.key_sets import KeySets
from tongban.evidence.keys import VerifierKey
from tongban.evidence.signer import KeyPurpose
from tongban.logs.rows import LogKind
from tongban.node.faults import DescriptorOutdated, OtherKeys
from tongban.testing.applications import HEFEI, SONGJIANG
from tongban.testing.memory_nodes import MemoryFederation, made_up_keys

_LOG = KeyPurpose.LOG
CHANNEL = Subject(kind=SubjectKind.CHANNEL, id=SONGJIANG)


@pytest.fixture
def liar(pair: MemoryFederation) -> Liar:
    return Liar(pair[HEFEI], SONGJIANG)


def announce(pair: MemoryFederation, liar: Liar, descriptor: bytes, number: int) -> str:
    """Let Hefei announce keys by this document; the trouble that Songjiang tells of."""
    kernel = pair[HEFEI].kernel
    with kernel.database.write() as connection:
        digest = kernel.library.put(connection, descriptor)
    liar.write(liar.draft(KeyRotated(descriptor=digest, number=number), CHANNEL))
    return told(pair, liar)


def told(pair: MemoryFederation, liar: Liar) -> str:
    """What Songjiang answers to the liar's next message."""
    _, trouble = pair[HEFEI].conversation.hear_reply(
        SONGJIANG, pair[SONGJIANG].hear(liar.say()) or b""
    )
    return trouble


def keys_heard(pair: MemoryFederation) -> tuple[VerifierKey, ...]:
    """The keys whose messages Songjiang takes for Hefei's."""
    return pair[SONGJIANG].kernel.peers.require(HEFEI).message_keys()


def described(pair: MemoryFederation, *rings: int, name: str = HEFEI) -> bytes:
    """A descriptor with these made-up key sets of Hefei, the newest last."""
    node = pair.nodes[name]
    return node.descriptor_under(KeySets([made_up_keys(HEFEI, number) for number in rings]))


def test_keys_that_are_announced_for_another_node_are_refused_whole(
    pair: MemoryFederation, liar: Liar
) -> None:
    before = list(rows_of(pair[SONGJIANG], LogKind.MIRROR, HEFEI))
    assert announce(pair, liar, described(pair, 1, 2, name=SONGJIANG), 2) == "keys_refused"
    assert list(rows_of(pair[SONGJIANG], LogKind.MIRROR, HEFEI)) == before


@pytest.mark.parametrize(("rings", "number"), [((3, 2), 2), ((1,), 1), ((1, 2), 3), ((2,), 1)])
def test_keys_that_do_not_follow_from_the_known_ones_are_refused(
    pair: MemoryFederation, liar: Liar, rings: tuple[int, ...], number: int
) -> None:
    assert announce(pair, liar, described(pair, *rings), number) == "keys_refused"


def test_more_keys_under_the_serial_of_what_is_known_are_refused(
    pair: MemoryFederation, liar: Liar
) -> None:
    sets = KeySets([made_up_keys(HEFEI, number) for number in (1, 2)])
    same = pair.nodes[HEFEI].descriptor_under(sets, serial=1)
    assert announce(pair, liar, same, 2) == "keys_refused"


def test_a_document_that_is_no_descriptor_announces_nothing(
    pair: MemoryFederation, liar: Liar
) -> None:
    assert announce(pair, liar, b"{}", 2) == "keys_refused"


def test_entries_after_a_rotation_in_its_generation_are_refused_whole(
    pair: MemoryFederation, liar: Liar
) -> None:
    pair[HEFEI].kernel.identity.signer.add(made_up_keys(HEFEI, 2))
    announce(pair, liar, described(pair, 1, 2), 2)
    liar.write(liar.outcome(1, 1))
    assert told(pair, liar) == "keys_ended"


def test_entries_after_a_rotation_in_the_same_push_are_refused_with_it(
    pair: MemoryFederation, liar: Liar
) -> None:
    before = list(rows_of(pair[SONGJIANG], LogKind.MIRROR, HEFEI))
    kernel = pair[HEFEI].kernel
    with kernel.database.write() as connection:
        digest = kernel.library.put(connection, described(pair, 1, 2))
    liar.write(liar.draft(KeyRotated(descriptor=digest, number=2), CHANNEL))
    liar.write(liar.outcome(1, 1))
    assert told(pair, liar) == "keys_ended"
    assert list(rows_of(pair[SONGJIANG], LogKind.MIRROR, HEFEI)) == before


def test_old_and_new_keys_speak_once_the_new_ones_are_announced(
    pair: MemoryFederation, liar: Liar
) -> None:
    pair[HEFEI].kernel.identity.signer.add(made_up_keys(HEFEI, 2))
    announce(pair, liar, described(pair, 1, 2), 2)
    assert [key.public for key in keys_heard(pair)] == [
        made_up_keys(HEFEI, number).public(_LOG) for number in (1, 2)
    ]


def test_old_keys_speak_no_more_once_a_generation_under_the_new_ones_is_open(
    pair: MemoryFederation,
) -> None:
    pair.nodes[HEFEI].rotate()
    pair.settle()
    old = made_up_keys(HEFEI, 1)
    signed = sign_message(b"message", sender=HEFEI, receiver=SONGJIANG, signer=old)
    with pytest.raises(MessageUnreadable, match="keys in force"):
        open_signed_message(signed, sender=HEFEI, receiver=SONGJIANG, keys=keys_heard(pair))


def test_an_older_descriptor_and_one_of_a_pretender_are_not_paired_with(
    pair: MemoryFederation,
) -> None:
    older, foreign = described(pair, 1), described(pair, 7)
    pair.nodes[HEFEI].rotate()
    pair.settle()
    with pytest.raises(DescriptorOutdated):
        pair[SONGJIANG].pair(older, compared=fingerprint(read_descriptor(older)))
    with pytest.raises(OtherKeys, match="pretend"):
        pair[SONGJIANG].pair(foreign, compared=fingerprint(read_descriptor(foreign)))


def test_keys_that_people_compared_silence_the_stolen_ones_at_once(
    pair: MemoryFederation,
) -> None:
    pair.cut = {(HEFEI, SONGJIANG), (SONGJIANG, HEFEI)}
    pair.nodes[HEFEI].rotate()
    newest = pair.nodes[HEFEI].descriptor
    pair[SONGJIANG].pair(newest, compared=fingerprint(read_descriptor(newest)))
    assert [key.public for key in keys_heard(pair)] == [made_up_keys(HEFEI, 2).public(_LOG)]
    submit(pair)
    pair.cut = set()
    pair.settle()
    assert all_is_well(pair)
