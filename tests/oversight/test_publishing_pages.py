"""Lists and advice that an officer writes in the browser, looks at once more, and publishes."""

import re
from typing import Any

import pytest
from tests.cities import Browser, Federation
from tests.oversight.conftest import tell
from tests.oversight.test_mandate_pages import text
from tests.workbench.counters import CERTIFICATE

from tongban.accounts.roles import Role
from tongban.core.catalogues.rule_forms import ADVICE, MANDATE
from tongban.core.items.comparison import basic_code_of
from tongban.core.mandates.advice import Advice
from tongban.core.mandates.mandate import Mandate
from tongban.testing.applications import HANGZHOU, SUZHOU

LISTS = "/oversight/mandates/"
LIST, ADVISE = f"{LISTS}edit/", "/oversight/advice/edit/"
LINES = "1 | 内资企业设立登记 | 000731003000 | 2026-12-31 | 市场监管局\n2\t结婚登记\t\t2027-06-30"
HEAD = {"after": "0", "number": "JS/M-1", "title_zh": "第一批事项", "issuer_zh": "省政务办"}
OWN = {**HEAD, "scope": "province", "lines": LINES, "instrument": "", "announced": ""}
ADVICE_FORM = {
    **HEAD,
    "number": "JS/A-1",
    "about": "G60-2026-01",
    "text_zh": "建议延长一年。\n并公布。",
}


def send(browser: Browser, page: str, form: dict[str, str], step: str, **changes: str) -> Any:
    return browser.post(page, form | changes | {"step": step})


def lists_of(federation: Federation, node: str = SUZHOU) -> list[Mandate]:
    known = federation[node].act().node.rules.known(MANDATE)
    return [each.rule for each in known if each.rule.publisher == SUZHOU]


def advice_of(federation: Federation) -> list[Advice]:
    return [each.rule for each in federation[HANGZHOU].act().node.rules.known(ADVICE)]


def test_a_list_is_looked_at_before_it_is_published(
    federation: Federation, joint_officer: Browser
) -> None:
    assert LIST in text(joint_officer, LISTS)
    assert "写一份清单" in text(joint_officer, LIST)
    looked = send(joint_officer, LIST, OWN, "check").content.decode()
    assert "确认发布" in looked
    assert "内资企业设立登记" in looked
    assert "收录 2 项，公布 2 项" in looked
    assert lists_of(federation) == []


def test_a_published_list_reaches_the_partner_once(
    federation: Federation, joint_officer: Browser
) -> None:
    for _ in range(2):
        answer = send(joint_officer, LIST, OWN, "publish")
        assert answer.status_code == 302
    tell(federation)
    (found,) = lists_of(federation, HANGZHOU)
    assert found.complete
    assert found.lines[0].basic_codes == ("000731003000",)
    assert [str(line.due_on) for line in found.lines] == ["2026-12-31", "2027-06-30"]
    assert found.lines[1].basic_codes == ()
    assert "内资企业设立登记" in text(joint_officer, answer.headers["location"])


def test_the_next_version_begins_from_what_stands(
    federation: Federation, joint_officer: Browser
) -> None:
    send(joint_officer, LIST, OWN, "publish")
    assert "写下一版" in text(joint_officer, LISTS)
    page = text(joint_officer, f"{LIST}?number=JS/M-1")
    assert "1 | 内资企业设立登记 | 000731003000 | 2026-12-31 | 市场监管局" in page
    assert 'name="after" value="1"' in page
    same = send(joint_officer, LIST, OWN, "check", after="1")
    assert same.status_code == 422
    assert "没有任何不同" in same.content.decode()
    send(joint_officer, LIST, OWN, "publish", after="1", announced="5")
    assert [(each.version, each.complete) for each in lists_of(federation)] == [
        (1, True),
        (2, False),
    ]
    again = send(joint_officer, LIST, OWN, "publish", after="1", title_zh="另外一版")
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": "第一号！"}, "编号用字母"),
        ({"title_zh": ""}, "请写名称"),
        ({"scope": ""}, "请选这份清单管多大范围"),
        ({"lines": ""}, "请至少写一个事项"),
        ({"lines": "1"}, "第 1 行：要有序号和名称"),
        ({"lines": "1 | 甲\n\n2 | 乙 | 12"}, "第 3 行：12 不是 12 位的基本编码"),
        ({"lines": "1 | 甲 | | soon"}, "第 1 行：期限要写成"),
        ({"lines": "1 | 甲\n1 | 乙"}, "序号 1 用了两次"),
        ({"announced": "1"}, "不少于下面写的项数"),
        ({"announced": "x"}, "不少于下面写的项数"),
        ({"instrument": "见附件。"}, "不是文件的编号"),
    ],
)
def test_what_cannot_be_published_is_said_beside_its_field(
    federation: Federation, joint_officer: Browser, changes: dict[str, str], said: str
) -> None:
    answer = send(joint_officer, LIST, OWN, "publish", **changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert lists_of(federation) == []


def test_advice_is_published_and_its_next_version(
    federation: Federation, joint_officer: Browser
) -> None:
    looked = send(joint_officer, ADVISE, ADVICE_FORM, "check").content.decode()
    assert "关于编号为 G60-2026-01 的协议" in looked
    for _ in range(2):
        assert send(joint_officer, ADVISE, ADVICE_FORM, "publish").status_code == 302
    assert "建议延长一年。" in text(joint_officer, LISTS)
    assert "建议延长一年。" in text(joint_officer, f"{ADVISE}?number=JS/A-1")
    send(joint_officer, ADVISE, ADVICE_FORM, "publish", after="1", about="000731003000")
    tell(federation)
    assert [(e.version, e.agreement, e.basic_code) for e in advice_of(federation)] == [
        (1, "G60-2026-01", ""),
        (2, "", "000731003000"),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"about": "什么？"}, "12 位的基本编码"),
        ({"text_zh": ""}, "请写意见"),
        ({"issuer_zh": ""}, "请写发布单位"),
    ],
)
def test_advice_that_cannot_be_published_is_sent_back(
    federation: Federation, joint_officer: Browser, changes: dict[str, str], said: str
) -> None:
    answer = send(joint_officer, ADVISE, ADVICE_FORM, "check", **changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert advice_of(federation) == []


def test_advice_on_what_no_catalogue_has_is_marked_before_it_is_published(
    joint_officer: Browser,
) -> None:
    for about, marked in (("999999999999", True), (basic_code_of(CERTIFICATE), False)):
        looked = send(joint_officer, ADVISE, ADVICE_FORM, "check", about=about)
        assert ("目录里没有" in looked.content.decode()) is marked


def test_a_number_in_use_and_a_strange_version_are_refused(joint_officer: Browser) -> None:
    send(joint_officer, LIST, OWN, "publish")
    other = send(joint_officer, LIST, OWN, "check", title_zh="另外一份")
    assert "这个编号已经用过" in other.content.decode()
    assert send(joint_officer, LIST, OWN, "check", after="x").status_code == 404


def test_going_back_keeps_what_was_typed(joint_officer: Browser) -> None:
    page = send(joint_officer, LIST, OWN, "edit").content.decode()
    assert "2\t结婚登记" in page
    assert re.search(r'<option value="province" selected>', page)


def test_agreement_officers_read_lists_and_publish_none(federation: Federation) -> None:
    city = federation[SUZHOU]
    browser = city.browser(city.person("agreement", Role.AGREEMENT_OFFICER))
    assert LIST not in text(browser, LISTS)
    assert browser.get(LIST).status_code == 404
    assert browser.post(ADVISE, ADVICE_FORM).status_code == 404
