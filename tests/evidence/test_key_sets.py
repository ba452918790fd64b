"""All key sets of a node speak as one signer, and none is ever forgotten."""

import pytest

from tongban.evidence.faults import KeyMissing, SealBroken
from tongban.evidence.key_sets import KeySets
from tongban.evidence.signer import KeyPurpose, KeyRing, Signer
from tongban.evidence.suites import SUITES

SUITE = SUITES["ed25519-sha256"]


def ring(first: int) -> KeyRing:
    seeds = {purpose: bytes([first + i]) * 32 for i, purpose in enumerate(KeyPurpose)}
    return KeyRing.from_seeds(SUITE, seeds)


FIRST, SECOND, STRANGER = ring(0x10), ring(0x20), ring(0x30)


def sealed_to(signer: Signer) -> bytes:
    return SUITE.seal(signer.public(KeyPurpose.SEALING), b"info", b"aad", b"letter")


def test_the_newest_set_signs_and_is_shown() -> None:
    sets = KeySets([FIRST])
    assert sets.add(SECOND) == sets.number == len([FIRST, SECOND])
    assert sets.public(KeyPurpose.LOG) == SECOND.public(KeyPurpose.LOG)
    assert sets.sign(KeyPurpose.LOG, b"text") == SECOND.sign(KeyPurpose.LOG, b"text")
    assert sets.suite is SUITE
    assert sets.earlier == (FIRST,)


def test_each_set_is_found_by_its_number_for_ever() -> None:
    sets = KeySets([FIRST, SECOND])
    assert [sets.of(1), sets.of(2)] == [FIRST, SECOND]


@pytest.mark.parametrize("number", [0, 3])
def test_a_set_that_is_not_in_the_file_is_asked_for(number: int) -> None:
    with pytest.raises(KeyMissing, match="newest key file"):
        KeySets([FIRST, SECOND]).of(number)


@pytest.mark.parametrize("receiver", [FIRST, SECOND])
def test_what_was_sealed_to_any_set_opens(receiver: Signer) -> None:
    sets = KeySets([FIRST, SECOND])
    assert sets.unseal(b"info", b"aad", sealed_to(receiver)) == b"letter"


def test_what_was_sealed_to_somebody_else_stays_shut() -> None:
    with pytest.raises(SealBroken):
        KeySets([FIRST, SECOND]).unseal(b"info", b"aad", sealed_to(STRANGER))


def test_a_node_has_keys() -> None:
    with pytest.raises(ValueError, match="cannot speak"):
        KeySets([])
