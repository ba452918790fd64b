"""收件: what a counter takes in, what it does not, and what survives."""

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cities import AGREEMENT_OFFICER
from tests.workbench.counters import (
    ANSWERS,
    CERTIFICATE,
    Desks,
    at,
    begin,
    clerk_of,
    fill_in,
    papers_of,
    scan,
    take_in,
    text_of,
)

from tongban.catalogue import load_agreements
from tongban.core.agreements.commands import Suspend
from tongban.core.agreements.document import document_digest
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.cases.process import Power
from tongban.core.refusal import Refusal
from tongban.testing.applications import HANGZHOU, SUZHOU
from tongban.workbench.missing_powers import missing_power
from tongban.workbench.models import CounterDraft, CounterFile


def suspend(desks: Desks, by: str = HANGZHOU) -> None:
    """One side stops the agreement at once."""
    agreement = next(a for a in load_agreements() if a.nodes == {SUZHOU, HANGZHOU})
    command = Suspend(document=document_digest(agreement), actor=AGREEMENT_OFFICER, ground="audit")
    partner = SUZHOU if by == HANGZHOU else HANGZHOU
    node = desks.federation[by].node
    assert not isinstance(node.execute(command, partner=partner), Refusal)


def kept(desks: Desks, token: str) -> CounterDraft:
    desks.suzhou.act()
    return CounterDraft.objects.get(token=token)


def test_only_what_other_cities_let_a_counter_take_in_is_offered(desks: Desks) -> None:
    for asked in ({}, {"city": "all"}):
        text = text_of(desks.clerk.get(at("choose_item"), asked))
        assert "出具贷款职工住房公积金缴存使用证明" in text
        assert "食品经营许可（新办）" not in text


def test_an_item_is_found_in_plain_words(desks: Desks) -> None:
    asked = {"city": "330100", "q": "无犯罪证明"}
    assert "开具无犯罪记录证明" in text_of(desks.clerk.get(at("choose_item"), asked))


def test_an_item_for_another_act_is_said_to_be_one(desks: Desks) -> None:
    asked = {"city": "all", "q": "营业执照丢了"}
    assert "不是同一件事" in text_of(desks.clerk.get(at("choose_item"), asked))


def test_items_of_a_province_are_those_of_its_cities(desks: Desks) -> None:
    text = text_of(desks.clerk.get(at("choose_item"), {"city": "all", "q": "浙江的无犯罪证明"}))
    assert "开具无犯罪记录证明" in text


def test_without_a_basis_nothing_is_begun_and_the_direct_way_is_shown(desks: Desks) -> None:
    suspend(desks)
    desks.settle()
    answer = desks.clerk.post(at("begin_intake", CERTIFICATE.code))
    assert answer.status_code == 409
    assert CERTIFICATE.direct_way.phone in text_of(answer)
    # The power is granted and merely stopped: nothing is lacking that could be reported.
    assert "上报缺这项权限" not in text_of(answer)
    assert not CounterDraft.objects.exists()


def test_the_power_of_the_act_is_what_is_missing_unless_only_another_lacks(desks: Desks) -> None:
    desks.suzhou.act()
    refusal = refuse(AgreementGround.POWER_NOT_GRANTED)
    found = missing_power(refusal, CERTIFICATE, Power.DELIVER)
    assert found is not None
    assert found.words == "代为一次性告知"
    lacking = missing_power(refusal, CERTIFICATE, Power.REVIEW)
    assert lacking is not None
    assert lacking.power is Power.REVIEW
    assert missing_power(refuse(AgreementGround.SUSPENDED), CERTIFICATE, Power.RECEIVE) is None
    desks.hangzhou.act()
    assert missing_power(refusal, CERTIFICATE, Power.RECEIVE) is None


def test_the_clause_that_lets_the_counter_act_is_shown_in_words(desks: Desks) -> None:
    page = text_of(desks.clerk.get(at("intake", begin(desks.clerk))))
    assert "协议 v1 §2.1" in page
    assert "杭州授权苏州的跨省通办窗口收件、核验原件并送达结果" in page


