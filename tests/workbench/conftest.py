"""Suzhou takes in, Hangzhou decides: two real nodes with an agreement in force."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker
from tests.cities import Federation, leaving_django_where_it_was
from tests.workbench.counters import Desks

from tongban.testing.applications import HANGZHOU, SUZHOU


@pytest.fixture
def federation(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    with (
        django_db_blocker.unblock(),
        leaving_django_where_it_was(),
        translation.override("zh-hans"),
    ):
        cities = Federation(folder=tmp_path, names=(SUZHOU, HANGZHOU))
        cities.sign(SUZHOU, HANGZHOU)
        yield cities


@pytest.fixture
def desks(federation: Federation) -> Desks:
    return Desks(federation)
