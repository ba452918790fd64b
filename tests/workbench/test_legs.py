"""The way of a case as an officer sees it: what still lies ahead, and what came after the end."""

import re

from tests.workbench.counters import Desks, act, at


def legs(desks: Desks, case: str, state: str) -> list[str]:
    page = desks.officer.get(at("room", case)).content.decode()
    return re.findall(rf'tb-leg--{state}">\s*<p class="tb-leg__head"><[^>]*>(.*?)<', page)


def test_a_list_on_its_way_has_the_correction_ahead(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    act(desks.officer, case, "notify_correction", **{"defect-purchase_contract": "missing"})
    assert legs(desks, case, "ahead") == ["补正", "等待受理", "审查", "送达"]


def test_a_decision_on_its_way_has_only_the_delivery_ahead(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    act(desks.officer, case, "accept", number="演示受〔2026〕1号")
    assert legs(desks, case, "ahead") == ["送达"]
    act(desks.officer, case, "grant", number="演示证〔2026〕1号")
    assert legs(desks, case, "running") == ["转送"]
    assert legs(desks, case, "ahead") == ["送达"]


def test_a_hand_over_that_has_just_begun_is_not_called_urgent(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    act(desks.officer, case, "notify_correction", **{"defect-purchase_contract": "missing"})
    queue = desks.officer.get(at("review")).content.decode()
    assert "时限内" in queue
    assert "快到期<" not in queue
