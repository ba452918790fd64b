"""Every mistake is found at once, with its cell, its words in two languages and a remedy."""

import io
from dataclasses import replace

import openpyxl
import pytest
from tests.catalogue.sheets.files import (
    HEFEI,
    book,
    changed,
    check,
    said,
    standing,
    without_rows,
    xlsx,
)

from tongban.catalogue.sheets.checking import check_book
from tongban.catalogue.sheets.opening import open_book
from tongban.catalogue.sheets.tables import Row, Table
from tongban.catalogue.sheets.xlsx_writing import write_report

BASIC = "基本信息"
FIRST = HEFEI[0]
OTHER_ORGANISATION = next(
    item.organisation.code for item in HEFEI if item.organisation != FIRST.organisation
)


@pytest.mark.parametrize(
    ("sheet", "heading", "text", "what"),
    [
        (BASIC, "基本编码", "12", "not a basic code"),
        (BASIC, "事项类型", "行政处罚", "the implementation code says type 07, not 02"),
        (BASIC, "基本编码", "000731009000", "within the implementation code is 000731008000"),
        (BASIC, "事项名称", "长" * 30_000, "longer than 200 characters"),
        (BASIC, "事项名称", "一\n二", "has no line break"),
        (BASIC, "别名", "一；\u202e二", "U+202E, a character that nobody sees"),
        (BASIC, "计算机端在线办理跳转地址", "javascript:alert(1)", "no web address"),
        (BASIC, "投诉电话", "看墙上", "no telephone number"),
        (BASIC, "到办事现场次数", "-1", "cannot be negative"),
        (BASIC, "法定办结时限", "-1", "cannot be negative"),
        (BASIC, "承诺办结时限", "-1", "cannot be negative"),
        (BASIC, "基本编码", "009999999000", "the basic catalogue has no"),
        (BASIC, "行政区划代码", "340200", "is not served here"),
        (BASIC, "行政区划代码", "34", "not a place code"),
        (BASIC, "实施主体编码", FIRST.organisation.code[:-1] + "0", "check character"),
        (BASIC, "承诺办结时限", "90", "may only shorten the legal limit"),
        (BASIC, "承诺办结时限", "三天", "is not a whole number"),
        (BASIC, "承诺办结时限", "", "has to be filled in"),
        (BASIC, "事项类型", "没有的类型", "is not an allowed value"),
        (BASIC, "服务对象", "自然人；外星人", "is not an allowed value"),
        (BASIC, "主题分类", "没有的主题", "is not an allowed value"),
        (BASIC, "是否进驻政务大厅", "也许", "is not an allowed value"),
        (BASIC, "是否收费", "是", "the sheet 收费 (Fees) says otherwise"),
        (BASIC, "计划生效日期", "2026-02-30", "is not a day"),
        (BASIC, "申请表单", "没有的表单", "is not an allowed value"),
        (BASIC, "事项名称", "", "has to be filled in"),
        ("申请材料", "材料名称", "其他材料", "does not say what to bring"),
        ("申请材料", "材料必要性", "随便", "is not an allowed value"),
        ("申请材料", "原件份数", "-1", "cannot be negative"),
        ("办理流程", "环节时限", "500", "the steps take 500 working days, the whole item 3"),
        ("申请材料", "实施编码", "nobody", "there is no item nobody"),
        ("申请材料", "实施编码", "", "of which item it is"),
        ("通办方式", "流程名称", "没有的流程", "is not an allowed value"),
        ("四清单", "目录代码", "poems", "no data or certificate is called poems"),
        ("四清单", "提供方种类", "poets", "no kind of provider poets"),
        ("特别程序", "特别程序时限", "0", "takes at least a day"),
        ("信息来源", "来源", "", "none is named"),
    ],
)
def test_a_mistake_is_said_of_its_cell(sheet: str, heading: str, text: str, what: str) -> None:
    given = changed(book(), sheet, heading, text)
    checked = check(given)
    place = given.tables[sheet].headings.index(heading)
    found = [each for each in checked.mistakes if what in each.what.en]
    assert found, said(checked)
    assert (found[0].spot.sheet, found[0].spot.row, found[0].spot.column) == (sheet, 2, place)
    assert found[0].what.zh != found[0].what.en
    assert all(each.remedy.zh and each.remedy.en for each in checked.mistakes)
    assert checked.changes == ()


