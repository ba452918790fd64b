"""A common standard on pages: drafted, looked at, published, and seen at the partner."""

import re
from urllib.parse import urlencode

import pytest
from tests.cities import Browser, Federation
from tests.oversight.conftest import tell

from tongban.accounts.roles import Role
from tongban.catalogue import load_items, load_opened_items, load_processes
from tongban.core.catalogues.rule_forms import STANDARD
from tongban.core.items.comparison import basic_code_of
from tongban.core.items.standard import Standard
from tongban.testing.applications import HANGZHOU, SUZHOU

LIST, EDIT, SHOW = (
    "/oversight/standards/",
    "/oversight/standards/edit/",
    "/oversight/standards/version/",
)
BASIC = basic_code_of(load_opened_items("hangzhou")[0])
_CHECKED = re.compile(r'name="(material|result|mode)" value="([^"]*)" checked')
_TEXT = re.compile(r'name="(\w+)" value="([^"]*)"')


def text(browser: Browser, path: str, **query: str) -> str:
    answer = browser.get(f"{path}?{urlencode(query)}" if query else path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture(autouse=True)
def _alike(federation: Federation) -> None:
    """Suzhou has the item that Hangzhou opened, in its own way."""
    alike = next(item for item in load_items("suzhou") if basic_code_of(item) == BASIC)
    node = federation[SUZHOU].act().node
    node.published.publish([*node.published.own(), alike], load_processes().values())
    node.openings.open_to_all([alike.code])
    tell(federation)


def form_of(page: str) -> dict[str, list[str]]:
    """What a browser would send of the form, as the page has it."""
    filled = {name: [value] for name, value in _TEXT.findall(page)}
    for kind in ("material", "result", "mode"):
        filled[kind] = [value for each, value in _CHECKED.findall(page) if each == kind]
    others = {"csrfmiddlewaretoken", "next", "language", "illustrative", "step"}
    return {name: values for name, values in filled.items() if name not in others}


def fresh(browser: Browser, **changes: str) -> dict[str, list[str]]:
    page = text(browser, EDIT, item=BASIC)
    return form_of(page) | {name: [value] for name, value in changes.items()}


def publish(federation: Federation, browser: Browser, **changes: str) -> str:
    filled = fresh(browser, **{"number": "G60/S-7", **changes})
    answer = browser.post(EDIT, filled | {"step": ["publish"]})
    assert answer.status_code == 302
    tell(federation)
    return str(answer.headers["location"])


def standards(federation: Federation, name: str) -> list[Standard]:
    return [each.rule for each in federation[name].act().node.rules.known(STANDARD)]


def test_a_draft_begins_with_what_most_places_do(
    federation: Federation, joint_officer: Browser
) -> None:
    page = text(joint_officer, EDIT, item=BASIC)
    items = [item for item in federation[SUZHOU].node.items() if basic_code_of(item) == BASIC]
    days = str(min(item.limits.promised_days for item in items))
    assert form_of(page)["days"] == [days]
    assert "2 个地方中" in page


def test_who_would_keep_it_is_shown_before_anything_is_published(
    federation: Federation, joint_officer: Browser
) -> None:
    strict = fresh(joint_officer, number="G60/S-7", material="", days="0")
    page = joint_officer.post(EDIT, strict | {"step": ["check"]}).content.decode()
    assert "2 个地方中 0 个完全符合" in page
    assert "不能再改" in page
    assert standards(federation, SUZHOU) == []


def test_from_the_look_one_goes_back_to_the_form_with_everything_in_it(
    joint_officer: Browser,
) -> None:
    filled = fresh(joint_officer, number="G60/S-7", days="7")
    page = joint_officer.post(EDIT, filled | {"step": ["check"]}).content.decode()
    carried: dict[str, list[str]] = {}
    for name, value in _TEXT.findall(page):
        carried.setdefault(name, []).append(value)
    back = joint_officer.post(EDIT, carried | {"step": ["edit"]}).content.decode()
    assert form_of(back) == filled


def test_a_published_version_is_seen_at_the_partner_with_its_publisher(
    federation: Federation, joint_officer: Browser
) -> None:
    place = publish(federation, joint_officer)
    here = text(joint_officer, place)
    assert "苏州发布 · G60/S-7 · 第 1 版" in here
    assert "杭州" in here
    assert "已经知道" in here
    person = federation[HANGZHOU].person("catalogue", Role.CATALOGUE_OFFICER)
    there = federation[HANGZHOU].browser(person)
    assert "苏州发布 · G60/S-7 · 第 1 版" in text(there, LIST)
    shown = text(there, place)
    assert standards(federation, HANGZHOU) == standards(federation, SUZHOU)
    assert "个完全符合" in shown
    assert "写下一版" not in shown


def test_both_nodes_say_alike_who_keeps_it(federation: Federation, joint_officer: Browser) -> None:
    place = publish(federation, joint_officer, days="0")
    person = federation[HANGZHOU].person("joint", Role.JOINT_OFFICER)
    pages = [text(joint_officer, place), text(federation[HANGZHOU].browser(person), place)]
    kept = [re.findall(r"<b>(\w+)</b> (\d+ 条中符合 \d+ 条)", page) for page in pages]
    assert sorted(kept[0]) == sorted(kept[1])
    assert len(kept[0]) == 2


def test_the_next_version_says_what_it_changes_and_the_first_stays(
    federation: Federation, joint_officer: Browser
) -> None:
    place = publish(federation, joint_officer, days="7")
    page = text(joint_officer, EDIT, number="G60/S-7")
    filled = form_of(page) | {"days": ["5"]}
    looked = joint_officer.post(EDIT, filled | {"step": ["check"]}).content.decode()
    assert "（上一版：7）" in looked
    assert joint_officer.post(EDIT, filled | {"step": ["publish"]}).status_code == 302
    assert [each.promised_days_max for each in standards(federation, SUZHOU)] == [7, 5]
    assert "这不是最新的一版" in text(joint_officer, f"{place}&version=1")


def test_pressing_twice_publishes_once(federation: Federation, joint_officer: Browser) -> None:
    first = fresh(joint_officer, number="G60/S-7", days="7") | {"step": ["publish"]}
    places = [joint_officer.post(EDIT, first).headers["location"] for _ in range(2)]
    assert places[0] == places[1]
    second = form_of(text(joint_officer, EDIT, number="G60/S-7")) | {"days": ["5"]}
    for _ in range(2):
        assert joint_officer.post(EDIT, second | {"step": ["publish"]}).status_code == 302
    assert [each.version for each in standards(federation, SUZHOU)] == [1, 2]


def test_who_writes_on_a_version_that_is_no_longer_the_newest_publishes_nothing(
    federation: Federation, joint_officer: Browser
) -> None:
    publish(federation, joint_officer, days="7")
    filled = form_of(text(joint_officer, EDIT, number="G60/S-7"))
    joint_officer.post(EDIT, filled | {"days": ["5"], "step": ["publish"]})
    late = joint_officer.post(EDIT, filled | {"days": ["3"], "step": ["publish"]})
    assert late.status_code == 409
    assert "别人刚才发布了另外一版" in late.content.decode()
    assert len(standards(federation, SUZHOU)) == 2


def test_what_does_not_differ_is_no_next_version(
    federation: Federation, joint_officer: Browser
) -> None:
    publish(federation, joint_officer)
    filled = form_of(text(joint_officer, EDIT, number="G60/S-7"))
    answer = joint_officer.post(EDIT, filled | {"step": ["check"]})
    assert answer.status_code == 422
    assert "没有任何不同" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("number", "张三", "编号用字母"),
        ("number", "", "编号用字母"),
        ("title_zh", " ", "请写名称"),
        ("days", "三", "时限请填整数"),
        ("visits", "-1", "次数请填整数"),
        ("fee", "1.234", "收费请填金额"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    federation: Federation, joint_officer: Browser, field: str, wrong: str, said: str
) -> None:
    filled = fresh(joint_officer, **{"number": "G60/S-7", field: wrong})
    answer = joint_officer.post(EDIT, filled | {"step": ["publish"]})
    assert answer.status_code == 422
    assert f'id="{field}-error">{said}' in answer.content.decode()
    assert standards(federation, SUZHOU) == []


def test_a_number_that_was_used_is_not_used_for_another_standard(
    federation: Federation, joint_officer: Browser
) -> None:
    publish(federation, joint_officer)
    filled = fresh(joint_officer, number="G60/S-7", days="9")
    answer = joint_officer.post(EDIT, filled | {"step": ["check"]})
    assert "这个编号已经用过" in answer.content.decode()


def test_a_fee_is_kept_to_the_fen(federation: Federation, joint_officer: Browser) -> None:
    publish(federation, joint_officer, fee="12.5")
    assert standards(federation, SUZHOU)[0].fee_fen_max == 1250
    assert 'value="12.50"' in text(joint_officer, EDIT, number="G60/S-7")


@pytest.mark.parametrize("path", [f"{EDIT}?item=nothing", f"{SHOW}?publisher=a&number=b"])
def test_what_is_not_known_does_not_exist(joint_officer: Browser, path: str) -> None:
    assert joint_officer.get(path).status_code == 404
    assert joint_officer.post(EDIT, {"basic": "1", "after": "0"}).status_code == 404


def test_pages_of_standards_are_there_in_english(
    federation: Federation, joint_officer: Browser
) -> None:
    place = publish(federation, joint_officer)
    joint_officer.cookies["django_language"] = "en"
    for path in (LIST, place, f"{EDIT}?number=G60/S-7"):
        assert "tandard" in text(joint_officer, path)


def test_counter_clerks_have_no_part_in_it(federation: Federation) -> None:
    person = federation[SUZHOU].person("clerk", Role.COUNTER_CLERK)
    browser = federation[SUZHOU].browser(person)
    assert [browser.get(path).status_code for path in (LIST, EDIT, SHOW)] == [404] * 3
