"""J2 through the pages: taken in at Suzhou, corrected once, decided at Hangzhou, delivered."""

from tests.workbench.counters import Desks, act, at, scan, take_in

from tongban.core.cases.state import CaseState


def state_of(desks: Desks, case: str) -> CaseState:
    state = desks.suzhou.node.case_state(case)
    assert state is not None
    return state


def test_a_case_runs_from_the_counter_to_the_decision_and_back(desks: Desks) -> None:
    case = take_in(desks.clerk)
    assert desks.clerk.get(at("receipt", case)).status_code == 200
    desks.settle()
    assert case in desks.officer.get(at("review")).content.decode()
    room = desks.officer.get(at("room", case), follow=True)
    assert "沈若水" in room.content.decode()

    posted = {"defect-purchase_contract": "incomplete", "remark-purchase_contract": "缺第 3 页"}
    assert act(desks.officer, case, "notify_correction", **posted).status_code == 302
    desks.settle()
    assert "收补正材料" in desks.clerk.get(at("counter_case", case)).content.decode()
    papers = {"form-purchase_contract": "original_seen", "scan-purchase_contract": scan("grey")}
    mended = desks.clerk.post(at("correction", case), papers)
    assert mended.status_code == 302
    desks.settle()

    assert act(desks.officer, case, "accept", number="SL-1").status_code == 302
    assert act(desks.officer, case, "grant", number="JG-1").status_code == 302
    desks.settle()
    assert "送达" in desks.clerk.get(at("counter_case", case)).content.decode()
    handed = {"person_check": "id_card_seen"}
    assert desks.clerk.post(at("delivery", case), handed).status_code == 302
    desks.settle()
    assert state_of(desks, case).ended
    assert state_of(desks, case) == desks.hangzhou.node.case_state(case)


def test_the_applicant_rates_at_the_counter_once_and_both_cities_know(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    refused = {"ground": "not_required", "words": "不需要证明。"}
    act(desks.officer, case, "refuse_acceptance", **refused)
    desks.settle()
    assert "请申请人评价" in desks.clerk.get(at("counter_case", case)).content.decode()
    assert desks.clerk.post(at("rating", case)).status_code == 422
    assert desks.clerk.post(at("rating", case), {"grade": "satisfied"}).status_code == 302
    desks.settle()
    assert "请申请人评价" not in desks.clerk.get(at("counter_case", case)).content.decode()
    assert state_of(desks, case).grade == "satisfied"
    assert state_of(desks, case) == desks.hangzhou.node.case_state(case)
