"""Suzhou and Hangzhou with an agreement in force, each told of the other's items."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from tests.cities import Browser, Federation, suzhou_and_hangzhou

from tongban.accounts.roles import Role
from tongban.testing.applications import HANGZHOU, SUZHOU


@pytest.fixture
def federation(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    with django_db_blocker.unblock(), suzhou_and_hangzhou(tmp_path) as cities:
        node = cities[HANGZHOU].node
        node.openings.open_to_all([item.code for item in node.published.own()])
        tell(cities)
        yield cities


def tell(federation: Federation) -> None:
    for name in federation.names:
        federation[name].node.openings.tell_all()
    federation.settle()


@pytest.fixture
def catalogue_officer(federation: Federation) -> Browser:
    person = federation[SUZHOU].person("catalogue", Role.CATALOGUE_OFFICER)
    return federation[SUZHOU].browser(person)


@pytest.fixture
def joint_officer(federation: Federation) -> Browser:
    person = federation[SUZHOU].person("joint", Role.JOINT_OFFICER)
    return federation[SUZHOU].browser(person)
