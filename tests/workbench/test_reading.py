"""Every look at personal data is recorded with its purpose, which an open case is itself."""

from tests.workbench.counters import Desks, act, at, officer_of, reads_of, text_of

from tongban.accounts.actors import actor_of
from tongban.accounts.roles import Role


def closed(desks: Desks) -> str:
    """A case in which nothing is owed any more."""
    case = desks.case_at_hangzhou()
    posted = {"ground": "not_competent", "words": "应向苏州申请。"}
    act(desks.officer, case, "refuse_acceptance", **posted)
    desks.settle()
    return case


def test_opening_the_room_and_a_paper_are_one_read_each(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    desks.officer.get(at("room", case), follow=True)
    desks.officer.get(at("room_document", case, "material:identity_card"))
    assert reads_of(desks.hangzhou, case) == [
        ("application", "审查办件"),
        ("material:identity_card", "审查办件"),
    ]


def test_a_picture_is_shown_in_the_page_itself(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    page = desks.officer.get(at("room_document", case, "material:identity_card"))
    assert "data:image/jpeg;base64," in text_of(page)


def test_a_closed_case_asks_for_the_purpose_first(desks: Desks) -> None:
    case = closed(desks)
    before = reads_of(desks.hangzhou, case)
    assert "请先写明为什么" in text_of(desks.officer.get(at("room", case)))
    assert "请先写明为什么" in text_of(desks.officer.get(at("room_document", case, "decision")))
    assert reads_of(desks.hangzhou, case) == before


def test_the_purpose_that_was_given_is_recorded(desks: Desks) -> None:
    case = closed(desks)
    desks.clerk.get(at("document", case, "decision"), {"purpose": "complaint"})
    assert reads_of(desks.suzhou, case)[-1] == ("decision", "核查投诉举报")


def test_a_made_up_purpose_is_none(desks: Desks) -> None:
    case = closed(desks)
    page = desks.clerk.get(at("document", case, "decision"), {"purpose": "curiosity"})
    assert "请先写明为什么" in text_of(page)


def test_a_file_is_saved_and_never_run(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    address = at("room_document", case, "material:identity_card")
    answer = desks.officer.get(address, {"file": ""})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_erased_paper_says_so(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    actor = actor_of(officer_of(desks.hangzhou), Role.CASE_OFFICER)
    desks.hangzhou.node.erase_body(case, "application", actor=actor, ground="retention")
    answer = desks.officer.get(at("room_document", case, "application"))
    assert answer.status_code == 410
    assert "申请表已按规定删除" in text_of(desks.officer.get(at("room", case), follow=True))


def test_a_document_that_the_case_does_not_have_does_not_exist(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    for name in ("result", "decision", "material:nothing", "rating"):
        assert desks.officer.get(at("room_document", case, name)).status_code == 404
