"""Names and numbers at rest."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.accounts.people import RESIDENT_NUMBER, resident

from tongban.accounts.models import Person
from tongban.accounts.sealed import SealBroken, seal, unseal


@pytest.mark.django_db
def test_names_and_numbers_are_unreadable_in_the_database() -> None:
    resident()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, identity_number, phone FROM accounts_person")
        stored = b"".join(bytes(column) for column in cursor.fetchone())
    assert "张小满".encode() not in stored
    assert RESIDENT_NUMBER.encode() not in stored


@pytest.mark.django_db
def test_what_was_sealed_is_read_back() -> None:
    resident()
    assert Person.objects.get().identity_number == RESIDENT_NUMBER


def test_a_sealed_value_cannot_be_moved_to_another_column() -> None:
    sealed = seal("张小满".encode(), place="Person.name")
    with pytest.raises(SealBroken):
        unseal(sealed, place="Person.phone")


@given(st.binary(max_size=64), st.integers(min_value=1))
def test_every_changed_byte_is_noticed(content: bytes, position: int) -> None:
    sealed = bytearray(seal(content, place="here"))
    sealed[1 + position % (len(sealed) - 1)] ^= 1
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), place="here")
