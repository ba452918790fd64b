"""Suzhou and Hangzhou with an agreement in force, and who looks after it in Suzhou."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import DjangoDbBlocker
from tests.agreements.talking import begin, changed, lay
from tests.cities import Browser, City, Federation, suzhou_and_hangzhou

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.catalogue import load_items, load_opened_items, load_processes
from tongban.core.agreements.authority import AgreementKind, Authorisation
from tongban.core.cases.events import Mode
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, ActorKind
from tongban.core.items.item import Item
from tongban.testing.applications import HANGZHOU, SUZHOU

#: Made up, for tests alone.
PASSWORD = "桥下流水九十九"


@pytest.fixture
def federation(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    # Guesses are counted by account, and every test has the same.
    cache.clear()
    with django_db_blocker.unblock(), suzhou_and_hangzhou(tmp_path) as cities:
        yield cities


def agreement_officer(city: City, *, password: str = PASSWORD) -> Person:
    """Who may sign: a written authorisation of the office lies in the city's files."""
    today = china_day(city.act().node.kernel.clock.now())
    paper = Authorisation(
        number="WT-1",
        office=Role.AGREEMENT_OFFICER.value,
        kinds=frozenset(AgreementKind),
        from_day=today,
        until_day=today + timedelta(days=1000),
    )
    city.act().node.signers.record(paper, actor=Actor(kind=ActorKind.SYSTEM))
    person = city.person("agreement", Role.AGREEMENT_OFFICER)
    if password:
        person.set_password(password)
        person.save()
    return person


@pytest.fixture
def officer(federation: Federation) -> Browser:
    return federation[SUZHOU].browser(agreement_officer(federation[SUZHOU]))


@pytest.fixture
def other_officer(federation: Federation) -> Browser:
    return federation[HANGZHOU].browser(agreement_officer(federation[HANGZHOU]))


@pytest.fixture
def joint_officer(federation: Federation) -> Browser:
    person = federation[SUZHOU].person("joint", Role.JOINT_OFFICER)
    return federation[SUZHOU].browser(person)


@pytest.fixture
def talk(federation: Federation, officer: Browser) -> str:
    """Suzhou has proposed one change; the address of the negotiation, which Hangzhou holds."""
    draft = begin(officer)
    changed(officer, draft)
    page = str(lay(officer, draft).headers["location"])
    federation.settle()
    return page


@pytest.fixture
def item(federation: Federation) -> Item:
    """What only counters take in, listed by Hangzhou, and no agreement lets Suzhou receive."""
    known = {item.code for item in load_opened_items("hangzhou")}
    found = next(
        item
        for item in load_items("hangzhou")
        if item.code not in known
        and {offer.mode for offer in item.modes} == {Mode.DELEGATED_INTAKE}
    )
    node = federation[HANGZHOU].act().node
    node.published.publish([*node.published.own(), found], load_processes().values())
    node.openings.open_to_all([found.code])
    node.openings.tell_all()
    federation.settle()
    return found
