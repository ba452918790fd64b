"""What officers do with an agreement that stands: read its text, lift a suspension, end it."""

import pytest
from tests.agreements.conftest import PASSWORD
from tests.agreements.talking import (
    GRANTING,
    day,
    told,
)
from tests.agreements.test_agreement_pages import AGREEMENT, DIGEST, text
from tests.cities import Browser, Federation

from tongban.accounts.roles import Role
from tongban.testing.applications import HANGZHOU, SUZHOU

PROVEN = {"secret": PASSWORD}


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "json"])
def test_the_text_is_read_in_every_format(officer: Browser, kind: str) -> None:
    answer = officer.get(f"/agreements/{DIGEST}/text/{kind}/")
    assert answer.status_code == 200
    if kind == "html":
        assert "style-src 'sha256-" in answer.headers["Content-Security-Policy"]
        assert "提取" in answer.content.decode() or "事项名称" in answer.content.decode()
    assert officer.get(f"/agreements/{DIGEST}/text/odt/").status_code == 404


def test_a_suspension_is_lifted_by_whoever_suspended(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    page = f"/agreements/{DIGEST}/"
    officer.post(f"{page}suspend/", PROVEN | {"ground": "audit", "scope": "all"})
    federation.settle()
    assert f"{page}resume/" in text(officer, page)
    assert f"{page}resume/" not in text(other_officer, page)
    assert "本地没有中止什么" in text(other_officer, f"{page}resume/")
    assert officer.get(f"{page}resume/?scope=some").status_code == 422
    item = GRANTING.grants[0].items[0]
    assert "现在恢复" in text(officer, f"{page}resume/?scope=some&item={item}")
    officer.post(f"{page}resume/", PROVEN | {"scope": "some", "item": item})
    federation.settle()
    assert "部分中止" in text(other_officer, page)
    for _ in range(2):
        answer = officer.post(f"{page}resume/", PROVEN | {"scope": "all"})
    assert "没有重复办" in told(officer, answer)
    federation.settle()
    assert "生效中" in text(other_officer, page)


def test_a_termination_says_whom_it_affects_and_is_done_once(
    federation: Federation, officer: Browser
) -> None:
    page = f"/agreements/{DIGEST}/"
    last = day(officer, AGREEMENT.notice_days + 5)
    for wrong in (
        f"ground=whim&last_day={last}",
        "ground=no_demand",
        "ground=no_demand&last_day=2020-01-01",
    ):
        assert officer.get(f"{page}terminate/?{wrong}").status_code == 422
    looked = text(officer, f"{page}terminate/?ground=no_demand&last_day={last}")
    assert "现在终止" in looked
    assert "会影响谁" in looked
    for _ in range(2):
        answer = officer.post(
            f"{page}terminate/", PROVEN | {"ground": "no_demand", "last_day": last}
        )
        federation.settle()
    # The agreement ends anyway on that day by now.
    assert "协议本来就到" in answer.content.decode()
    state = next(
        each
        for each in federation[HANGZHOU].act().node.agreements_with(SUZHOU)
        if each.document == DIGEST
    )
    assert [str(line.last_day) for line in state.terminations] == [last]


def test_who_cannot_prove_who_presses_stops_and_ends_nothing(
    federation: Federation, officer: Browser
) -> None:
    page, last = f"/agreements/{DIGEST}/", day(officer, AGREEMENT.notice_days + 5)
    officer.post(f"{page}suspend/", PROVEN | {"ground": "audit", "scope": "all"})
    for act, given in (
        ("suspend", {"ground": "audit", "scope": "all"}),
        ("resume", {"scope": "all"}),
        ("terminate", {"ground": "no_demand", "last_day": last}),
    ):
        for secret in ({}, {"secret": "a guess"}):
            answer = officer.post(f"{page}{act}/", given | secret)
            assert answer.status_code == 422
            assert "什么也没有做" in answer.content.decode()
    (state,) = federation[SUZHOU].act().node.agreements_with(HANGZHOU)
    assert len(state.suspensions) == 1
    assert not state.suspensions[0].is_lifted
    assert state.terminations == ()


def test_where_two_have_to_confirm_an_end_the_confirmations_are_its_own(
    federation: Federation, officer: Browser
) -> None:
    object.__setattr__(federation[SUZHOU].node.kernel, "four_eyes", True)
    last = day(officer, AGREEMENT.notice_days + 5)
    given = PROVEN | {"ground": "no_demand", "last_day": last}
    page = f"/agreements/{DIGEST}/terminate/"
    looked = f"{page}?asked=1&ground=no_demand&last_day={last}"
    colleague = federation[SUZHOU].person("second", Role.AGREEMENT_OFFICER)
    colleague.set_password(PASSWORD)
    colleague.save()
    for browser in (officer, federation[SUZHOU].browser(colleague)):
        assert "确认可以终止" in text(browser, looked)
        answer = browser.post(page, given | {"confirm": "1", "asked": "1"})
        assert answer.headers["location"] == looked
    assert "现在终止" in text(officer, looked)
    another = day(officer, AGREEMENT.notice_days + 6)
    assert "还要 2 人确认" in text(officer, looked.replace(last, another))
    officer.post(page, given | {"last_day": another})
    assert federation[SUZHOU].act().node.agreements_with(HANGZHOU)[0].terminations == ()
    officer.post(page, given)
    (state,) = federation[SUZHOU].act().node.agreements_with(HANGZHOU)
    assert [str(line.last_day) for line in state.terminations] == [last]
