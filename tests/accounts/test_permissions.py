"""Who may do what."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from tests.accounts.people import HEFEI, officer, resident

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.permissions import belongs_to, for_roles, is_applicant, is_officer
from tongban.accounts.roles import Role
from tongban.core.entry import ActorKind

pytestmark = pytest.mark.django_db


@for_roles(Role.CASE_OFFICER)
def desk(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("desk")


def ask(person: Person | AnonymousUser) -> HttpRequest:
    request = RequestFactory().get("/desk/")
    request.user = person
    return request


def test_a_stranger_is_asked_to_log_in() -> None:
    assert desk(ask(AnonymousUser())).status_code == 302


def test_the_wrong_role_finds_nothing() -> None:
    with pytest.raises(Http404):
        desk(ask(resident()))


def test_the_right_role_is_let_in() -> None:
    assert desk(ask(officer())).status_code == 200


def test_an_officer_belongs_to_one_organisation() -> None:
    assert belongs_to(officer(), HEFEI)
    assert not belongs_to(officer(), "another")
    assert not is_officer(resident())


def test_partners_see_only_the_number_of_an_applicant() -> None:
    person = resident()
    actor = actor_of(person, Role.RESIDENT)
    assert (actor.kind, actor.organisation) == (ActorKind.APPLICANT, None)
    assert actor.number == person.number
    assert is_applicant(person, person.number)
    assert not is_applicant(person, "")


def test_an_officer_acts_for_the_organisation() -> None:
    actor = actor_of(officer(), Role.CASE_OFFICER)
    assert (actor.kind, actor.organisation) == (ActorKind.OFFICER, HEFEI)
    assert actor.role == "case_officer"
