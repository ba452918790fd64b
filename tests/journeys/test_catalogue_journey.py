"""Two real nodes: one publishes, changes and withdraws an item, the other notices each time."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys.counter_case import HANGZHOU, SUZHOU, CounterCase

from tongban.app.control import OperationRefused
from tongban.app.demo.federation import Federation

_PATIENCE_SECONDS = 30.0

pytestmark = pytest.mark.journey


def wait_for(ready: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = ready()
        if found:
            return found
        time.sleep(0.2)
    pytest.fail("waited in vain")


def changes(cities: Federation, kind: str) -> list[dict[str, Any]]:
    told = cities.ask(SUZHOU, "catalogue.changes", partner=HANGZHOU, since=0)
    return [line for line in told if line["kind"] == kind]


def test_a_partner_finds_what_was_published_and_notices_a_withdrawal(
    cities: Federation,
) -> None:
    known = {line["item"] for line in cities.ask(SUZHOU, "item.list", all=True)}
    own = {line["item"] for line in cities.ask(HANGZHOU, "item.list")}
    assert own <= known

    case = CounterCase(cities)
    case.take_in()
    cities.ask(HANGZHOU, "item.withdraw", item=case.item.code, reason="suspended")
    (noticed,) = wait_for(lambda: changes(cities, "withdrawn"))
    assert (noticed["item"], noticed["reason"]) == (case.item.code, "suspended")

    case.clerk.open(f"/desk/cases/{case.number}/")
    assert "有权机关撤下了这个事项" in case.clerk.summary()
    case.clerk.open(f"/desk/intake/?city={case.item.place}")
    assert not case.clerk.offers(f"/intake/items/{case.item.code}/")
    with pytest.raises(OperationRefused):
        cities.ask(HANGZHOU, "item.withdraw", item=case.item.code, reason="suspended")
    case.close()
