"""代为一次性告知 at the counter: told, supplied there, and read by the authority."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from tests.cities import AGREEMENT_OFFICER, suzhou_and_hangzhou
from tests.granting import granting
from tests.workbench.counters import (
    ANSWERS,
    CERTIFICATE,
    Desks,
    at,
    begin,
    errors_in,
    offered,
    papers_of,
    scan,
    state_at,
    text_of,
)

from tongban.core.agreements.commands import Suspend
from tongban.core.agreements.document import document_digest
from tongban.core.cases.process import Power
from tongban.node.desk import Executed
from tongban.testing.applications import HANGZHOU, SUZHOU

TEXT = granting(SUZHOU, HANGZHOU, more=frozenset({Power.NOTIFY}))
MISSING = "purchase_contract"
BUTTON = "材料不齐，收件并一次性告知"


@pytest.fixture
def notifying(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Desks]:
    with django_db_blocker.unblock(), suzhou_and_hangzhou(tmp_path, text=TEXT) as cities:
        yield Desks(cities)


def lacking() -> dict[str, object]:
    """The page of the intake without one paper."""
    papers = {name: each for name, each in papers_of(CERTIFICATE).items() if MISSING not in name}
    return {"person_check": "id_card_reader", "delivery": "counter", **ANSWERS, **papers}


def told(desks: Desks) -> str:
    token = begin(desks.clerk)
    asked = desks.clerk.post(at("intake", token), {**lacking(), "tell": "1"})
    assert asked.headers["Location"] == at("tell_at_intake", token), errors_in(asked)
    page = text_of(desks.clerk.get(at("tell_at_intake", token)))
    assert f'name="defect-{MISSING}"' in page
    assert '<option value="missing" selected>' in page
    done = desks.clerk.post(at("tell_at_intake", token), {f"defect-{MISSING}": "missing"})
    assert done.status_code == 302, errors_in(done)
    return str(done.headers["Location"].rstrip("/").rsplit("/", 1)[-1])


def test_only_where_the_power_is_granted_is_the_button_there(desks: Desks) -> None:
    token = begin(desks.clerk)
    assert BUTTON not in text_of(desks.clerk.get(at("intake", token)))
    desks.clerk.post(at("intake", token), {**lacking(), "tell": "1"})
    refused = desks.clerk.post(at("tell_at_intake", token), {f"defect-{MISSING}": "missing"})
    assert refused.status_code == 409
    assert "还没有收下，草稿还在" in text_of(refused)


def test_what_the_counter_told_is_supplied_there_and_goes_to_the_authority(
    notifying: Desks,
) -> None:
    assert BUTTON in text_of(notifying.clerk.get(at("intake", begin(notifying.clerk))))
    case = told(notifying)
    notifying.settle()
    assert notifying.hangzhou.node.case_state(case) is None
    page = text_of(notifying.clerk.get(at("counter_case", case)))
    assert "等申请人来补正" in page
    assert "还没有发到有权机关" not in page
    letter = text_of(notifying.clerk.get(at("document", case, "correction")))
    assert "以本机关名义代为作出" in letter
    assert "先按一次性告知书补齐" in text_of(notifying.clerk.get(at("receipt", case)))
    brought = {f"form-{MISSING}": "original_seen", f"scan-{MISSING}": scan()}
    answer = notifying.clerk.post(at("correction", case), brought)
    assert answer.status_code == 302, errors_in(answer)
    notifying.settle()
    assert state_at(notifying.hangzhou, case).stage == "corrected"
    assert offered(notifying, case) == ["accept"]
    room = text_of(notifying.officer.get(at("room", case), follow=True))
    for words in ("补正材料一次性告知书", "代为受理：以有权机关名义收件", "在窗口补齐"):
        assert words in room


def test_what_was_told_before_the_agreement_stopped_goes_by_the_own_right(
    notifying: Desks,
) -> None:
    case = told(notifying)
    stop = Suspend(document=document_digest(TEXT), actor=AGREEMENT_OFFICER, ground="audit")
    assert isinstance(notifying.hangzhou.node.execute(stop, partner=SUZHOU), Executed)
    notifying.settle()
    brought = {f"form-{MISSING}": "original_seen", f"scan-{MISSING}": scan()}
    refused = notifying.clerk.post(at("correction", case), brought)
    assert refused.status_code == 409
    assert 'name="own"' in text_of(refused)
    own = notifying.clerk.post(at("correction", case), {"own": "1"})
    assert own.status_code == 302, errors_in(own)
    notifying.settle()
    state = state_at(notifying.hangzhou, case)
    assert (state.stage, state.intake.on_behalf) == ("dispatched", None)


def test_something_has_to_be_on_the_list_and_all_that_is_missing(notifying: Desks) -> None:
    token = begin(notifying.clerk)
    notifying.clerk.post(at("intake", token), {**lacking(), "tell": "1"})
    nothing = notifying.clerk.post(at("tell_at_intake", token), {})
    assert nothing.status_code == 422
    other = notifying.clerk.post(at("tell_at_intake", token), {"defect-phone": "wrong_answer"})
    assert other.status_code == 409
    assert "缺少必要的材料" in text_of(other)


def test_what_is_not_about_papers_is_mended_before_anything_is_told(notifying: Desks) -> None:
    token = begin(notifying.clerk)
    unchecked = {**lacking(), "person_check": "", "tell": "1"}
    assert notifying.clerk.post(at("intake", token), unchecked).status_code == 422
    led_back = notifying.clerk.get(at("tell_at_intake", token))
    assert led_back.headers["Location"] == at("intake", token)


def test_what_was_told_already_leads_to_its_receipt(notifying: Desks) -> None:
    token = begin(notifying.clerk)
    notifying.clerk.post(at("intake", token), {**lacking(), "tell": "1"})
    notifying.clerk.post(at("tell_at_intake", token), {f"defect-{MISSING}": "missing"})
    again = notifying.clerk.post(at("tell_at_intake", token), {f"defect-{MISSING}": "missing"})
    assert "/receipt/" in again.headers["Location"]