@pytest.mark.parametrize(
    ("heading", "row", "text", "cell", "what"),
    [
        ("情形", 2, "position", "B2", "position is not field=value"),
        ("情形", 2, "position=", "B2", "position= is not field=value"),
        ("情形", 2, "position=perhaps", "B2", "the form has no option position=perhaps"),
        ("情形", 2, "", "B3", "rows before it take all its cases"),
        ("情形", 4, "owner=person", "A2", "no row is about"),
        ("对应业务办理项编码", 3, "9", "C3", "the item has no handling item 9"),
        ("对应业务办理项编码", 4, "", "D4", "nobody says what is"),
    ],
)
def test_a_decision_table_with_a_hole_is_a_mistake_of_its_row(
    heading: str, row: int, text: str, cell: str, what: str
) -> None:
    decided = next(item for item in HEFEI if len(item.decisions) == 3)
    checked = check(changed(book(decided), "决策表", heading, text, row=row))
    found = said(checked)
    assert any((sheet, at) == ("决策表", cell) and what in words for sheet, at, words in found), (
        found
    )


@pytest.mark.parametrize(
    ("heading", "text", "where", "what"),
    [
        ("办件类型", "即办件", "承诺办结时限", "has a promise of 0 days"),
        ("到办事现场次数", "2", "到办事现场次数", "it is handled all online"),
        (
            "必须现场办理原因说明",
            "要签字",
            "必须现场办理原因说明（英文）",
            "Chinese and in English",
        ),
        ("行使层级", "县级", "行使层级", "the code says level 3"),
        ("实施主体编码", OTHER_ORGANISATION, "实施主体编码", "another organisation"),
        ("计划取消日期", "2020-01-01", "计划取消日期", "ends before it begins"),
    ],
)
def test_what_contradicts_something_else_is_said_where_it_is_mended(
    heading: str, text: str, where: str, what: str
) -> None:
    given = changed(book(), BASIC, "计划生效日期", "2026-01-01")
    (mistake,) = check(changed(given, BASIC, heading, text)).mistakes
    assert what in mistake.what.en
    assert mistake.heading == where


def test_whoever_has_to_come_is_told_why() -> None:
    offline = replace(FIRST, modes=FIRST.modes[1:], visits=1)
    (mistake,) = check(book(offline)).mistakes
    assert mistake.heading == "必须现场办理原因说明"
    assert "nobody tells them why" in mistake.what.en


def test_every_mistake_of_a_file_is_found_at_once() -> None:
    given = changed(book(*HEFEI[:3]), BASIC, "承诺办结时限", "x", row=2)
    changed(given, BASIC, "基本编码", "12", row=2)
    changed(given, BASIC, "事项类型", "x", row=3)
    changed(given, "申请材料", "材料名称", "其他材料", row=2)
    changed(given, BASIC, "行政区划代码", "1", row=4)
    cells = {(sheet, cell[-1]) for sheet, cell, _ in said(check(given))}
    assert cells == {(BASIC, "2"), (BASIC, "3"), (BASIC, "4"), ("申请材料", "2")}


def test_a_fee_needs_its_basis() -> None:
    given = book()
    cells = (FIRST.code, "", "", "30", "", "", "", "", "")
    headings = given.tables["收费"].headings
    given.tables["收费"] = Table(name="收费", headings=headings, rows=(Row(number=2, cells=cells),))
    changed(given, BASIC, "是否收费", "是")
    assert ("收费", "E2", "it has to be filled in") in said(check(given))


def test_what_people_get_and_by_which_mode_has_to_be_said() -> None:
    given = without_rows(without_rows(book(), "结果"), "通办方式")
    words = [what for _, _, what in said(check(given))]
    assert "it does not say what the applicant gets" in words
    assert "an item is handled in at least one mode" in words


def test_a_code_stands_on_one_row_only_and_no_row_twice() -> None:
    given = book()
    for name in (BASIC, "申请材料"):
        table = given.tables[name]
        again = Row(number=99, cells=table.rows[0].cells)
        given.tables[name] = Table(name=name, headings=table.headings, rows=(*table.rows, again))
    assert said(check(given)) == [
        (BASIC, "A99", "it repeats row 2"),
        ("申请材料", "A99", "it repeats row 2"),
    ]
    changed(given, BASIC, "咨询电话", "110", row=99)
    assert (BASIC, "A99", "row 2 has this code already") in said(check(given))


