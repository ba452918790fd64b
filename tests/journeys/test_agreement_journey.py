"""J8 over two real nodes: from a text on the table to its end, with a case under way all along."""

from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import yaml
from tests.journeys.conftest import assert_finished
from tests.journeys.counter_case import HANGZHOU, PRESSES, SUZHOU, CounterCase
from tests.journeys.processes import within

from tongban.app.control import OperationRefused
from tongban.app.demo.federation import Federation
from tongban.catalogue import load_agreements
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.china_time import china_day
from tongban.node.clock import SystemClock

_PATIENCE_SECONDS = 30.0

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def first() -> Agreement:
    """The agreement that stands between the two."""
    return next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})


def text_of(agreement: Agreement, **changes: Any) -> dict[str, Any]:
    """The next version of an agreement as its author has it in a file."""
    plain: dict[str, Any] = yaml.safe_load(document_bytes(agreement))
    return {
        **plain,
        "version": agreement.version + 1,
        "supersedes": document_digest(agreement),
        **changes,
    }


def turn(cities: Federation, node: str, negotiation: str) -> Mapping[str, Any]:
    """How a negotiation stands at a node, {} while it has not heard of it."""
    lines = cities.ask(node, "negotiation.list")
    return next((line for line in lines if line["negotiation"] == negotiation), {})


def comes_to(cities: Federation, node: str, negotiation: str, **standing: Any) -> bool:
    def holds() -> bool:
        line = turn(cities, node, negotiation)
        return bool(line) and all(line[name] == value for name, value in standing.items())

    return within(_PATIENCE_SECONDS, holds)


def stands(cities: Federation, node: str, document: str) -> Mapping[str, Any]:
    lines = cities.ask(node, "agreement.list")
    return next((line for line in lines if line["document"] == document), {})


def in_force(cities: Federation, node: str, document: str) -> bool:
    return bool(stands(cities, node, document).get("in_force"))


def basis_of(cities: Federation, case: CounterCase) -> str:
    """The document on which a case was dispatched."""
    shown = cities.ask(HANGZHOU, "case.show", case=case.number)
    dispatched = next(line for line in shown["entries"] if line["type"] == "case.dispatched")
    return str(dispatched["basis"]["document"])


def test_two_cities_negotiate_sign_amend_and_end_an_agreement(
    cities: Federation, first: Agreement, case: CounterCase
) -> None:
    today = china_day(SystemClock().now())
    soon = str(today + timedelta(days=5))
    case.take_in()
    case.agreed("dispatched")

    proposed = text_of(first, valid_from=str(today))
    for clause, number in zip(proposed["clauses"], range(3), strict=False):
        clause["text"]["zh"] += f"（第二版第{number + 1}处修改）"
    text = yaml.safe_dump(proposed, allow_unicode=True)
    begun = cities.ask(SUZHOU, "negotiation.propose", text=text, answer_by=soon)
    name = begun["negotiation"]
    assert comes_to(cities, HANGZHOU, name, your_turn=True)
    shown = cities.ask(HANGZHOU, "negotiation.show", negotiation=name, diff=True)
    assert len(shown["diff"]["texts"]) == 3
    with pytest.raises(OperationRefused):
        cities.ask(SUZHOU, "negotiation.accept", negotiation=name)

    cities.ask(
        HANGZHOU, "negotiation.comment", negotiation=name, clause="1.1", words="请写明费用。"
    )
    countered = {**proposed, "valid_until": str(first.valid_until + timedelta(days=365))}
    text = yaml.safe_dump(countered, allow_unicode=True)
    cities.ask(HANGZHOU, "negotiation.counter", negotiation=name, text=text, answer_by=soon)
    assert comes_to(cities, SUZHOU, name, your_turn=True, version=2)
    agreed = cities.ask(SUZHOU, "negotiation.accept", negotiation=name)["document"]
    assert within(_PATIENCE_SECONDS, lambda: bool(stands(cities, HANGZHOU, agreed)))

    for node in (SUZHOU, HANGZHOU):
        assert not in_force(cities, node, agreed)
        cities.ask(node, "agreement.sign", document=agreed)
    for node in (SUZHOU, HANGZHOU):
        assert within(_PATIENCE_SECONDS, partial(in_force, cities, node, agreed))

    with closing(CounterCase(cities)) as later:
        later.take_in()
        later.agreed("dispatched")
        assert basis_of(cities, later) == agreed
        ended = cities.ask(
            HANGZHOU,
            "agreement.terminate",
            document=agreed,
            ground="changed_policy",
            last_day=str(today),
        )
        assert ended["run_off"] == "finish"
        assert within(
            _PATIENCE_SECONDS,
            lambda: stands(cities, SUZHOU, agreed)["ends_on"] == str(today),
        )
    assert basis_of(cities, case) == document_digest(first)
    for press in PRESSES[1:]:
        press.act(case)
        case.agreed(press.stage)
    assert_finished(case)
