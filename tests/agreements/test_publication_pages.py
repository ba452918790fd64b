"""An agreement that has to be published first: recorded on its page, with what follows from it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.agreements.conftest import PASSWORD
from tests.agreements.talking import told
from tests.agreements.test_agreement_acts import form_of
from tests.agreements.test_agreement_pages import AGREEMENT, text
from tests.cities import Browser, Federation

from tongban.core.agreements.agreement import PublicationDuty
from tongban.core.agreements.document import document_digest
from tongban.core.words import Words
from tongban.testing.applications import HANGZHOU, SUZHOU

WEBSITE = Words(zh="政府门户网站", en="the portal of the government")
DAY = date(2026, 10, 1)
PUBLIC = replace(
    AGREEMENT,
    number="G60-2026-98",
    valid_from=DAY,
    publications=tuple(
        PublicationDuty(party=node, where=WEBSITE, publish_by=DAY) for node in (SUZHOU, HANGZHOU)
    ),
)
PAGE = f"/agreements/{document_digest(PUBLIC)}/"


@pytest.fixture
def signed(federation: Federation, officer: Browser, other_officer: Browser) -> None:
    officer.post("/agreements/offer/", form_of(PUBLIC))
    federation.settle()
    for one in (officer, other_officer):
        one.post(f"{PAGE}sign/", {"secret": PASSWORD})
        federation.settle()


def record(browser: Browser, day: str = "2026-10-01") -> Any:
    return browser.post(f"{PAGE}publish/", {"published_on": day})


@pytest.mark.usefixtures("signed")
def test_what_follows_is_said_before_it_is_recorded(officer: Browser) -> None:
    assert "等本地公布并记入" in text(officer, "/agreements/")
    assert f"{PAGE}publish/" in text(officer, PAGE)
    assert "政府门户网站" in text(officer, f"{PAGE}publish/")
    looked = text(officer, f"{PAGE}publish/?published_on=2026-10-05")
    assert "还差杭州公布" in looked
    assert "晚于协议约定的日子" in looked
    assert "还没有公布" not in text(officer, PAGE)
    assert text(officer, PAGE).count("逾期没有公布") == 2


@pytest.mark.usefixtures("signed")
def test_it_is_in_force_once_both_have_recorded_it(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    record(officer)
    federation.settle()
    assert "等杭州公布" in text(officer, PAGE)
    assert "10月1日" in text(other_officer, PAGE)
    assert "马上生效" in text(other_officer, f"{PAGE}publish/?published_on=2026-10-01")
    record(other_officer)
    federation.settle()
    for one in (officer, other_officer):
        assert "生效中" in text(one, PAGE)


@pytest.mark.usefixtures("signed")
def test_recording_twice_is_recording_once(federation: Federation, officer: Browser) -> None:
    record(officer)
    federation.settle()
    assert "没有重复办" in told(officer, record(officer))
    assert "没有要由本地记入的公布" in text(officer, f"{PAGE}publish/")
    states = federation[HANGZHOU].act().node.agreements_with(SUZHOU)
    found = next(each for each in states if each.document == document_digest(PUBLIC))
    assert [(line.party, line.day) for line in found.publications] == [(SUZHOU, DAY)]


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("day", ["", "soon", "2099-01-01"])
def test_a_day_that_is_none_or_has_not_come_is_asked_again(officer: Browser, day: str) -> None:
    assert record(officer, day).status_code == 422
    assert officer.get(f"{PAGE}publish/?published_on={day}").status_code == 422


@pytest.mark.usefixtures("signed")
def test_the_joint_office_reads_what_is_owed_and_records_nothing(joint_officer: Browser) -> None:
    assert "逾期没有公布" in text(joint_officer, PAGE)
    assert f"{PAGE}publish/" not in text(joint_officer, PAGE)
    assert f"{PAGE}publish/" not in text(joint_officer, "/agreements/")
    assert joint_officer.get(f"{PAGE}publish/").status_code == 404


def test_the_day_on_which_it_will_be_in_force_is_said(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    first = federation[SUZHOU].node.kernel.clock.now().date() + timedelta(days=90)
    duty = PublicationDuty(party=SUZHOU, where=WEBSITE, publish_by=first)
    later = replace(PUBLIC, number="G60-2026-97", valid_from=first, publications=(duty,))
    page = f"/agreements/{document_digest(later)}/"
    officer.post("/agreements/offer/", form_of(later))
    federation.settle()
    looked = text(officer, f"{page}publish/?published_on=2026-10-01")
    assert "还差苏州、杭州签署" in looked
    for one in (officer, other_officer):
        one.post(f"{page}sign/", {"secret": PASSWORD})
        federation.settle()
    assert "这是最后一个公布" in text(officer, f"{page}publish/?published_on=2026-10-01")
