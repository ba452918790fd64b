"""The counter's queue and cases: correction, delivery, and whose cases they are."""

import pytest
from tests.workbench.counters import ANSWERS, Desks, act, at, scan, state_at, text_of

from tongban.accounts.roles import Role
from tongban.core.cases.events import Delivery, PersonCheck

DEFECTS = {"defect-purchase_contract": "incomplete", "defect-home_address": "wrong_answer"}


def corrected(desks: Desks) -> str:
    """A case that Hangzhou sent back once."""
    case = desks.case_at_hangzhou()
    act(desks.officer, case, "notify_correction", **DEFECTS)
    desks.settle()
    return case


def granted(desks: Desks, **changes: str) -> str:
    """A case whose result is to be delivered by the counter."""
    case = desks.case_at_hangzhou(**changes)
    act(desks.officer, case, "accept", number="SL-1")
    act(desks.officer, case, "grant", number="JG-1")
    desks.settle()
    return case


def test_the_queue_says_what_waits_for_whom(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    page = text_of(desks.clerk.get(at("counter")))
    assert page.index("已发出，对方在办") < page.index(case)
    act(desks.officer, case, "notify_correction", **DEFECTS)
    desks.settle()
    page = text_of(desks.clerk.get(at("counter")))
    assert page.index("等窗口办") < page.index(case) < page.index("已发出，对方在办")
    assert "暂停计时" in page


def test_a_case_is_found_by_the_number_on_its_receipt(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    found = desks.clerk.get(at("find"), {"number": f" {case} "})
    assert found.headers["Location"] == at("counter_case", case)
    unknown = desks.clerk.get(at("find"), {"number": "320500-1"})
    assert unknown.status_code == 404
    assert "没有编号为 320500-1 的办件" in text_of(unknown)


@pytest.mark.parametrize("name", ["counter_case", "receipt", "correction", "delivery"])
def test_a_case_of_nobody_does_not_exist(desks: Desks, name: str) -> None:
    assert desks.clerk.get(at(name, "320500-20261123-00000000")).status_code == 404


def test_a_clerk_reviews_nothing_and_an_officer_takes_nothing_in(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    assert desks.clerk.get(at("review")).status_code == 404
    assert desks.clerk.get(at("room", case)).status_code == 404
    assert desks.officer.get(at("choose_item")).status_code == 404
    assert desks.officer.get(at("counter_case", case)).status_code == 404


def test_each_officer_is_led_to_the_own_desk(desks: Desks) -> None:
    assert desks.officer.get(at("counter")).headers["Location"] == at("review")
    assert desks.clerk.get(at("counter")).status_code == 200
    resident = desks.suzhou.browser(desks.suzhou.person("resident", Role.RESIDENT))
    assert resident.get(at("counter")).status_code == 404
    stranger = desks.suzhou.browser().get(at("counter"))
    assert stranger.status_code == 302


def test_a_correction_needs_everything_on_the_list_and_keeps_what_came(desks: Desks) -> None:
    case = corrected(desks)
    half = {"home_address": "苏州市演示路二号 5 幢"}
    answer = desks.clerk.post(at("correction", case), half)
    assert answer.status_code == 422
    assert "购房合同或者购房意向书：必须交" in text_of(answer)
    assert "苏州市演示路二号 5 幢" in text_of(desks.clerk.get(at("correction", case)))


def test_a_corrected_answer_replaces_the_old_one_and_leaves_the_others(desks: Desks) -> None:
    case = corrected(desks)
    papers = {"form-purchase_contract": "original_seen", "scan-purchase_contract": scan("grey")}
    mended = {"home_address": "苏州市演示路二号 5 幢", **papers}
    assert desks.clerk.post(at("correction", case), mended).status_code == 302
    desks.settle()
    room = text_of(desks.officer.get(at("room", case), follow=True))
    assert "苏州市演示路二号 5 幢" in room
    assert ANSWERS["fund_account"] in room
    assert "一次性告知补正" not in room


def test_sending_the_correction_twice_hands_in_once(desks: Desks) -> None:
    case = corrected(desks)
    papers = {"form-purchase_contract": "original_seen", "scan-purchase_contract": scan()}
    mended = {"home_address": "苏州市演示路二号 5 幢", **papers}
    desks.clerk.post(at("correction", case), mended)
    again = desks.clerk.post(at("correction", case), mended)
    assert again.headers["Location"] == at("counter_case", case)
    desks.settle()
    assert state_at(desks.suzhou, case).corrected_at is not None


def test_a_result_is_handed_over_to_a_person_who_was_checked(desks: Desks) -> None:
    case = granted(desks)
    unchecked = desks.clerk.post(at("delivery", case), {})
    assert unchecked.status_code == 422
    assert "请先核对人" in text_of(unchecked)
    desks.clerk.post(at("delivery", case), {"person_check": "id_card_seen"})
    delivered = state_at(desks.suzhou, case).delivered
    assert delivered is not None
    assert delivered.person_check is PersonCheck.ID_CARD_SEEN


def test_a_result_is_posted_under_a_number(desks: Desks) -> None:
    address = {f"recipient-{name}": "演示" for name in ("name", "phone", "address")}
    case = granted(desks, delivery="post", **address)
    assert "请写邮件号" in text_of(desks.clerk.post(at("delivery", case), {}))
    desks.clerk.post(at("delivery", case), {"tracking": "EX123456789CN"})
    delivered = state_at(desks.suzhou, case).delivered
    assert delivered is not None
    assert (delivered.method, delivered.tracking) == (Delivery.POST, "EX123456789CN")


def test_a_second_delivery_is_refused_in_words(desks: Desks) -> None:
    case = granted(desks)
    handed = {"person_check": "id_card_seen"}
    desks.clerk.post(at("delivery", case), handed)
    again = desks.clerk.post(at("delivery", case), handed)
    assert again.status_code == 409
    assert "您可以这样办" in text_of(again)


def test_a_closed_case_moves_to_the_closed_ones(desks: Desks) -> None:
    case = granted(desks)
    desks.clerk.post(at("delivery", case), {"person_check": "id_card_seen"})
    assert case not in text_of(desks.clerk.get(at("counter")))
    assert case in text_of(desks.clerk.get(at("counter_ended")))
