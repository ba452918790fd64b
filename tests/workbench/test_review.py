"""审批: the queue, the case room, and acts that the process allows now."""

import re
from datetime import timedelta

from tests.workbench.counters import (
    Desks,
    act,
    at,
    offered,
    officer_of,
    state_at,
    take_in,
    text_of,
)

from tongban.core.cases.events import Verdict

OTHER_AUTHORITY = "11330100002489021C"


def letter(desks: Desks, case: str, body: str) -> str:
    """A document of the case as the officer reads it."""
    return text_of(desks.officer.get(at("room_document", case, body)))


def test_the_most_urgent_case_comes_first(desks: Desks) -> None:
    late, early = take_in(desks.clerk), take_in(desks.clerk)
    desks.settle()
    act(desks.officer, early, "accept", number="SL-1")
    desks.federation.memory.clock.pass_days(1)
    act(desks.officer, late, "accept", number="SL-2")
    desks.settle()
    page = text_of(desks.officer.get(at("review")))
    assert page.index(early) < page.index(late)
    assert "时限内" in page


def test_an_overdue_case_shows_its_light_with_a_word(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    act(desks.officer, case, "accept", number="SL-1")
    desks.federation.memory.clock.pass_days(10)
    assert "已超期" in text_of(desks.officer.get(at("review")))


def test_the_first_look_is_recorded_once(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    desks.officer.get(at("room", case), follow=True)
    opened_at = state_at(desks.hangzhou, case).opened_at
    desks.federation.memory.clock.instant += timedelta(minutes=5)
    desks.officer.get(at("room", case))
    assert opened_at is not None
    assert state_at(desks.hangzhou, case).opened_at == opened_at


def test_only_acts_that_the_process_allows_now_are_offered(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    assert offered(desks, case) == ["accept", "notify_correction", "refuse_acceptance"]
    act(desks.officer, case, "accept", number="SL-1")
    assert offered(desks, case) == ["grant", "refuse"]
    act(desks.officer, case, "grant", number="JG-1")
    assert offered(desks, case) == []


def test_an_authority_decides_in_its_own_power(desks: Desks) -> None:
    room = text_of(desks.officer.get(at("room", desks.case_at_hangzhou()), follow=True))
    assert "依据 本机关职权" in room
    assert "住房公积金管理条例" in room


def test_a_stale_button_gets_a_refusal_and_changes_nothing(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    act(desks.officer, case, "accept", number="SL-1")
    before = state_at(desks.hangzhou, case)
    answer = act(desks.officer, case, "accept", number="SL-2")
    assert answer.status_code == 409
    assert "您可以这样办" in text_of(answer)
    assert state_at(desks.hangzhou, case) == before


def test_an_act_that_nobody_knows_does_not_exist(desks: Desks) -> None:
    assert act(desks.officer, desks.case_at_hangzhou(), "approve_all").status_code == 404


def test_a_case_of_another_authority_does_not_exist(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    police = officer_of(desks.hangzhou, "police", OTHER_AUTHORITY)
    browser = desks.hangzhou.browser(police)
    assert browser.get(at("room", case)).status_code == 404
    assert act(browser, case, "accept", number="SL-1").status_code == 404
    assert browser.get(at("room_document", case, "application")).status_code == 404
    assert case not in text_of(browser.get(at("review")))


def test_the_correction_list_names_every_defect_in_words(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    posted = {"defect-purchase_contract": "incomplete", "remark-purchase_contract": "缺第 3 页"}
    act(desks.officer, case, "notify_correction", **posted)
    text = letter(desks, case, "correction")
    assert "1. 购房合同或者购房意向书：不完整，缺页或缺内容（缺第 3 页）" in text
    assert "补齐后本机关必须受理" in text


def test_an_empty_correction_list_is_not_sent(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    answer = act(desks.officer, case, "notify_correction", remark="请补")
    assert answer.status_code == 422
    assert "请至少选一处要补正的内容" in text_of(answer)
    assert state_at(desks.hangzhou, case).correction == ()


def test_what_was_typed_stays_when_something_is_missing(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    answer = act(desks.officer, case, "refuse_acceptance", words="不是本市缴存职工")
    assert answer.status_code == 422
    assert "不是本市缴存职工" in text_of(answer)


def test_a_decision_against_the_applicant_has_reasons_and_remedies(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    act(desks.officer, case, "accept", number="SL-1")
    assert act(desks.officer, case, "refuse", ground="conditions_not_met").status_code == 422
    act(desks.officer, case, "refuse", ground="conditions_not_met", words="账户已经注销。")
    text = letter(desks, case, "decision")
    for words in ("账户已经注销", "行政复议", "行政诉讼", "不符合法定条件"):
        assert words in text


def test_not_accepting_has_reasons_and_remedies_and_closes_the_case(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    act(desks.officer, case, "refuse_acceptance", ground="not_competent", words="应向苏州申请。")
    state = state_at(desks.hangzhou, case)
    assert (state.ended, state.not_accepted_ground) == (True, "not_competent")
    page = desks.officer.get(at("room_document", case, "decision"), {"purpose": "archive"})
    assert "行政复议" in text_of(page)


def test_a_result_is_marked_as_a_reference_copy_and_names_its_holder(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    act(desks.officer, case, "accept", number="SL-1")
    act(desks.officer, case, "grant", number="杭公积金证〔2026〕1 号")
    text = letter(desks, case, "result")
    assert re.search("参考件.*未加盖印章", text)
    assert "沈若水" in text
    assert "杭公积金证〔2026〕1 号" in text
    decided = state_at(desks.hangzhou, case).decided
    assert decided is not None
    assert decided.verdict is Verdict.GRANTED


def test_a_case_page_needs_as_many_queries_early_as_late(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    desks.officer.get(at("room", case), follow=True)
    early = desks.queries(at("room", case))
    act(desks.officer, case, "accept", number="SL-1")
    act(desks.officer, case, "grant", number="JG-1")
    desks.settle()
    desks.officer.get(at("room", case))
    assert desks.queries(at("room", case)) <= early
