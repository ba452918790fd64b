"""What officers really do with spreadsheets: read where it is clear, said once where it is not."""

from typing import Any

import pytest
from tests.catalogue.sheets.files import HEFEI, book, changed, check, said, without_rows, xlsx

from tongban.catalogue.sheets.kinds import DAY, MONEY, NUMBER, Several
from tongban.catalogue.sheets.mistakes import CellUnreadable
from tongban.catalogue.sheets.opening import open_book
from tongban.catalogue.sheets.plans import BASIC_PLAN

CODE = HEFEI[0].code
LONGER = HEFEI[0].limits.promised_days + 1


def of(spoil: Any) -> list[tuple[str, str, str]]:
    return said(check(open_book(xlsx(spoil))))


def full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


@pytest.mark.parametrize("text", ["12", "１２", "12.0", " １２ "])
def test_full_width_digits_are_digits(text: str) -> None:
    assert NUMBER.read(text) == 12
    assert MONEY.read(text) == 1_200


@pytest.mark.parametrize("text", ["2026年12月1日", "2026.12.1", "２０２６－１２－０１", "20261201"])
def test_days_are_read_as_offices_write_them(text: str) -> None:
    assert DAY.read(text) == "2026-12-01"


def test_a_day_that_lost_its_format_is_called_so() -> None:
    with pytest.raises(CellUnreadable) as caught:
        DAY.read("46357")
    assert "序号" in caught.value.what[0]
    assert "格式改成日期" in caught.value.remedy[0]


@pytest.mark.parametrize("text", ["自然人，企业法人", "自然人、企业法人", "自然人;企业法人"])
def test_values_of_a_list_may_stand_between_commas(text: str) -> None:
    audience = next(each for each in BASIC_PLAN.columns if each.key == "audience")
    assert isinstance(audience.kind, Several)
    assert audience.kind.read(text) == ["1", "2"]


def test_a_code_in_full_width_is_the_same_code() -> None:
    assert said(check(changed(book(), "申请材料", "实施编码", full_width(CODE)))) == []


def test_a_note_below_the_table_is_one_mistake() -> None:
    def spoil(workbook: Any) -> None:
        workbook["基本信息"].cell(9, 1).value = "注：由政务服务局汇总。"

    (found,) = of(spoil)
    assert found == ("基本信息", "A9", "there is only this cell on the row, as in a note")


def test_a_title_above_the_headings_is_one_mistake() -> None:
    def spoil(workbook: Any) -> None:
        workbook["基本信息"].insert_rows(1)
        workbook["基本信息"].cell(1, 1).value = "政务服务事项清单"

    (found,) = of(spoil)
    assert found == ("基本信息", "A1", "the headings stand on row 2, not on the first")


@pytest.mark.parametrize("name", ["申请材料", "备份"])
def test_a_hidden_sheet_is_not_imported_unseen(name: str) -> None:
    def spoil(workbook: Any) -> None:
        sheet = workbook[name] if name in workbook else workbook.create_sheet(name)
        sheet["A1"] = sheet["A1"].value or "旧"
        sheet.sheet_state = "hidden"

    assert of(spoil) == [(name, "", "the sheet is hidden: nobody sees what is in it")]


def test_a_code_that_other_sheets_have_otherwise_is_said_once_with_what_was_meant() -> None:
    wrong = CODE[:-1] + ("1" if CODE[-1] != "1" else "2")
    checked = check(changed(book(), "基本信息", "实施编码", wrong), empty=True)
    (found,) = (each for each in checked.mistakes if "没有事项" in each.what.zh)
    assert CODE in found.what.zh
    assert "张表也写了它" in found.what.zh
    assert f"第2行的“{wrong}”只差一点" in found.remedy.zh


def test_an_unreadable_promise_is_not_held_against_the_days_of_steps() -> None:
    spoilt = changed(book(), "基本信息", "承诺办结时限", "尽快")
    assert [each[2] for each in said(check(spoilt))] == ["尽快 is not a whole number"]


def test_a_missing_form_is_not_held_against_the_decision_table() -> None:
    decided = next(item for item in HEFEI if item.decisions)
    spoilt = changed(book(decided), "基本信息", "申请表单", "")
    assert [each[2] for each in said(check(spoilt, empty=True))] == ["a new item needs a form"]


def test_conditions_and_steps_without_a_basis_are_mistakes_of_their_cells() -> None:
    spoilt = book()
    for sheet, column in (("受理条件", "条件依据"), ("办理流程", "环节依据")):
        for heading in (column, f"{column}（英文）"):
            spoilt = changed(spoilt, sheet, heading, "")
    found = check(spoilt).mistakes
    assert [(each.spot.sheet, each.heading, each.spot.row) for each in found] == [
        ("受理条件", "条件依据", 2),
        ("办理流程", "环节依据", 2),
    ]


def test_catch_alls_are_mistakes_of_the_cell_that_has_them() -> None:
    spoilt = changed(book(), "申请材料", "材料名称", "其他相关材料")
    spoilt = changed(spoilt, "受理条件", "条件（英文）", "Other conditions")
    assert [(each.spot.sheet, each.heading) for each in check(spoilt).mistakes] == [
        ("受理条件", "条件（英文）"),
        ("申请材料", "材料名称"),
    ]


def test_an_empty_legal_limit_is_a_mistake_until_something_says_why() -> None:
    empty = changed(book(), "基本信息", "法定办结时限", "")
    empty = without_rows(empty, "办理流程")
    (found,) = check(empty).mistakes
    assert found.heading == "法定办结时限"
    for heading in ("法定办结时限说明", "法定办结时限说明（英文）"):
        empty = changed(empty, "基本信息", heading, "法律没有规定。")
    assert check(empty).mistakes == ()
