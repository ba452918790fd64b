"""The pages on which two places come to a text: inbox, comparison, editor, acts."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.agreements.conftest import PASSWORD
from tests.agreements.test_agreement_pages import AGREEMENT, DIGEST, text
from tests.cities import Browser, Federation

from tongban.agreements.models import TextDraft
from tongban.core.agreements.document import document_bytes
from tongban.core.negotiations.order import foreseen
from tongban.core.negotiations.state import NegotiationStanding, NegotiationState
from tongban.core.words import Words
from tongban.testing.applications import HANGZHOU, SUZHOU

INBOX = "/agreements/negotiations/"
CLAUSE = AGREEMENT.clauses[0]
GRANTING = next(clause for clause in AGREEMENT.clauses if clause.grants)


def begin(officer: Browser) -> str:
    """A draft that amends the agreement; the address of its page."""
    return str(officer.post(f"/agreements/{DIGEST}/amend/").headers["location"])


def changed(officer: Browser, draft: str, words: str = "改过的话。") -> None:
    """Change the words of the first clause."""
    page = f"{draft}clauses/{CLAUSE.number}/"
    given = {
        "revision": revision(officer, draft),
        "number": CLAUSE.number,
        "title_zh": CLAUSE.title.zh,
        "title_en": CLAUSE.title.en,
        "text_zh": words,
        "text_en": CLAUSE.text.en,
        "run_off": CLAUSE.run_off or "",
    }
    assert officer.post(page, given).status_code == 302


def revision(officer: Browser, draft: str) -> str:
    page = text(officer, draft)
    return page.split('name="revision" value="')[1].split('"')[0]


def lay(officer: Browser, draft: str, days: int = 7) -> Any:
    given = {"answer_by": day(officer, days), "revision": revision(officer, draft)}
    return officer.post(f"{draft}lay/", given)


def day(officer: Browser, days: int) -> str:
    now = officer.city.node.kernel.clock.now()
    return (now + timedelta(days=days)).date().isoformat()


def state_at(federation: Federation, node: str, talk: str) -> NegotiationState:
    found = federation[node].act().node.negotiations.find(talk.split("/")[-2])
    assert found is not None
    return foreseen(found[1])


def told(browser: Browser, answer: Any) -> str:
    """The page to which an act leads."""
    assert answer.status_code == 302
    return text(browser, answer.headers["location"].partition("#")[0])


@pytest.fixture
def talk(federation: Federation, officer: Browser) -> str:
    """Suzhou has proposed one change; the address of the negotiation, which Hangzhou holds."""
    draft = begin(officer)
    changed(officer, draft)
    page = str(lay(officer, draft).headers["location"])
    federation.settle()
    return page


def test_an_amendment_is_written_looked_at_and_laid(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    draft = begin(officer)
    assert begin(officer) == draft
    changed(officer, draft)
    assert "<ins>" in text(officer, draft)
    looked = text(officer, f"{draft}lay/?answer_by={day(officer, 7)}")
    assert "现在提出" in looked
    talk = str(lay(officer, draft).headers["location"])
    federation.settle()
    assert "等杭州答复" in text(officer, talk)
    assert "轮到本地答复" in text(other_officer, talk)
    assert "改了 1 条：§" in text(other_officer, INBOX)
    assert talk in text(other_officer, "/agreements/")


def test_laying_twice_lays_once(federation: Federation, officer: Browser) -> None:
    draft = begin(officer)
    given = {"answer_by": day(officer, 7), "revision": revision(officer, draft)}
    for _ in range(2):
        answer = officer.post(f"{draft}lay/", given)
    assert "没有重复办" in told(officer, answer)
    talk = draft.removesuffix("draft/")
    assert len(state_at(federation, SUZHOU, talk).versions) == 1


def test_acts_are_shown_only_to_whom_they_are_open(
    talk: str, officer: Browser, other_officer: Browser, joint_officer: Browser
) -> None:
    ours, theirs, read = (text(each, talk) for each in (officer, other_officer, joint_officer))
    for act in ("accept/", "counter/", "reject/"):
        assert f"{talk}{act}" in theirs
        assert f"{talk}{act}" not in ours
    assert f"{talk}withdraw/" in ours
    for act in ("accept/", "counter/", "reject/", "withdraw/", "comment/"):
        assert f"{talk}{act}" not in read
        assert joint_officer.post(f"{talk}{act}").status_code in {302, 404}
    assert joint_officer.get(f"{talk}accept/").status_code == 404
    assert joint_officer.get("/agreements/negotiations/propose/").status_code == 404


def test_a_counter_is_compared_with_what_it_answers_and_with_what_is_in_force(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    other_officer.post(f"{talk}counter/")
    changed(other_officer, f"{talk}draft/", "又改过的话。")
    lay(other_officer, f"{talk}draft/")
    federation.settle()
    page = text(officer, talk)
    assert "轮到本地答复" in page
    assert "第 1 稿（苏州）" in page
    in_force = text(officer, f"{talk}?against={DIGEST}")
    assert "现在生效的" in in_force
    assert [version.by for version in state_at(federation, SUZHOU, talk).versions] == [
        SUZHOU,
        HANGZHOU,
    ]


def test_a_comment_stands_beside_its_clause_once(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    given = {"version": "1", "clause": CLAUSE.number, "words": "请写明费用。"}
    for _ in range(2):
        answer = other_officer.post(f"{talk}comment/", given)
        federation.settle()
    assert "没有重复办" in told(other_officer, answer)
    page = text(officer, talk)
    assert page.count("请写明费用。") == 2  # beside the clause, and in the history
    assert "对方有 1 条新意见" in text(officer, INBOX)


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_who_comments_on_what_has_ended_meanwhile_keeps_the_words(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser, end: str
) -> None:
    other_officer.post(f"{talk}{end}/", {"version": "1", "ground": "no_capacity"})
    federation.settle()
    given = {"version": "1", "clause": CLAUSE.number, "words": "写了很久的话。"}
    answer = officer.post(f"{talk}comment/", given)
    assert answer.status_code == 422
    assert "写了很久的话。" in answer.content.decode()
    assert "这次磋商已经结束" in answer.content.decode()


def test_an_empty_comment_is_told_plainly(talk: str, officer: Browser) -> None:
    given = {"version": "1", "clause": CLAUSE.number, "words": " "}
    answer = officer.post(f"{talk}comment/", given)
    assert answer.status_code == 422
    assert "评注没有内容" in answer.content.decode()


def test_what_is_accepted_goes_to_signature_and_takes_the_place_of_the_old(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    assert "同意，交各方签署" in text(other_officer, f"{talk}accept/")
    for _ in range(2):
        answer = other_officer.post(f"{talk}accept/", {"version": "1"})
    assert "没有重复办" in told(other_officer, answer)
    federation.settle()
    agreed = state_at(federation, SUZHOU, talk).accepted
    for one in (officer, other_officer):
        assert f"/agreements/{agreed}/sign/" in text(one, talk)
        one.post(f"/agreements/{agreed}/sign/", {"secret": PASSWORD})
        federation.settle()
    assert "生效中" in text(officer, talk)
    assert talk in text(officer, f"/agreements/{agreed}/")
    assert "协议已经由新的文本替代" in text(officer, f"/agreements/{DIGEST}/")


def test_a_rejection_needs_a_ground_and_ends_it(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    assert other_officer.post(f"{talk}reject/", {"version": "1"}).status_code == 422
    for _ in range(2):
        other_officer.post(f"{talk}reject/", {"version": "1", "ground": "no_capacity"})
    federation.settle()
    assert "杭州拒绝了：目前没有力量承办" in text(officer, talk)
    closing = state_at(federation, SUZHOU, talk).closing
    assert closing is not None
    assert closing.standing is NegotiationStanding.REJECTED


def test_an_act_on_a_version_that_is_gone_is_told_plainly(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    officer.post(f"{talk}withdraw/", {"version": "1"})
    federation.settle()
    page = told(other_officer, other_officer.post(f"{talk}accept/", {"version": "1"}))
    assert "这次磋商已经结束" in page
    assert "苏州撤回了" in page
    assert "先走了一步" in text(other_officer, f"{talk}accept/")


def test_a_draft_survives_that_the_other_acted_meanwhile(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    other_officer.post(f"{talk}counter/")
    changed(other_officer, f"{talk}draft/", "甲乙丙丁戊己庚辛")
    officer.post(f"{talk}withdraw/", {"version": "1"})
    federation.settle()
    answer = lay(other_officer, f"{talk}draft/")
    assert "这次磋商已经结束" in answer.content.decode()
    assert "甲乙丙丁戊己庚辛" in text(other_officer, f"{talk}draft/")


def test_a_draft_answers_what_lies_on_the_table_by_now(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    other_officer.post(f"{talk}counter/")
    changed(other_officer, f"{talk}draft/", "甲。")
    lay(other_officer, f"{talk}draft/")
    federation.settle()
    officer.post(f"{talk}counter/")
    draft = f"{talk}draft/"
    row = TextDraft.objects.get(pk=talk.split("/")[-2])
    row.answers = 1
    row.save()
    assert "现在是第 2 稿" in text(officer, draft)
    officer.post(f"{draft}catch-up/", {"revision": revision(officer, draft)})
    assert "答复第 2 稿" in text(officer, draft)


def test_two_colleagues_do_not_write_over_each_other(officer: Browser) -> None:
    draft = begin(officer)
    shown = revision(officer, draft)
    changed(officer, draft)
    given = {
        "revision": shown,
        "number": CLAUSE.number,
        "title_zh": "标题",
        "text_zh": "第二个人写的话",
    }
    answer = officer.post(f"{draft}clauses/{CLAUSE.number}/", given)
    assert answer.status_code == 409
    assert "第二个人写的话" in answer.content.decode()
    assert "第二个人写的话" not in text(officer, draft)
    removed = officer.post(f"{draft}clauses/{CLAUSE.number}/remove/", {"revision": shown})
    assert removed.status_code == 422
    late = officer.post(f"{draft}lay/", {"revision": shown, "answer_by": day(officer, 7)})
    assert "同事改过这份草稿" in late.content.decode()


def test_clauses_are_added_left_out_and_put_back(officer: Browser) -> None:
    draft = begin(officer)
    given = {
        "revision": revision(officer, draft),
        "number": "9.9",
        "after": CLAUSE.number,
        "title_zh": "新的一条",
        "text_zh": "新的话。",
        "limit-review": "8",
        "notice-exit": "60",
    }
    assert "加一条" in text(officer, f"{draft}add/")
    assert officer.post(f"{draft}add/", given | {"number": CLAUSE.number}).status_code == 422
    assert officer.post(f"{draft}add/", given | {"limit-review": "no"}).status_code == 422
    officer.post(f"{draft}add/", given)
    page = text(officer, draft)
    assert page.index("新的一条") < page.index(AGREEMENT.clauses[1].title.zh)
    seen = {"revision": revision(officer, draft)}
    officer.post(f"{draft}clauses/{CLAUSE.number}/remove/", seen)
    assert "放回这一条" in text(officer, draft)
    seen = {"revision": revision(officer, draft), "clause": CLAUSE.number}
    officer.post(f"{draft}restore/", seen)
    assert "放回这一条" not in text(officer, draft)


def test_grants_are_changed_by_ticking(officer: Browser) -> None:
    draft = begin(officer)
    (first, *_) = GRANTING.grants
    page = f"{draft}clauses/{GRANTING.number}/grants/1/"
    assert first.items[0] in text(officer, page)
    given = {
        "revision": revision(officer, draft),
        "direction": f"{first.granter}>{first.grantee}",
        "mode": "delegated_intake",
        "power": ["receive", "print"],
        "item": first.items[0],
    }
    assert officer.post(page, given | {"item": []}).status_code == 422
    assert officer.post(page, given | {"direction": "a>b"}).status_code == 422
    strange = officer.post(page, given | {"item": "1" * 31})
    assert "没有在这份文本里同意" in strange.content.decode()
    officer.post(page, given)
    assert "代为打印" in text(officer, draft)
    seen = {"revision": revision(officer, draft)}
    officer.post(f"{page}remove/", seen)
    assert officer.get(f"{draft}clauses/{GRANTING.number}/grants/9/").status_code == 404


def test_items_are_opened_before_they_are_granted(officer: Browser) -> None:
    draft = begin(officer)
    page = f"{draft}opening/"
    assert "加实施机关同意开放的事项" in text(officer, page)
    opened = AGREEMENT.consents[0]
    item = f"{opened.items[0][:-6]}777000"
    known = officer.city.act().node.items()
    elsewhere = next(each.code for each in known if each.competent not in AGREEMENT.nodes)
    given = {
        "revision": revision(officer, draft),
        "granter": opened.granter,
        "given_on": "2026-11-01",
        "item_lines": f"一个事项 {item}",
    }
    for broken in (
        {"granter": "nobody"},
        {"given_on": "soon"},
        {"item_lines": ""},
        {"item_lines": "1" * 31},
        {"item_lines": "abc"},
        {"item_lines": elsewhere},
    ):
        assert officer.post(page, given | broken).status_code == 422
    assert officer.post(page, given).status_code == 302
    assert item in text(officer, draft)
    assert item in text(officer, f"{draft}clauses/{GRANTING.number}/grants/1/")


def test_the_head_is_changed_and_checked(officer: Browser) -> None:
    draft = begin(officer)
    given = {
        "revision": revision(officer, draft),
        "title_zh": "新的标题",
        "number": "G60-2027-1",
        "version": "2",
        "valid_from": "2027-01-01",
        "valid_until": "2029-12-31",
    }
    for broken in ({"valid_until": "2026-01-01"}, {"valid_from": "soon"}, {"version": "0"}):
        assert officer.post(f"{draft}head/", given | broken).status_code == 422
    officer.post(f"{draft}head/", given)
    assert "新的标题" in text(officer, draft)


def test_a_text_whose_parts_do_not_fit_is_not_laid(officer: Browser) -> None:
    draft = begin(officer)
    row = TextDraft.objects.get()
    plain = json.loads(row.text)
    row.text = json.dumps(plain | {"consents": []})
    row.save()
    assert "没有同意开放" in text(officer, draft)
    assert lay(officer, draft, 7).status_code == 422


def test_a_file_begins_a_draft_or_takes_its_place(officer: Browser) -> None:
    newer = replace(AGREEMENT, title=Words(zh="文件里的", en="From a file"))
    file = SimpleUploadedFile("text.json", document_bytes(newer), "application/json")
    propose = f"{INBOX}propose/"
    assert officer.post(propose, {"file": SimpleUploadedFile("x.json", b"{}")}).status_code == 422
    assert officer.post(propose).status_code == 422
    begun = str(officer.post(propose, {"file": file}).headers["location"])
    assert "文件里的" in text(officer, begun)
    copied = officer.post(propose, {"document": DIGEST, "way": "copy"}).headers["location"]
    seen = revision(officer, copied)
    file = SimpleUploadedFile("text.json", document_bytes(newer), "application/json")
    officer.post(f"{copied}upload/", {"file": file, "revision": seen})
    assert "文件里的" in text(officer, copied)
    officer.post(f"{copied}discard/")
    assert officer.get(copied).status_code == 302


def test_what_is_done_while_the_line_is_closed_waits(
    federation: Federation, officer: Browser, other_officer: Browser, talk: str
) -> None:
    federation.cut(SUZHOU, HANGZHOU)
    federation.restart(HANGZHOU)
    for _ in range(2):
        answer = other_officer.post(f"{talk}accept/", {"version": "1"})
    assert "没有重复办" in told(other_officer, answer)
    assert "等线路恢复" in text(other_officer, INBOX)
    federation.mend()
    federation.settle()
    assert "提交签署" in text(other_officer, INBOX)
    assert "交各方签署" in text(other_officer, f"{talk}offer/")
    other_officer.post(f"{talk}offer/")
    federation.settle()
    assert "/sign/" in text(officer, talk)


def test_a_proposal_waits_for_the_line(federation: Federation, officer: Browser) -> None:
    federation.cut(SUZHOU, HANGZHOU)
    federation.restart(SUZHOU)
    draft = begin(officer)
    assert lay(officer, draft).headers["location"] == INBOX
    assert "已经记下，连上后自动发出" in text(officer, INBOX)
    federation.mend()
    federation.settle()
    assert "等杭州答复" in text(officer, INBOX)


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
    officer.post(f"{page}suspend/", {"ground": "audit", "scope": "all"})
    federation.settle()
    assert f"{page}resume/" in text(officer, page)
    assert f"{page}resume/" not in text(other_officer, page)
    assert "本地没有中止什么" in text(other_officer, f"{page}resume/")
    assert officer.get(f"{page}resume/?scope=some").status_code == 422
    item = GRANTING.grants[0].items[0]
    assert "现在恢复" in text(officer, f"{page}resume/?scope=some&item={item}")
    officer.post(f"{page}resume/", {"scope": "some", "item": item})
    federation.settle()
    assert "部分中止" in text(other_officer, page)
    for _ in range(2):
        answer = officer.post(f"{page}resume/", {"scope": "all"})
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
        answer = officer.post(f"{page}terminate/", {"ground": "no_demand", "last_day": last})
        federation.settle()
    # The agreement ends anyway on that day by now.
    assert "协议本来就到" in answer.content.decode()
    state = next(
        each
        for each in federation[HANGZHOU].act().node.agreements_with(SUZHOU)
        if each.document == DIGEST
    )
    assert [str(line.last_day) for line in state.terminations] == [last]
