"""Jiaxing takes in, Wuhu decides in a system of its own: two real nodes, an agreement in force."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker
from tests.api.wuhu import JIAXING, WUHU, Approval
from tests.cities import Federation, leaving_django_where_it_was


@pytest.fixture(scope="module")
def federation(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Federation]:
    """One for all tests of a module, which takes seconds: each test has cases of its own."""
    with (
        django_db_blocker.unblock(),
        leaving_django_where_it_was(),
        translation.override("zh-hans"),
    ):
        cities = Federation(folder=tmp_path_factory.mktemp("cities"), names=(JIAXING, WUHU))
        cities.sign(JIAXING, WUHU)
        yield cities


@pytest.fixture
def approval(federation: Federation) -> Approval:
    return Approval(federation)
