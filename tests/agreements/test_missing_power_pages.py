"""Who is told that he may not reports the missing power from there, by one press."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from tests.agreements.talking import told
from tests.agreements.test_agreement_pages import text
from tests.cities import Browser, Federation

from tongban.accounts.roles import Role
from tongban.agreements import missing_powers
from tongban.catalogue import load_places
from tongban.core.agreements.document import Agreement
from tongban.core.cases.process import Power
from tongban.core.entry import Actor, ActorKind
from tongban.core.items.item import Item
from tongban.node.decision_powers import MissingPower
from tongban.pages.places import place_of_node
from tongban.testing.applications import HANGZHOU, SUZHOU

REPORT = "/agreements/missing/report/"
OFFICER = Actor(kind=ActorKind.OFFICER, role="agreement_officer", number="A1")


def explained(item: Item) -> str:
    return f"/agreements/explain/?item={item.code}&partner={HANGZHOU}"


def press(browser: Browser, of: Item, **changes: str) -> Any:
    given = {"item": of.code, "partner": HANGZHOU, "power": "receive", "next": explained(of)}
    return browser.post(REPORT, given | changes)


def reported(federation: Federation) -> list[MissingPower]:
    return list(federation[SUZHOU].act().node.decision_powers.missing())


def test_the_explanation_reports_what_no_clause_gives(
    federation: Federation, officer: Browser, joint_officer: Browser, item: Item
) -> None:
    page = text(officer, explained(item))
    assert REPORT in page
    assert '<option value="receive">代为收件</option>' in page
    answer = press(officer, item)
    assert answer.headers["location"] == explained(item)
    assert "已经记入缺权清单" in text(officer, explained(item))
    assert [(line.item, line.partner, line.power) for line in reported(federation)] == [
        (item.code, HANGZHOU, "receive")
    ]
    listed = text(joint_officer, "/agreements/missing/")
    assert item.name.zh in listed
    assert "代为收件" in listed


def test_pressed_twice_on_a_day_it_is_reported_once(
    federation: Federation, officer: Browser, item: Item
) -> None:
    press(officer, item)
    press(officer, item)
    assert "没有重复报" in text(officer, explained(item))
    assert len(reported(federation)) == 1
    federation.memory.clock.pass_days(1)
    press(officer, item)
    assert len(reported(federation)) == 2


def test_a_clerk_reports_from_where_an_intake_is_refused(
    federation: Federation, item: Item
) -> None:
    city = federation[SUZHOU]
    clerk = city.browser(city.person("clerk", Role.COUNTER_CLERK))
    refused = clerk.post(reverse("workbench:begin_intake", args=[item.code]))
    assert refused.status_code == 409
    assert "上报缺这项权限" in refused.content.decode()
    assert 'name="power" value="receive"' in refused.content.decode()
    press(clerk, item, next="/desk/")
    assert len(reported(federation)) == 1
    assert clerk.get("/agreements/missing/").status_code == 404


@pytest.mark.parametrize(
    "changes", [{"power": "rule"}, {"item": "nothing"}, {"partner": "x.example"}, {"to": "x"}]
)
def test_what_is_unknown_is_not_reported(
    federation: Federation, officer: Browser, item: Item, changes: dict[str, str]
) -> None:
    assert press(officer, item, **changes).status_code == 404
    assert reported(federation) == []


def test_the_way_back_leads_nowhere_else(officer: Browser, item: Item) -> None:
    answer = press(officer, item, next="https://elsewhere.example/")
    assert answer.headers["location"] == "/agreements/explain/"
    assert "缺权清单" in told(officer, answer)


def test_nothing_is_reported_of_what_is_granted(officer: Browser) -> None:
    assert REPORT not in text(officer, "/agreements/explain/")


def test_an_upper_node_is_asked_as_well(
    federation: Federation, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = federation[SUZHOU].act()
    missing = missing_powers.Missing(item=item, partner=SUZHOU, power=Power.RECEIVE)
    assert missing.report(OFFICER, to=HANGZHOU) is None
    federation.settle()
    ((_, state),) = federation[HANGZHOU].act().node.inquiries.every()
    assert state.question is not None
    assert state.question.reports == "receive"
    city.act()
    # Nobody in the demonstration is above another: Hangzhou stands in for Jiangsu.
    province = replace(_place(HANGZHOU), code="320000")
    monkeypatch.setattr(missing_powers, "place_of_node", lambda _: province)
    assert missing_powers.uppers("elsewhere.example") == [(HANGZHOU, "杭州")]
    assert missing_powers.uppers(HANGZHOU) == []


def _place(node: str) -> Any:
    assert place_of_node(node) is not None
    return next(place for place in load_places() if place.node == node)


def test_the_list_says_what_gives_a_reported_power_by_now(
    federation: Federation, joint_officer: Browser
) -> None:
    node = federation[SUZHOU].act().node
    given = next(
        grant
        for state in node.agreements_with(HANGZHOU)
        if isinstance(known := node.document(state.document), Agreement)
        for clause in known.clauses
        for grant in clause.grants
        if grant.granter == HANGZHOU
    )
    node.decision_powers.report_missing(
        item=given.items[0], partner=HANGZHOU, power="receive", actor=OFFICER
    )
    listed = text(joint_officer, "/agreements/missing/")
    assert "已经补上" in listed
    assert "#clause-" in listed
