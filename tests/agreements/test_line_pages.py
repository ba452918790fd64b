"""What a clause says in fields is written in the browser, line by line, as core's rules want it."""

from typing import Any

import pytest
from django.http import QueryDict
from tests.agreement_text.examples import EXAMPLE
from tests.agreements.talking import CLAUSE, begin, revision
from tests.agreements.test_agreement_pages import AGREEMENT, text
from tests.cities import Browser

from tongban.agreements.negotiations.drafts import draft_or_404
from tongban.agreements.negotiations.forms.line import line_form, read_line
from tongban.agreements.negotiations.forms.line_kinds import LINE_KINDS
from tongban.core.agreements.document import Agreement
from tongban.core.words import Words
from tongban.testing.applications import HANGZHOU, SUZHOU

LIAISON = {"node": SUZHOU, "office_zh": "联络处", "office_en": "", "phone": "0512-12345"}
WINDOW = {
    "node": HANGZHOU,
    "name_zh": "跨省通办窗口",
    "address_zh": "示例路 1 号",
    "functions": "收件岗 | 收件、核对原件 | Intake\n送达岗｜送达",
}
TRANSPORT = {
    "sender": SUZHOU,
    "receiver": HANGZHOU,
    "papers": ["application", "archive"],
    "carrier": "post",
    "payer": "sender",
}
MONEY = {
    "payer": SUZHOU,
    "payee": HANGZHOU,
    "per": "case",
    "amount_fen": "12.5",
    "purpose_zh": "邮费",
}
REVIEW = {"party": SUZHOU, "office_zh": "司法局", "number": "F-1", "reviewed_on": "2024-12-01"}
DUTY = {"party": SUZHOU, "where_zh": "政府网站", "publish_by": "2024-12-20"}


@pytest.fixture
def draft(officer: Browser) -> str:
    return begin(officer)


def at(draft: str, field: str, place: int = 0) -> str:
    head = "" if LINE_KINDS[field].of_head else f"clauses/{CLAUSE.number}/"
    return f"{draft}{head}lines/{field}/{place}/"


def send(officer: Browser, draft: str, field: str, line: dict[str, Any], place: int = 0) -> Any:
    seen = {"revision": revision(officer, draft)}
    return officer.post(at(draft, field, place), line | seen)


def kept(officer: Browser, draft: str) -> Agreement:
    officer.city.act()
    return draft_or_404(draft.split("/")[-3]).agreement


def lines(officer: Browser, draft: str, field: str) -> tuple[Any, ...]:
    agreement = kept(officer, draft)
    owner = agreement if LINE_KINDS[field].of_head else agreement.clause(CLAUSE.number)
    found: tuple[Any, ...] = getattr(owner, field)
    return found


@pytest.mark.parametrize("field", LINE_KINDS)
def test_every_kind_has_a_page_in_both_languages(officer: Browser, draft: str, field: str) -> None:
    assert LINE_KINDS[field].words() in text(officer, at(draft, field))
    officer.cookies["django_language"] = "en"
    assert text(officer, at(draft, field))


def test_every_line_of_the_example_goes_through_its_form_unchanged() -> None:
    owners = (EXAMPLE, *EXAMPLE.clauses)
    found = [
        (field, line)
        for field in LINE_KINDS
        for owner in owners
        for line in getattr(owner, field, ())
    ]
    assert {field for field, _ in found} >= {"windows", "transports", "reviews", "data"}
    for field, line in found:
        assert line_form(field, line, EXAMPLE).applied() == line


def test_a_liaison_office_is_added_changed_and_left_out(officer: Browser, draft: str) -> None:
    assert send(officer, draft, "liaison", LIAISON).status_code == 302
    (line,) = lines(officer, draft, "liaison")
    assert line.office == Words(zh="联络处", en="联络处")
    page = text(officer, f"{draft}clauses/{CLAUSE.number}/")
    assert "苏州 · 联络处 · 0512-12345" in page
    assert 'value="0512-12345"' in text(officer, at(draft, "liaison", 1))
    send(officer, draft, "liaison", LIAISON | {"phone": "12345"}, place=1)
    assert [each.phone for each in lines(officer, draft, "liaison")] == ["12345"]
    officer.post(f"{at(draft, 'liaison', 1)}remove/", {"revision": revision(officer, draft)})
    assert lines(officer, draft, "liaison") == ()


