import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.logs.faults import SealedDataDamaged
from tongban.logs.vault import Vault

KEY = b"\x07" * 32
VAULT = Vault(KEY, os.urandom)


@given(st.binary(), st.binary())
def test_what_was_sealed_opens_in_its_place(place: bytes, content: bytes) -> None:
    assert VAULT.open(place, VAULT.seal(place, content)) == content


def test_what_was_sealed_opens_in_no_other_place() -> None:
    with pytest.raises(SealedDataDamaged):
        VAULT.open(b"there", VAULT.seal(b"here", b"content"))


@given(st.data())
def test_no_changed_byte_is_overlooked(data: st.DataObject) -> None:
    sealed = bytearray(VAULT.seal(b"place", b"content"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealedDataDamaged):
        VAULT.open(b"place", bytes(sealed))


@given(st.binary(max_size=40))
def test_arbitrary_bytes_do_not_open(sealed: bytes) -> None:
    with pytest.raises(SealedDataDamaged):
        VAULT.open(b"place", sealed)


def test_the_fingerprint_names_the_key_and_does_not_tell_it() -> None:
    assert VAULT.fingerprint == Vault(KEY, os.urandom).fingerprint
    assert VAULT.fingerprint != Vault(b"\x08" * 32, os.urandom).fingerprint
    assert KEY.hex() not in VAULT.fingerprint
