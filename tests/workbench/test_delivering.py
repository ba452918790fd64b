"""Who hands the result over is said as it is: this counter, or the authority itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from tests.cities import Federation, suzhou_and_hangzhou
from tests.granting import granting
from tests.workbench.counters import Desks, at, begin, take_in, text_of

from tongban.core.cases.process import Power
from tongban.testing.applications import HANGZHOU, SUZHOU

WITHOUT = granting(SUZHOU, HANGZHOU, less=frozenset({Power.DELIVER}))


@pytest.fixture
def undelivering(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    with django_db_blocker.unblock(), suzhou_and_hangzhou(tmp_path, text=WITHOUT) as cities:
        yield cities


def ways(desks: Desks) -> list[str]:
    """The ways of delivery that the intake page offers."""
    page = text_of(desks.clerk.get(at("intake", begin(desks.clerk))))
    return [
        way
        for way in ("counter", "post", "online")
        if f'name="delivery" type="radio" value="{way}"' in page
    ]


def test_a_counter_that_may_deliver_offers_it(desks: Desks) -> None:
    assert ways(desks) == ["counter", "post", "online"]


def test_a_counter_that_may_not_deliver_offers_neither_its_window_nor_its_post(
    undelivering: Federation,
) -> None:
    assert ways(Desks(undelivering)) == ["online"]


def test_the_receipt_of_a_counter_that_may_deliver_leads_back_to_it(desks: Desks) -> None:
    page = text_of(desks.clerk.get(at("receipt", take_in(desks.clerk))))
    assert "到收件窗口领取" in page
    assert "带身份证和本凭证到本窗口领取" in page


def test_a_receipt_never_promises_a_delivery_that_no_clause_grants(
    undelivering: Federation,
) -> None:
    desks = Desks(undelivering)
    number = take_in(desks.clerk)
    page = text_of(desks.clerk.get(at("receipt", number)))
    assert "到决定机关领取" in page
    assert "到本窗口领取" not in page
    case = text_of(desks.clerk.get(at("counter_case", number)))
    assert "<dt>送达方式</dt><dd>到决定机关领取</dd>" in case
