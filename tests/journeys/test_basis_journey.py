"""J9 over two real nodes: no act without a basis, and the direct way is always open."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest
import yaml
from tests.journeys.checks import effects_of
from tests.journeys.conftest import assert_finished
from tests.journeys.counter_case import HANGZHOU, PRESSES, SUZHOU, CounterCase
from tests.journeys.processes import within

from tongban.app.control import OperationRefused
from tongban.app.demo.federation import Federation
from tongban.catalogue import load_agreements
from tongban.core.agreements.document import document_bytes, document_digest
from tongban.core.china_time import china_day
from tongban.core.grounds import words_for
from tongban.node.clock import SystemClock

_PATIENCE_SECONDS = 30.0

pytestmark = pytest.mark.journey

AGREEMENT = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
DIGEST = document_digest(AGREEMENT)


def answers(cities: Federation, case: CounterCase) -> Mapping[str, Any]:
    """What Suzhou is told that it may do for Hangzhou on the case's item at a counter."""
    told: Mapping[str, Any] = cities.ask(
        SUZHOU,
        "agreement.explain",
        item=case.item.code,
        partner=HANGZHOU,
        mode="delegated_intake",
    )
    return told


def receive(cities: Federation, case: CounterCase) -> Mapping[str, Any]:
    """The answer about taking in."""
    lines = answers(cities, case)["answers"]
    return next(line for line in lines if line["power"] == "receive")


def comes_to_be(cities: Federation, case: CounterCase, ground: str) -> bool:
    def holds() -> bool:
        refusal = receive(cities, case)["refusal"]
        return (refusal["ground"] if refusal else "") == ground

    return within(_PATIENCE_SECONDS, holds)


def assert_refused(cities: Federation, case: CounterCase, ground: str) -> None:
    """The clerk reads why, nothing of it is at either city, and the direct way is named."""
    assert comes_to_be(cities, case, ground)
    before = len(cities.ask(SUZHOU, "case.list"))
    case.clerk.press("/take-in/")
    assert words_for(ground).why.zh in case.clerk.summary()
    assert len(cities.ask(SUZHOU, "case.list")) == before
    way = answers(cities, case)["direct_way"]
    assert way["organisation"]["zh"] == case.item.organisation.name.zh
    assert way["address"]["zh"]


def test_what_no_clause_carries_is_refused_until_one_does(
    cities: Federation, case: CounterCase
) -> None:
    cities.ask(HANGZHOU, "agreement.suspend", document=DIGEST, ground="audit", items=[])
    assert_refused(cities, case, "suspended")
    cities.ask(HANGZHOU, "agreement.resume", document=DIGEST, items=[])
    assert comes_to_be(cities, case, "")


def test_a_text_that_has_to_be_published_carries_nothing_before_it_is(
    cities: Federation, case: CounterCase
) -> None:
    today = str(china_day(SystemClock().now()))
    where = {"zh": "政府网站", "en": "its website"}
    plain: dict[str, Any] = yaml.safe_load(document_bytes(AGREEMENT))
    text = {
        **plain,
        "version": AGREEMENT.version + 1,
        "publications": [{"party": HANGZHOU, "where": where, "publish_by": plain["valid_from"]}],
    }
    offered = cities.ask(SUZHOU, "agreement.import", text=yaml.safe_dump(text, allow_unicode=True))
    cities.ask(HANGZHOU, "agreement.suspend", document=DIGEST, ground="audit", items=[])
    document = offered["document"]
    for node in (SUZHOU, HANGZHOU):
        assert within(_PATIENCE_SECONDS, partial(_signs, cities, node, document))
    assert comes_to_be(cities, case, "suspended")
    assert within(_PATIENCE_SECONDS, lambda: _stopped(cities, case, document) == "not_published")
    with pytest.raises(OperationRefused):
        cities.ask(SUZHOU, "agreement.publish", document=document, on=today)
    cities.ask(HANGZHOU, "agreement.publish", document=document, on=today)
    assert comes_to_be(cities, case, "")
    case.take_in()
    case.agreed("dispatched")
    assert "case.dispatched" in effects_of(cities, HANGZHOU, case.number)
    for press in PRESSES[1:]:
        press.act(case)
        case.agreed(press.stage)
    assert_finished(case)


def _signs(cities: Federation, node: str, document: str) -> bool:
    try:
        cities.ask(node, "agreement.sign", document=document)
    except OperationRefused:
        return False
    return True


def _stopped(cities: Federation, case: CounterCase, document: str) -> str:
    """Why this text in particular does not carry the intake."""
    lines = {line["document"]: line["ground"] for line in receive(cities, case)["stopped"]}
    return str(lines.get(document, ""))