def test_windows_transport_and_money_are_read(officer: Browser, draft: str) -> None:
    for field, line in (("windows", WINDOW), ("transports", TRANSPORT), ("compensation", MONEY)):
        assert send(officer, draft, field, line).status_code == 302
    (window,) = lines(officer, draft, "windows")
    assert [post.name for post in window.functions] == [
        Words(zh="收件岗", en="Intake"),
        Words(zh="送达岗", en="送达岗"),
    ]
    (transport,) = lines(officer, draft, "transports")
    assert transport.papers == ("application", "archive")
    (money,) = lines(officer, draft, "compensation")
    assert money.amount_fen == 1250
    assert "专窗和岗位" in text(officer, draft)


def test_what_comes_before_the_effect_is_written_on_the_draft(officer: Browser, draft: str) -> None:
    assert send(officer, draft, "reviews", REVIEW).status_code == 302
    assert send(officer, draft, "publications", DUTY).status_code == 302
    page = text(officer, draft)
    assert "苏州 · 政府网站" in page
    assert "F-1" in page
    assert kept(officer, draft).publications[0].party == SUZHOU


@pytest.mark.parametrize(
    ("field", "line", "said"),
    [
        ("liaison", LIAISON | {"node": "x.example"}, "请选一个缔约方"),
        ("liaison", LIAISON | {"phone": ""}, "请写电话"),
        ("windows", WINDOW | {"functions": "收件岗"}, "每个岗位都写职责"),
        ("transports", TRANSPORT | {"receiver": SUZHOU}, "两个不同的缔约方"),
        ("transports", TRANSPORT | {"papers": []}, "请至少选一项"),
        ("transports", TRANSPORT | {"carrier": "pigeon"}, "请选一项"),
        ("compensation", MONEY | {"amount_fen": "0"}, "大于零的金额"),
        ("compensation", MONEY | {"payee": SUZHOU}, "两个不同的缔约方"),
        ("disputes", {"body_zh": "省政务办", "working_days": ""}, "1 到 99999 的整数"),
        ("security", {"duty_zh": "保密"}, "请至少选一个缔约方"),
        (
            "standards",
            {"basic_code": "12", "title_zh": "标准", "version": "1"},
            "不是 12 位的基本编码",
        ),
        ("publications", DUTY | {"publish_by": "2999-01-01"}, "公布要在生效以前"),
        ("publications", DUTY | {"publish_by": "soon"}, "请写日期"),
        ("reviews", REVIEW | {"reviewed_on": "2999-01-01"}, "审核要在生效以前"),
    ],
)
def test_a_line_that_does_not_fit_is_sent_back_in_words(
    officer: Browser, draft: str, field: str, line: dict[str, Any], said: str
) -> None:
    answer = send(officer, draft, field, line)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert lines(officer, draft, field) == ()


def test_a_party_publishes_once(officer: Browser, draft: str) -> None:
    send(officer, draft, "publications", DUTY)
    answer = send(officer, draft, "publications", DUTY | {"where_zh": "公报"})
    assert "这一方写了两次" in answer.content.decode()
    assert send(officer, draft, "publications", DUTY | {"where_zh": "公报"}, 1).status_code == 302


def test_two_officers_do_not_write_over_each_other(officer: Browser, draft: str) -> None:
    seen = {"revision": revision(officer, draft)}
    send(officer, draft, "liaison", LIAISON)
    answer = officer.post(at(draft, "liaison"), LIAISON | seen)
    assert answer.status_code == 409
    assert "同事改过这份草稿" in answer.content.decode()
    assert len(lines(officer, draft, "liaison")) == 1


def test_what_is_no_kind_or_no_line_is_not_found(officer: Browser, draft: str) -> None:
    for address in (
        f"{draft}lines/liaison/0/",
        f"{draft}clauses/{CLAUSE.number}/lines/publications/0/",
        f"{draft}clauses/{CLAUSE.number}/lines/grants/0/",
        f"{draft}clauses/none/lines/liaison/0/",
        at(draft, "liaison", 7),
    ):
        assert officer.get(address).status_code == 404


def test_an_indicator_above_all_is_refused_by_the_rules_of_documents() -> None:
    given = QueryDict(
        "name_zh=满意率&bound=at_least&threshold=101&unit=percent&period=year", encoding="utf-8"
    )
    form = read_line("indicators", given, AGREEMENT)
    assert [error.anchor for error in form.errors(())] == ["threshold"]
