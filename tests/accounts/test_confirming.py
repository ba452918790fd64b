"""Who signs proves once more who it is."""

import pytest
from allauth.core import context
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.cache import cache
from django.test import RequestFactory

from tongban.accounts.confirming import Proof, confirms, proof_of
from tongban.accounts.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "桥下流水九十九"


@pytest.fixture
def person() -> Person:
    cache.clear()
    found = Person(username="agreement", display_name="协议", number="A1")
    found.set_unusable_password()
    found.save()
    return found


def is_confirmed(person: Person, secret: str) -> bool:
    request = RequestFactory().post("/")
    request.user = person
    with context.request_context(request):
        return confirms(request, person, secret)


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def recovery_code(person: Person) -> str:
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    return str(RecoveryCodes.activate(person).get_unused_codes()[0])


def test_nobody_is_confirmed_by_nothing(person: Person) -> None:
    assert proof_of(person) is Proof.NONE
    assert not is_confirmed(person, "")


def test_in_a_demonstration_a_password_confirms_where_there_is_no_second_factor(
    person: Person,
) -> None:
    with_password(person)
    assert proof_of(person) is Proof.PASSWORD
    assert is_confirmed(person, PASSWORD)
    assert not is_confirmed(person, "something else")


def test_outside_a_demonstration_a_password_is_no_second_factor(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "TONGBAN_DEMO", False)
    with_password(person)
    assert proof_of(person) is Proof.NONE
    assert not is_confirmed(person, PASSWORD)
    assert is_confirmed(person, recovery_code(person))


def test_where_there_is_a_second_factor_the_password_is_not_enough(person: Person) -> None:
    code = recovery_code(with_password(person))
    assert proof_of(person) is Proof.CODE
    assert not is_confirmed(person, PASSWORD)
    assert is_confirmed(person, code)


def test_a_code_confirms_once(person: Person) -> None:
    code = recovery_code(person)
    assert [is_confirmed(person, code) for _ in range(2)] == [True, False]


def test_guessing_is_slowed_down_until_even_the_right_one_waits(person: Person) -> None:
    with_password(person)
    for _ in range(20):
        is_confirmed(person, "a guess")
    assert not is_confirmed(person, PASSWORD)
