"""What catalogue officers and the joint office see of partners."""

import csv
from dataclasses import replace

import pytest
from tests.cities import Browser, Federation
from tests.oversight.conftest import tell

from tongban.catalogue.regulation import load_mandates
from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.items.item import Item
from tongban.testing.applications import HANGZHOU

CHANGES = f"/oversight/partners/{HANGZHOU}/"


def text(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def an_item(federation: Federation) -> Item:
    return federation[HANGZHOU].node.published.own()[0]


def test_new_changes_are_counted_until_somebody_has_looked(
    federation: Federation, catalogue_officer: Browser
) -> None:
    count = len(federation[HANGZHOU].node.published.own())
    assert f"{count} 处" in text(catalogue_officer, "/oversight/partners/")
    assert catalogue_officer.post(f"{CHANGES}looked/").status_code == 302
    assert f"{count} 处" not in text(catalogue_officer, "/oversight/partners/")


def test_a_change_is_shown_field_by_field(
    federation: Federation, catalogue_officer: Browser
) -> None:
    item = an_item(federation)
    faster = replace(item.limits, promised_days=0)
    newer = replace(item, version=item.version + 1, limits=faster)
    federation[HANGZHOU].act().node.published.publish([newer], ())
    tell(federation)
    page = text(catalogue_officer, CHANGES)
    assert f'<del lang="zh-Hans">{item.limits.promised_days}</del>' in page
    assert '<ins lang="zh-Hans">0</ins>' in page


def test_a_change_of_name_telephone_or_address_is_shown_too(
    federation: Federation, catalogue_officer: Browser
) -> None:
    item = an_item(federation)
    way = replace(item.direct_way, phone="0571-00000099", url="https://hangzhou.g60.demo/new")
    name = replace(item.name, zh="换了名的事项")
    newer = replace(item, version=item.version + 1, direct_way=way, name=name)
    federation[HANGZHOU].act().node.published.publish([newer], ())
    tell(federation)
    page = text(catalogue_officer, CHANGES)
    for said in ("换了名的事项", "0571-00000099", "https://hangzhou.g60.demo/new"):
        assert f'<ins lang="zh-Hans">{said}</ins>' in page
    catalogue_officer.cookies["django_language"] = "en"
    assert "(Basic information)" in text(catalogue_officer, CHANGES)


def test_a_change_without_a_difference_says_so(
    federation: Federation, catalogue_officer: Browser
) -> None:
    newer = replace(an_item(federation), version=an_item(federation).version + 1)
    federation[HANGZHOU].act().node.published.publish([newer], ())
    tell(federation)
    assert "只换了版本号，内容没有变" in text(catalogue_officer, CHANGES)


def test_a_withdrawal_is_shown_with_its_reason(
    federation: Federation, catalogue_officer: Browser
) -> None:
    node = federation[HANGZHOU].act().node
    node.published.withdraw([an_item(federation).code], reason=WithdrawalReason.MERGED)
    tell(federation)
    assert "已并入其他事项" in text(catalogue_officer, CHANGES)


@pytest.mark.parametrize(
    "path",
    [
        "/oversight/compare/",
        "/oversight/standards/",
        "/oversight/obstacles/",
        "/oversight/mandates/",
        "/oversight/mandates/1/",
        f"/oversight/mandates/1/{HANGZHOU}/",
    ],
)
def test_the_joint_office_reads_in_both_languages(joint_officer: Browser, path: str) -> None:
    assert text(joint_officer, path)
    joint_officer.cookies["django_language"] = "en"
    assert text(joint_officer, path)


def test_a_partial_list_says_that_it_is_not_the_annex(joint_officer: Browser) -> None:
    assert "这不是正式附件" in text(joint_officer, "/oversight/mandates/1/")


def test_every_line_says_how_far_one_may_rely_on_it(joint_officer: Browser) -> None:
    page = text(joint_officer, "/oversight/mandates/1/")
    said = page.count("有出处</span>") + page.count("凭记忆，未核对</span>")
    assert said == len(load_mandates()[0].lines)


def test_a_matrix_has_a_narrow_column_for_each_direction_under_its_partners_name(
    joint_officer: Browser,
) -> None:
    page = text(joint_officer, "/oversight/mandates/1/")
    assert page.count('<th scope="colgroup" colspan="2">') == 1
    assert '<span aria-hidden="true">本地收</span>' in page
    assert '<span class="govuk-visually-hidden">本地收，杭州办</span>' in page
    assert "可以左右移动" in page


def test_who_reads_english_is_told_the_day_that_a_line_is_due(joint_officer: Browser) -> None:
    joint_officer.cookies["django_language"] = "en"
    assert "by 2020-12-31" in text(joint_officer, "/oversight/mandates/1/")


def test_the_matrix_is_exported_with_where_each_line_is_from(joint_officer: Browser) -> None:
    answer = joint_officer.get("/oversight/mandates/1/export/")
    heading, *rows = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    assert heading[0] == "清单"
    assert len(rows) == 80
    assert {row[11] for row in rows} == {"有出处", "凭记忆，未核对"}


def test_who_only_looks_cannot_open_partners_lists(joint_officer: Browser) -> None:
    assert joint_officer.get("/oversight/partners/").status_code == 404


@pytest.mark.parametrize("path", ["/oversight/mandates/9/", "/oversight/partners/nobody.example/"])
def test_what_is_not_there_does_not_exist(catalogue_officer: Browser, path: str) -> None:
    assert catalogue_officer.get(path).status_code == 404


def test_each_officer_begins_at_the_own_desk(
    catalogue_officer: Browser, joint_officer: Browser
) -> None:
    assert catalogue_officer.get("/desk/").headers["location"] == "/desk/catalogue/"
    assert joint_officer.get("/desk/").headers["location"] == "/oversight/mandates/"
