"""What every suite keeps; a new one is held to it by its line in SUITES."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.evidence.faults import SealBroken, UnreadableKey
from tongban.evidence.keys import VerifierKey, parse_vkey
from tongban.evidence.suite import HASH_BYTES, Suite
from tongban.evidence.suites import SUITE_OF_KEY_TYPE, SUITES

ONE, OTHER = bytes(range(32)), bytes(32)


@pytest.fixture(name="suite", params=SUITES)
def _each(request: pytest.FixtureRequest) -> Suite:
    return SUITES[request.param]


def test_it_is_found_by_its_name_and_by_both_its_key_types(suite: Suite) -> None:
    assert SUITES[suite.name] is suite
    assert SUITE_OF_KEY_TYPE[suite.note_type] is suite
    assert SUITE_OF_KEY_TYPE[suite.cosignature_type] is suite


def test_no_key_type_begins_another() -> None:
    types = list(SUITE_OF_KEY_TYPE)
    assert not [(a, b) for a in types for b in types if a != b and b.startswith(a)]
    assert len(types) == 2 * len(SUITES)


def test_a_hash_has_32_bytes_and_tells_contents_apart(suite: Suite) -> None:
    assert len(suite.digest(b"")) == HASH_BYTES
    assert suite.digest(b"a") != suite.digest(b"b")


def test_a_private_key_grows_from_exactly_one_seed(suite: Suite) -> None:
    with pytest.raises(UnreadableKey, match="not 31"):
        suite.new_private(bytes(31))
    assert suite.new_private(ONE) == suite.new_private(ONE) != suite.new_private(OTHER)


def test_a_key_is_public_and_what_is_not_is_none(suite: Suite) -> None:
    public = suite.public_key(suite.new_private(ONE))
    assert suite.is_public(public)
    assert not any(map(suite.is_public, (b"", public[:-1], public + b"\0")))


def test_a_signature_holds_for_its_key_and_message_only(suite: Suite) -> None:
    private = suite.new_private(ONE)
    public, signature = suite.public_key(private), suite.sign(private, b"message")
    assert suite.verify(public, b"message", signature)
    assert not suite.verify(public, b"Message", signature)
    assert not suite.verify(suite.public_key(suite.new_private(OTHER)), b"message", signature)
    assert not suite.verify(public[:-1], b"message", signature)
    assert not suite.verify(public, b"message", signature[:-1])
    assert not suite.verify(public, b"message", bytes(len(signature)))


def test_every_changed_byte_of_a_signature_spoils_it(suite: Suite) -> None:
    private = suite.new_private(ONE)
    public, signature = suite.public_key(private), suite.sign(private, b"message")
    for at in range(len(signature)):
        changed = signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
        assert not suite.verify(public, b"message", changed)


def test_keys_of_both_types_are_read_from_their_text(suite: Suite) -> None:
    public = suite.public_key(suite.new_private(ONE))
    for key_type in (suite.note_type, suite.cosignature_type):
        key = VerifierKey(name="a.example/channel", key_type=key_type, public=public)
        assert parse_vkey(key.encode_vkey()) == key
        assert key.suite is suite
        assert key.timestamped == (key_type == suite.cosignature_type)


@pytest.mark.parametrize("name", SUITES)
@given(info=st.binary(max_size=40), aad=st.binary(max_size=40), plaintext=st.binary(max_size=200))
def test_what_is_sealed_opens_for_the_recipient(
    name: str, info: bytes, aad: bytes, plaintext: bytes
) -> None:
    suite = SUITES[name]
    private = suite.new_private(ONE)
    sealed = suite.seal(suite.sealing_public(private), info, aad, plaintext)
    assert suite.unseal(private, info, aad, sealed) == plaintext


def test_what_is_sealed_opens_in_no_other_context(suite: Suite) -> None:
    private = suite.new_private(ONE)
    sealed = suite.seal(suite.sealing_public(private), b"info", b"aad", b"plaintext")
    for opener, info, aad in (
        (suite.new_private(OTHER), b"info", b"aad"),
        (private, b"infoa", b"ad"),
        (private, b"info", b""),
        (private, b"", b"aad"),
    ):
        with pytest.raises(SealBroken):
            suite.unseal(opener, info, aad, sealed)


def test_what_is_sealed_twice_is_never_the_same(suite: Suite) -> None:
    public = suite.sealing_public(suite.new_private(ONE))
    assert suite.seal(public, b"", b"", b"plaintext") != suite.seal(public, b"", b"", b"plaintext")


def test_every_changed_byte_of_what_is_sealed_is_noticed(suite: Suite) -> None:
    private = suite.new_private(ONE)
    sealed = suite.seal(suite.sealing_public(private), b"info", b"aad", b"plaintext")
    # The top bit of an X25519 point is not part of it (RFC 7748 section 5), but HPKE hashes the
    # point as it was sent, so that too is noticed.
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 0x80]) + sealed[at + 1 :]
        with pytest.raises(SealBroken):
            suite.unseal(private, b"info", b"aad", changed)


@pytest.mark.parametrize("sealed", [b"", bytes(31), bytes(32), bytes(48), bytes(100), bytes(300)])
def test_what_was_never_sealed_does_not_open(suite: Suite, sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        suite.unseal(suite.new_private(ONE), b"", b"", sealed)


@pytest.mark.parametrize("recipient", [b"", bytes(31), bytes(32), bytes(65)])
def test_nothing_is_sealed_to_what_is_no_key(suite: Suite, recipient: bytes) -> None:
    with pytest.raises(UnreadableKey):
        suite.seal(recipient, b"info", b"aad", b"plaintext")
