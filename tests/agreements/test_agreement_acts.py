"""What agreement officers do: offer, sign, suspend, cite; once, recorded, and at every partner."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.agreements.conftest import PASSWORD, agreement_officer
from tests.agreements.test_agreement_pages import AGREEMENT, DIGEST, ITEM, text
from tests.cities import Browser, Federation

from tongban.accounts.roles import Role
from tongban.agreements.files import size_mistake
from tongban.catalogue import load_instruments
from tongban.channels.messages import AGREEMENT_BYTES_MAX
from tongban.core.agreements.document import (
    Agreement,
    Document,
    document_bytes,
    document_digest,
)
from tongban.core.agreements.state import AgreementState
from tongban.core.entry import Actor, ActorKind
from tongban.testing.applications import HANGZHOU, SUZHOU

NEWER = replace(AGREEMENT, number="G60-2026-99", valid_from=date(2026, 1, 1))
NEWER_PAGE = f"/agreements/{document_digest(NEWER)}/"
INSTRUMENT = load_instruments()[0]
PROVEN = {"secret": PASSWORD}


def file_of(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("agreement.json", content, "application/json")


def form_of(document: Document) -> dict[str, str]:
    return {"text": document_bytes(document).decode()}


def state_at(federation: Federation, node: str, digest: str) -> AgreementState | None:
    partner = HANGZHOU if node == SUZHOU else SUZHOU
    states = federation[node].act().node.agreements_with(partner)
    return next((state for state in states if state.document == digest), None)


def offer(federation: Federation, officer: Browser) -> None:
    assert officer.post("/agreements/offer/", form_of(NEWER)).headers["location"] == NEWER_PAGE
    federation.settle()


def sign(officer: Browser, secret: str = PASSWORD) -> Any:
    return officer.post(f"{NEWER_PAGE}sign/", {"secret": secret})


def confirm(officer: Browser, secret: str = PASSWORD, page: str = "sign", **given: str) -> Any:
    return officer.post(f"{NEWER_PAGE}{page}/", {"secret": secret, "confirm": "1", **given})


def test_a_file_is_shown_before_it_is_offered(federation: Federation, officer: Browser) -> None:
    answer = officer.post("/agreements/offer/", {"file": file_of(document_bytes(NEWER))})
    page = answer.content.decode()
    assert "提交给其他缔约方" in page
    assert "系统照此执行" in page
    assert state_at(federation, SUZHOU, document_digest(NEWER)) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b'{"number": 1,\n}', "第 2 行第 1 个字符"),
        (b"[]", "最外层应该是一个对象"),
        ("号".encode("gbk"), "UTF-8"),
        (b"{}", "缺少字段“number”"),
        (b" " * 4_000_001 + b"{}", "超过 4 MB"),
    ],
)
def test_a_file_that_is_no_agreement_is_refused_in_words(
    officer: Browser, content: bytes, said: str
) -> None:
    answer = officer.post("/agreements/offer/", {"file": file_of(content)})
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"valid_until": "2020-01-01"}, "valid_until：最后一天在第一天之前"),
        ({"valid_until": "soon"}, "valid_until：不是日期"),
        ({"sign_by": "2999-01-01"}, "sign_by：签署截止日在最后一天之后"),
        ({"parties": []}, "parties：协议要有两个以上不同的缔约方"),
        ({"surprise": 1}, "surprise：没有这样的字段"),
        ({"consents": []}, "的实施机关没有同意开放"),
        ({"version": "one"}, "version：应该是 int，写的是 str"),
    ],
)
def test_a_mistake_names_its_field_and_what_to_mend(
    officer: Browser, changes: dict[str, object], said: str
) -> None:
    content = json.loads(document_bytes(NEWER)) | changes
    answer = officer.post("/agreements/offer/", {"file": file_of(json.dumps(content).encode())})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_an_agreement_with_a_stranger_or_of_others_is_not_offered(officer: Browser) -> None:
    ours, theirs = AGREEMENT.parties
    stranger = replace(theirs, node="nobody.example")
    others = replace(ours, node="elsewhere.example")
    for parties, said in (((ours, stranger), "还没有与"), ((others, stranger), "没有本地")):
        content = document_bytes(replace(NEWER, parties=parties, consents=(), clauses=()))
        answer = officer.post("/agreements/offer/", {"file": file_of(content)})
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_an_offer_reaches_the_partner_once(federation: Federation, officer: Browser) -> None:
    offer(federation, officer)
    offer(federation, officer)
    assert "没有重复办" in text(officer, NEWER_PAGE)
    state = state_at(federation, HANGZHOU, document_digest(NEWER))
    assert state is not None
    assert state.offered_by == SUZHOU


def test_both_sign_and_it_is_in_force(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    offer(federation, officer)
    assert "等苏州、杭州签署" in text(officer, NEWER_PAGE)
    for one in (officer, other_officer):
        assert sign(one).status_code == 302
        federation.settle()
    assert "生效中" in text(officer, NEWER_PAGE)
    assert "生效中" in text(other_officer, NEWER_PAGE)
    assert "苏州把签名送到杭州" in text(officer, NEWER_PAGE)
    assert "（agreement）" in text(officer, NEWER_PAGE)


def test_a_receipt_is_awaited_until_it_is_there(federation: Federation, officer: Browser) -> None:
    federation.cut(SUZHOU, HANGZHOU)
    officer.post("/agreements/offer/", form_of(NEWER))
    assert "等对方回执" in text(officer, NEWER_PAGE)
    federation.mend()
    federation.settle()
    assert "等对方回执" not in text(officer, NEWER_PAGE)


def test_what_is_done_while_the_line_is_closed_waits_and_is_done_once(
    federation: Federation, officer: Browser
) -> None:
    federation.cut(SUZHOU, HANGZHOU)
    federation.restart(SUZHOU)
    for _ in range(2):
        officer.post("/agreements/offer/", form_of(NEWER))
        sign(officer)
    assert "还没有送出，等线路恢复" in text(officer, "/agreements/")
    assert "本地已经签署过" in text(officer, f"{NEWER_PAGE}sign/")
    federation.mend()
    federation.settle()
    state = state_at(federation, HANGZHOU, document_digest(NEWER))
    assert state is not None
    assert [line.party for line in state.signatures] == [SUZHOU]


def test_a_wrong_password_signs_nothing(federation: Federation, officer: Browser) -> None:
    offer(federation, officer)
    answer = sign(officer, "not it")
    assert answer.status_code == 422
    assert "什么也没有做" in answer.content.decode()
    state = state_at(federation, SUZHOU, document_digest(NEWER))
    assert state is not None
    assert state.signatures == ()


def test_who_keeps_guessing_is_stopped(federation: Federation, officer: Browser) -> None:
    offer(federation, officer)
    for _ in range(20):
        sign(officer, "a guess")
    assert sign(officer).status_code == 422


def test_who_has_neither_password_nor_second_factor_is_told_what_to_do(
    federation: Federation,
) -> None:
    city = federation[SUZHOU]
    officer = city.browser(agreement_officer(city, password=""))
    offer(federation, officer)
    assert "设置口令" in text(officer, f"{NEWER_PAGE}sign/")
    assert sign(officer, "").status_code == 422


def test_where_two_have_to_confirm_nobody_signs_before(
    federation: Federation, officer: Browser
) -> None:
    offer(federation, officer)
    object.__setattr__(federation[SUZHOU].node.kernel, "four_eyes", True)
    assert "还要 2 人确认" in text(officer, f"{NEWER_PAGE}sign/")
    assert confirm(officer, "a guess").status_code == 422
    assert "还要 2 人确认" in text(officer, f"{NEWER_PAGE}sign/")
    for _ in range(2):
        confirm(officer)
    assert "您已经确认" in text(officer, f"{NEWER_PAGE}sign/")
    sign(officer)
    colleague = federation[SUZHOU].person("second", Role.AGREEMENT_OFFICER)
    colleague.set_password(PASSWORD)
    colleague.save()
    confirm(federation[SUZHOU].browser(colleague))
    sign(officer)
    state = state_at(federation, SUZHOU, document_digest(NEWER))
    assert state is not None
    assert len(state.signatures) == 1


def test_outside_a_demonstration_a_password_signs_nothing(
    federation: Federation, officer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(federation, officer)
    assert "只有演示站可以用口令" in text(officer, f"{NEWER_PAGE}sign/")
    monkeypatch.setattr(settings, "TONGBAN_DEMO", False)
    assert "口令不算第二因素" in text(officer, f"{NEWER_PAGE}sign/")
    assert sign(officer).status_code == 422
    state = state_at(federation, SUZHOU, document_digest(NEWER))
    assert state is not None
    assert state.signatures == ()


def test_a_paper_that_names_a_colleague_opens_nothing(
    federation: Federation, officer: Browser
) -> None:
    offer(federation, officer)
    signers = federation[SUZHOU].act().node.signers
    (paper,) = signers.authorisations()
    colleague = federation[SUZHOU].person("second", Role.AGREEMENT_OFFICER)
    signers.record(replace(paper, holder=colleague.number), actor=Actor(kind=ActorKind.SYSTEM))
    assert "也没有登记您可以签这类协议的授权委托书" in text(officer, f"{NEWER_PAGE}sign/")
    sign(officer)
    state = state_at(federation, SUZHOU, document_digest(NEWER))
    assert state is not None
    assert state.signatures == ()


def test_whose_office_holds_no_paper_is_told_so(federation: Federation, officer: Browser) -> None:
    offer(federation, officer)
    signers = federation[SUZHOU].act().node.signers
    signers.revoke("WT-1", actor=Actor(kind=ActorKind.SYSTEM))
    assert "也没有登记您可以签这类协议的授权委托书" in text(officer, f"{NEWER_PAGE}sign/")


def test_the_legal_representative_signs_by_office_without_a_paper(
    federation: Federation, officer: Browser
) -> None:
    offer(federation, officer)
    person = federation[SUZHOU].person("head", Role.LEGAL_REPRESENTATIVE)
    person.set_password(PASSWORD)
    person.save()
    head = federation[SUZHOU].browser(person)
    page = text(head, NEWER_PAGE)
    assert f"{NEWER_PAGE}sign/" in page
    assert f"{NEWER_PAGE}amend/" not in page
    assert head.get(f"{NEWER_PAGE}suspend/").status_code == 404
    assert "授权委托书" not in text(head, f"{NEWER_PAGE}sign/")
    sign(head)
    state = state_at(federation, SUZHOU, document_digest(NEWER))
    assert state is not None
    assert [signature.party for signature in state.signatures] == [SUZHOU]


def test_signing_twice_signs_once(federation: Federation, officer: Browser) -> None:
    offer(federation, officer)
    sign(officer)
    sign(officer)
    state = state_at(federation, SUZHOU, document_digest(NEWER))
    assert state is not None
    assert len(state.signatures) == 1
    assert "没有重复办" in text(officer, NEWER_PAGE)


def test_a_suspension_shows_whom_it_affects_before_it_is_done(officer: Browser) -> None:
    asked = f"/agreements/{DIGEST}/suspend/?ground=audit&scope=some&item={ITEM}"
    page = text(officer, asked)
    assert "会影响谁" in page
    assert "等待审计或者检查" in page
    assert "现在中止" in page


@pytest.mark.parametrize("given", ["?ground=whim&scope=all", "?ground=audit", "?scope=some"])
def test_a_suspension_needs_a_ground_and_a_scope(officer: Browser, given: str) -> None:
    answer = officer.get(f"/agreements/{DIGEST}/suspend/{given}")
    assert answer.status_code == 422


def test_a_suspension_of_one_item_stops_it_at_both_and_is_done_once(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    given = PROVEN | {"ground": "audit", "scope": "some", "item": ITEM}
    for _ in range(2):
        officer.post(f"/agreements/{DIGEST}/suspend/", given)
    federation.settle()
    for one in (officer, other_officer):
        page = text(one, f"/agreements/{DIGEST}/")
        assert "部分中止 1 项：苏州" in page
        assert "等待审计或者检查" in page
    state = state_at(federation, HANGZHOU, DIGEST)
    assert state is not None
    assert len(state.suspensions) == 1
    assert "有一方已经中止" in text(
        officer, f"/agreements/explain/?item={ITEM}&partner={HANGZHOU}&mode=delegated_intake"
    )


def test_a_suspension_of_all_stops_all(federation: Federation, officer: Browser) -> None:
    officer.post(f"/agreements/{DIGEST}/suspend/", PROVEN | {"ground": "audit", "scope": "all"})
    federation.settle()
    page = text(officer, f"/agreements/{DIGEST}/")
    assert "全部中止：苏州" in page
    assert "全部事项" in page
    assert f"{DIGEST}/suspend/" not in page


def test_an_instrument_is_cited_from_a_file_and_counts_for_both(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    given = {"file": file_of(document_bytes(INSTRUMENT)), "partner": HANGZHOU}
    assert "与谁之间" in officer.post("/agreements/instruments/cite/", given).content.decode()
    cited = form_of(INSTRUMENT) | {"partner": HANGZHOU}
    for _ in range(2):
        assert officer.post("/agreements/instruments/cite/", cited).status_code == 302
    federation.settle()
    for one in (officer, other_officer):
        page = text(one, "/agreements/instruments/")
        assert INSTRUMENT.title.zh in page
        assert "生效中" in page
    assert "苏州引用" in text(officer, f"/agreements/{document_digest(INSTRUMENT)}/")
    assert text(officer, "/agreements/matrix/")


def test_an_agreement_is_no_instrument(officer: Browser) -> None:
    page = "/agreements/instruments/cite/"
    answer = officer.post(page, {"document": DIGEST, "partner": HANGZHOU})
    assert answer.status_code == 422
    assert "这是协议" in answer.content.decode()
    answer = officer.post(page, form_of(INSTRUMENT))
    assert answer.status_code == 422
    assert "请选与谁之间引用" in answer.content.decode()


def test_an_instrument_is_neither_signed_nor_suspended(
    federation: Federation, officer: Browser
) -> None:
    officer.post("/agreements/instruments/cite/", form_of(INSTRUMENT) | {"partner": HANGZHOU})
    federation.settle()
    page = f"/agreements/{document_digest(INSTRUMENT)}/"
    assert officer.get(f"{page}sign/").status_code == 404
    assert officer.get(f"{page}suspend/").status_code == 404
    assert isinstance(federation[SUZHOU].node.document(DIGEST), Agreement)


def test_a_text_that_takes_the_place_of_another_leads_to_it(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    newer = replace(NEWER, version=2, supersedes=DIGEST)
    page = f"/agreements/{document_digest(newer)}/"
    officer.post("/agreements/offer/", form_of(newer))
    federation.settle()
    assert f"/agreements/{DIGEST}/" in text(officer, page)
    for one in (officer, other_officer):
        one.post(f"{page}sign/", {"secret": PASSWORD})
        federation.settle()
    assert "协议已经由新的文本替代" in text(officer, f"/agreements/{DIGEST}/")
    assert "生效中" in text(officer, page)


@pytest.mark.parametrize("broken", [{"depositary": "nobody"}, {"supersedes": "the last one"}])
def test_what_an_agreement_says_in_fields_is_checked_in_words(
    officer: Browser, broken: dict[str, object]
) -> None:
    content = json.loads(document_bytes(NEWER)) | broken
    answer = officer.post("/agreements/offer/", {"file": file_of(json.dumps(content).encode())})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "不是缔约方" in page or "不是文件指纹" in page


def grown(size: int) -> Agreement:
    """The text with so many bytes more."""
    first, *others = NEWER.clauses
    words = replace(first.text, zh=first.text.zh + "字" * (size // 3))
    return replace(NEWER, clauses=(replace(first, text=words), *others))


def test_a_text_of_two_megabytes_goes_from_page_to_page(
    federation: Federation, officer: Browser
) -> None:
    large = grown(2_000_000)
    shown = officer.post("/agreements/offer/", {"file": file_of(document_bytes(large))})
    assert shown.status_code == 200
    officer.post("/agreements/offer/", {"text": document_bytes(large).decode()})
    assert state_at(federation, SUZHOU, document_digest(large)) is not None


def test_a_text_that_grew_too_large_is_told_so(federation: Federation) -> None:
    federation[SUZHOU].act()
    assert size_mistake(NEWER) is None
    mistake = size_mistake(grown(AGREEMENT_BYTES_MAX))
    assert mistake is not None
    assert "超过 4 MB" in mistake.words
