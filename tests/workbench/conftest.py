"""Suzhou takes in, Hangzhou decides: two real nodes with an agreement in force."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from tests.cities import Federation, suzhou_and_hangzhou
from tests.workbench.counters import Desks


@pytest.fixture
def federation(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    with django_db_blocker.unblock(), suzhou_and_hangzhou(tmp_path) as cities:
        yield cities


@pytest.fixture
def desks(federation: Federation) -> Desks:
    return Desks(federation)