def test_a_material_is_there_once() -> None:
    given = book()
    first, second = given.tables["申请材料"].rows[:2]
    changed(given, "申请材料", "材料代码", first.cells[1], row=second.number)
    assert ("申请材料", f"B{second.number}", f"{first.cells[1]} is there already") in said(
        check(given)
    )


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (f"{FIRST.code[:17]}0{FIRST.code[18:]}", "it begins with"),
        (FIRST.code[:-1], "has 31 characters, and this has 30"),
        (f"{FIRST.code[:18]}9{FIRST.code[19:]}", "its 19th character is a level"),
        (f"{FIRST.code} ,", "printable characters"),
    ],
)
def test_a_mistyped_code_is_one_mistake_that_says_what_is_wrong_with_it(
    code: str, what: str
) -> None:
    ((sheet, cell, words),) = said(check(changed(book(), BASIC, "实施编码", code)))
    assert (sheet, cell) == (BASIC, "A2")
    assert what in words


def test_a_code_of_an_item_that_nobody_knows_is_one_mistake_too() -> None:
    other = f"{FIRST.code[:-3]}999"
    given = changed(book(), BASIC, "实施编码", other)
    assert said(check(changed(given, BASIC, "基本编码", ""))) == [
        (BASIC, "A2", "no other sheet has a row of this code")
    ]


def test_sheets_and_columns_that_nobody_knows_are_named() -> None:
    given = book()
    given.tables["乱"] = Table(name="乱", headings=("x",), rows=())
    table = given.tables["结果"]
    given.tables["结果"] = Table(
        name="结果", headings=("实施编码", "名称", *table.headings[2:]), rows=table.rows
    )
    found = said(check(given))
    assert ("乱", "", "the template has no such sheet") in found
    assert ("结果", "B1", "there is no column 名称") in found
    assert ("结果", "A1", "the column 审批结果名称 (Name) is missing") in found


def test_a_new_item_needs_the_name_of_a_form() -> None:
    given = changed(book(), BASIC, "申请表单", "")
    assert check(given).mistakes == ()
    assert "a new item needs a form" in [what for *_, what in said(check(given, empty=True))]


def test_a_file_made_from_an_older_version_does_not_overwrite_the_newer() -> None:
    given = changed(changed(book(), BASIC, "咨询电话", "110"), BASIC, "事项版本", "7")
    ((sheet, _, what),) = said(check(given))
    assert (sheet, what) == (BASIC, "version 1 stands, and the file says 7")


def test_a_partners_item_is_not_imported() -> None:
    own = standing(empty=True)
    others = replace(own, others=frozenset({FIRST.code}))
    words = [each.what.en for each in check_book(book(), others).mistakes]
    assert "this is another place's item" in words


def test_a_formula_and_merged_cells_are_mistakes_of_their_cells() -> None:
    def spoil(workbook: openpyxl.Workbook) -> None:
        workbook[BASIC]["M2"] = "=1+1"
        workbook["申请材料"].merge_cells("C2:D3")

    found = said(check(open_book(xlsx(spoil))))
    assert (BASIC, "M2", "it is a formula, and none is computed") in found
    assert ("申请材料", "C2", "C2:D3 is one merged cell") in found
    assert len(found) == 2


def test_the_report_is_the_file_with_comments_and_a_list_and_can_be_mended() -> None:
    given = changed(book(), BASIC, "承诺办结时限", "三天")
    report = write_report(given, check(given).mistakes)
    workbook = openpyxl.load_workbook(io.BytesIO(report))
    place = given.tables[BASIC].headings.index("承诺办结时限") + 1
    cell = workbook[BASIC].cell(2, place)
    assert "不是整数" in str(cell.comment)
    assert "Promised limit, working days: " in str(cell.comment)
    headings, line = ([cell.value for cell in row] for row in workbook["问题清单"])
    listed = dict(zip(headings, line, strict=True))
    assert (listed["列"], listed["Column"]) == ("承诺办结时限", "Promised limit, working days")
    assert (listed["工作表"], listed["Sheet"]) == (BASIC, "Basic information")
    cell.value = str(FIRST.limits.promised_days)
    mended = io.BytesIO()
    workbook.save(mended)
    assert check(open_book(mended.getvalue())).mistakes == ()
