"""A counter takes in on a published instrument alone, without an agreement between the cities."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker
from tests.app.folders import make_node
from tests.app.test_citing import LIST
from tests.cities import Federation, leaving_django_where_it_was
from tests.workbench.counters import (
    Desks,
    act,
    at,
    begin,
    errors_in,
    officer_of,
    papers_of,
    state_at,
    text_of,
)

from tongban.app.control import OperationRefused
from tongban.app.key_files import open_secrets
from tongban.app.operations import operate
from tongban.app.operations.desk import OperatorDesk
from tongban.app.settings import read_settings
from tongban.core.entry import BasisKind
from tongban.testing.applications import HANGZHOU, SUZHOU, all_items

#: Made up; the identity number only passes its check digit.
ANSWERS = {
    "applicant_name": "沈若水",
    "resident_number": "330106199003071113",
    "phone": "13900000001",
    "address": "苏州市演示路一号",
    "bank": "icbc",
}
CARD = next(item for item in all_items() if item.name.zh == "社会保障卡申领")


@pytest.fixture
def federation(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    with (
        django_db_blocker.unblock(),
        leaving_django_where_it_was(),
        translation.override("zh-hans"),
    ):
        yield Federation(folder=tmp_path, names=(SUZHOU, HANGZHOU))


def cite(federation: Federation, folder: Path) -> Any:
    """What Suzhou's operator does with `tongban agreement cite`."""
    kept = make_node(folder / "operator")
    suzhou = federation[SUZHOU]
    suzhou.act()
    desk = OperatorDesk(
        node=suzhou.node, folder=kept, settings=read_settings(kept), secrets=open_secrets(kept)
    )
    arguments = {"text": LIST.read_text(encoding="utf-8"), "partner": HANGZHOU}
    cited = operate(desk, "agreement.cite", arguments)
    federation.settle()
    return cited


def test_a_case_rests_on_the_instrument_from_the_counter_to_the_result(
    federation: Federation, desks: Desks, tmp_path: Path
) -> None:
    document = cite(federation, tmp_path)["document"]
    token = begin(desks.clerk, CARD)
    form = {"person_check": "id_card_reader", "delivery": "counter", **ANSWERS, **papers_of(CARD)}
    filled = desks.clerk.post(at("intake", token), form)
    assert filled.status_code == 302, errors_in(filled)
    case = str(desks.clerk.post(at("take_in", token)).headers["Location"].split("/")[3])
    federation.settle()
    officer = desks.hangzhou.browser(
        officer_of(desks.hangzhou, "card", organisation=CARD.organisation.code)
    )
    assert "清单 §annex-2" in text_of(officer.get(at("room", case), follow=True))
    assert act(officer, case, "accept", number="SL-1").status_code == 302
    assert act(officer, case, "grant", number="JG-1").status_code == 302
    federation.settle()
    handed = desks.clerk.post(at("delivery", case), {"person_check": "id_card_seen"})
    assert handed.status_code == 302, errors_in(handed)
    federation.settle()
    for city in (desks.suzhou, desks.hangzhou):
        state = state_at(city, case)
        assert state.ended
        assert {use.basis.kind for use in state.bases} == {BasisKind.INSTRUMENT}
        assert {use.basis.document for use in state.bases} == {document}


def test_without_it_the_counter_may_not_take_in(desks: Desks) -> None:
    refused = desks.clerk.post(at("begin_intake", CARD.code))
    assert refused.status_code == 409


def test_what_is_cited_already_is_not_cited_again(federation: Federation, tmp_path: Path) -> None:
    cite(federation, tmp_path)
    with pytest.raises(OperationRefused, match="already lies between the two places"):
        cite(federation, tmp_path / "again")