def test_everything_missing_is_said_at_once_and_what_was_typed_is_kept(desks: Desks) -> None:
    token = begin(desks.clerk)
    answer = desks.clerk.post(at("intake", token), {"applicant_name": "沈若水"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'value="沈若水"' in page
    for words in ("请先核对人", "请回答：手机号码", "居民身份证：必须交", "请选送达方式"):
        assert words in page


def test_a_draft_is_put_aside_and_found_again(desks: Desks) -> None:
    token = begin(desks.clerk)
    half = {"save": "1", "applicant_name": "沈若水", "form-identity_card": "original_seen"}
    saved = desks.clerk.post(at("intake", token), {**half, "scan-identity_card": scan()})
    assert saved.status_code == 302
    assert "沈**" in text_of(desks.clerk.get(at("counter")))
    page = text_of(desks.clerk.get(at("intake", token)))
    assert 'value="沈若水"' in page
    assert "扫描件.png" in page


def test_another_clerks_draft_does_not_exist(desks: Desks) -> None:
    token = begin(desks.clerk)
    other = desks.suzhou.browser(clerk_of(desks.suzhou, "another"))
    for name in ("intake", "check_intake"):
        assert other.get(at(name, token)).status_code == 404
    assert other.post(at("take_in", token)).status_code == 404


def test_a_file_that_is_too_large_is_refused_in_words_and_the_rest_kept(desks: Desks) -> None:
    token = begin(desks.clerk)
    large = SimpleUploadedFile("合同.jpg", b"\xff\xd8\xff" + bytes(21_000_000), "image/jpeg")
    answer = fill_in(desks.clerk, token, **{"scan-purchase_contract": large})
    assert answer.status_code == 422
    assert "照片超过 20 MB" in text_of(answer)
    assert kept(desks, token).files.get(material="identity_card").size > 0


def test_an_original_that_was_not_seen_is_asked_for(desks: Desks) -> None:
    token = begin(desks.clerk)
    answer = fill_in(desks.clerk, token, **{"form-identity_card": "copy"})
    assert answer.status_code == 422
    assert "居民身份证：这一项必须核验原件" in text_of(answer)


def test_a_picture_travels_smaller_than_a_body_may_be(desks: Desks) -> None:
    token = begin(desks.clerk)
    fill_in(desks.clerk, token)
    desks.suzhou.act()
    files = CounterFile.objects.filter(draft_id=token)
    assert {file.media for file in files} == {"image/jpeg"}
    assert all(file.content.startswith(b"\xff\xd8\xff") for file in files)


def test_pressing_twice_takes_in_once(desks: Desks) -> None:
    token = begin(desks.clerk)
    fill_in(desks.clerk, token)
    first = desks.clerk.post(at("take_in", token))
    second = desks.clerk.post(at("take_in", token))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(desks.suzhou.node.cases()) == 1


def test_going_back_to_what_was_taken_in_leads_to_its_receipt(desks: Desks) -> None:
    token = begin(desks.clerk)
    fill_in(desks.clerk, token)
    receipt = desks.clerk.post(at("take_in", token)).headers["Location"]
    for name in ("intake", "check_intake"):
        assert desks.clerk.get(at(name, token)).headers["Location"] == receipt
    assert desks.clerk.post(at("discard_intake", token)).headers["Location"] == receipt


def test_a_refusal_at_the_last_moment_leaves_the_draft_and_nothing_else(desks: Desks) -> None:
    token = begin(desks.clerk)
    fill_in(desks.clerk, token)
    suspend(desks)
    desks.settle()
    answer = desks.clerk.post(at("take_in", token))
    assert answer.status_code == 409
    assert "草稿还在" in text_of(answer)
    assert desks.suzhou.node.cases() == []
    assert kept(desks, token).files.count() == len(papers_of(CERTIFICATE)) // 2


def test_once_it_is_taken_in_the_papers_are_with_the_case_alone(desks: Desks) -> None:
    take_in(desks.clerk)
    desks.suzhou.act()
    (draft,) = CounterDraft.objects.all()
    assert (draft.answers, draft.files.count()) == ("{}", 0)


def test_what_is_posted_needs_an_address_which_goes_with_the_case(desks: Desks) -> None:
    token = begin(desks.clerk)
    answer = fill_in(desks.clerk, token, delivery="post")
    assert "邮寄要写收件地址" in text_of(answer)
    address = {f"recipient-{name}": "演示" for name in ("name", "phone", "address")}
    case = take_in(desks.clerk, delivery="post", **address)
    page = desks.clerk.get(at("document", case, "recipient"))
    assert "收件地址" in text_of(page)


def test_the_receipt_says_what_happens_next_and_no_full_name(desks: Desks) -> None:
    page = text_of(desks.clerk.get(at("receipt", take_in(desks.clerk))))
    assert "收件不等于受理" in page
    assert "data:image/svg+xml" in page
    assert CERTIFICATE.direct_way.phone in page
    assert "沈**" in page
    assert ANSWERS["applicant_name"] not in page
    assert ANSWERS["resident_number"] not in page


def test_a_line_that_is_down_does_not_stop_the_counter(desks: Desks) -> None:
    desks.federation.cut(SUZHOU, HANGZHOU)
    desks.federation.restart(SUZHOU)
    desks.federation.republish()
    case = take_in(desks.clerk)
    assert "对方的系统暂时没有回应" in text_of(desks.clerk.get(at("receipt", case)))
    assert "等待线路" in text_of(desks.clerk.get(at("counter")))
    desks.federation.mend()
    desks.settle()
    state = desks.hangzhou.node.case_state(case)
    assert state is not None
    assert state.holder == HANGZHOU


def test_a_draft_that_nobody_needs_is_thrown_away(desks: Desks) -> None:
    token = begin(desks.clerk)
    assert desks.clerk.post(at("discard_intake", token)).status_code == 302
    desks.suzhou.act()
    assert not CounterDraft.objects.exists()


def test_what_came_back_is_explained_and_can_be_sent_again(desks: Desks) -> None:
    suspend(desks)
    case = take_in(desks.clerk)
    desks.settle()
    page = text_of(desks.clerk.get(at("counter_case", case)))
    assert "对方没有接收，退回来了" in page
    assert "还没有发到有权机关" in page
    assert desks.clerk.post(at("send_again", case)).status_code == 409
    state = desks.suzhou.node.case_state(case)
    assert state is not None
    assert state.holder == SUZHOU
