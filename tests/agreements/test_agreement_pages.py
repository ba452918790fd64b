"""What agreement officers read: register, one agreement, matrix, calendar, explanation."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.agreement_text.examples import EXAMPLE
from tests.cities import Browser, Federation

from tongban.catalogue import load_agreements
from tongban.core.agreements.document import document_bytes, document_digest
from tongban.core.agreements.provisions import SecurityDuty
from tongban.core.words import Words
from tongban.testing.applications import HANGZHOU, SUZHOU

AGREEMENT = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
DIGEST = document_digest(AGREEMENT)
ITEM = AGREEMENT.clauses[1].grants[0].items[0]
EXPLAIN = f"/agreements/explain/?item={ITEM}&partner={HANGZHOU}"
PAGES = [
    "/agreements/",
    f"/agreements/{DIGEST}/",
    "/agreements/matrix/",
    "/agreements/calendar/",
    "/agreements/instruments/",
    "/agreements/explain/",
    EXPLAIN,
]


def text(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def pass_until(federation: Federation, days_before_the_end: int) -> None:
    now = federation[SUZHOU].node.kernel.clock.now()
    last = AGREEMENT.valid_until - timedelta(days=days_before_the_end)
    federation.memory.clock.pass_days((last - now.date()).days)


def test_the_desk_of_an_agreement_officer_is_the_register(officer: Browser) -> None:
    assert officer.get("/desk/").headers["location"] == "/agreements/"


@pytest.mark.parametrize("path", PAGES)
def test_the_joint_office_reads_every_page_in_both_languages(
    joint_officer: Browser, path: str
) -> None:
    assert text(joint_officer, path)
    joint_officer.cookies["django_language"] = "en"
    assert text(joint_officer, path)


@pytest.mark.parametrize("path", ["offer/", "instruments/cite/", f"{DIGEST}/sign/"])
def test_the_joint_office_does_nothing(joint_officer: Browser, path: str) -> None:
    assert joint_officer.get(f"/agreements/{path}").status_code == 404


def test_the_register_says_number_version_parties_state_and_days(officer: Browser) -> None:
    page = text(officer, "/agreements/")
    for said in (AGREEMENT.number, "第 1 版", "苏州、杭州", "生效中", "还有"):
        assert said in page


def test_a_page_says_which_clauses_the_system_enforces(officer: Browser) -> None:
    page = text(officer, f"/agreements/{DIGEST}/")
    enforced = sum(clause.enforced for clause in AGREEMENT.clauses)
    assert page.count("系统照此执行") == enforced
    assert page.count("人与人的约定，系统不执行") == len(AGREEMENT.clauses) - enforced
    assert AGREEMENT.clauses[0].text.zh in page


def test_a_page_has_the_grants_of_each_direction_and_both_signatures(officer: Browser) -> None:
    page = text(officer, f"/agreements/{DIGEST}/")
    assert "苏州以杭州的名义办" in page
    assert ITEM in page
    assert "还没有签署" not in page
    assert "0 件按这份文本办理" in page


def test_a_document_that_stands_with_nobody_does_not_exist(officer: Browser) -> None:
    assert officer.get(f"/agreements/sha256:{'0' * 64}/").status_code == 404


def test_the_matrix_says_which_powers_are_granted_under_which_clause(officer: Browser) -> None:
    page = text(officer, f"/agreements/matrix/?q={ITEM}&way=here")
    assert "苏州以杭州的名义办" in page
    assert "●" in page
    assert "§2.1" in page
    assert "杭州以苏州的名义办" not in page


@pytest.mark.parametrize(
    ("narrowed", "rows"),
    [("q=nothing-like-it", False), ("state=stopped", False), ("state=granted", True)],
)
def test_the_matrix_is_narrowed(officer: Browser, narrowed: str, rows: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert ("没有这样的授权" not in text(officer, f"/agreements/matrix/?{narrowed}")) is rows


def test_an_explanation_names_the_clause_what_is_lacking_and_the_direct_way(
    officer: Browser,
) -> None:
    page = text(officer, EXPLAIN)
    assert f"{AGREEMENT.number} v1 §2.1" in page
    assert "需要一条条款：杭州授权苏州" in page
    assert "申请人自己的路，什么也关不上" in page


def test_an_item_is_found_by_its_name(federation: Federation, officer: Browser) -> None:
    name = federation[SUZHOU].node.item(ITEM).name.zh
    page = text(officer, f"/agreements/explain/?item={name[:4]}&partner={HANGZHOU}")
    assert "是哪一个事项" in page
    assert ITEM in page


def test_an_explanation_without_item_and_partner_says_what_is_missing(officer: Browser) -> None:
    answer = officer.get("/agreements/explain/?item=&partner=nobody.example")
    assert answer.status_code == 422
    assert "请写事项的名称或者编码" in answer.content.decode()
    assert "请选与哪个地方之间" in answer.content.decode()


def test_a_code_that_nobody_published_is_explained_too(officer: Browser) -> None:
    code = ITEM[:-3] + "999"
    page = text(officer, f"/agreements/explain/?item={code}&partner={HANGZHOU}")
    assert "这里没有这个编码的事项" in page
    assert "任何人都可以直接向有权机关申请" in page


def test_the_calendar_has_the_days_of_the_three_warnings(officer: Browser) -> None:
    page = text(officer, "/agreements/calendar/")
    for days in (90, 30, 7):
        day = AGREEMENT.valid_until - timedelta(days=days)
        assert f"提前 {days} 天，{day}" in page


def test_a_warning_is_a_task_until_somebody_has_seen_to_it(
    federation: Federation, officer: Browser
) -> None:
    pass_until(federation, 20)
    assert "还有 20 天到期" in text(officer, "/agreements/")
    noted = {"document": DIGEST, "warning": "30"}
    for _ in range(2):
        assert officer.post("/agreements/noted/", noted).status_code == 302
    assert "还有 20 天到期" not in text(officer, "/agreements/")
    pass_until(federation, 6)
    assert "还有 6 天到期" in text(officer, "/agreements/")


def test_an_expired_agreement_says_so_everywhere(federation: Federation, officer: Browser) -> None:
    pass_until(federation, -2)
    assert "到期" in text(officer, "/agreements/")
    assert "◐" in text(officer, "/agreements/matrix/?state=stopped")
    page = text(officer, EXPLAIN)
    assert "协议已经到期" in page
    assert "有条款，现在停着" in page


def test_every_field_of_a_clause_is_listed_under_it(
    federation: Federation, officer: Browser
) -> None:
    first, *rest = AGREEMENT.clauses
    lines: dict[str, Any] = {field: lines_of(field) for field in FIELDS}
    duty = Words(zh="不得外传。", en="Nothing is passed on.")
    lines["security"] = (SecurityDuty(nodes=(SUZHOU,), duty=duty),)
    full = replace(AGREEMENT, number="G60-2026-98", clauses=(replace(first, **lines), *rest))
    officer.post("/agreements/offer/", {"text": document_bytes(full).decode()})
    federation.settle()
    page = text(officer, f"/agreements/{document_digest(full)}/")
    for caption in ("材料流转", "专窗和岗位", "统一材料标准", "数据和证照清单", "安全责任"):
        assert caption in page
    for caption in ("责任划分", "考核指标", "补偿", "争议处理的层级", "提前通知"):
        assert caption in page


FIELDS = (
    *("transports", "windows", "standards", "data"),
    *("liability", "indicators", "compensation", "disputes", "notices"),
)


def lines_of(field: str) -> tuple[Any, ...]:
    """What the example says under this field of just these two."""
    every = (line for clause in EXAMPLE.clauses for line in getattr(clause, field))
    nodes = EXAMPLE.nodes - AGREEMENT.nodes
    return tuple(line for line in every if not any(node in str(line) for node in nodes))


def test_many_links_fold_away_on_a_phone_and_few_do_not(
    federation: Federation, officer: Browser
) -> None:
    page = text(officer, "/agreements/")
    # The list stands once: a closed menu before it hides it where there is little room.
    assert page.count('<details class="tb-menu">') == 1
    assert page.count('href="/agreements/matrix/"') == 1
    assert "tb-menu" not in text(federation[SUZHOU].browser(), "/")
