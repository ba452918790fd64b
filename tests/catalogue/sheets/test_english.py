"""Files have the standard's Chinese names; whoever reads English is told what each means."""

import io

import openpyxl
import pytest
from tests.catalogue.sheets.files import book, changed, check

from tongban.catalogue.sheets.english import heading_in_english, sheet_in_english
from tongban.catalogue.sheets.kinds import Choice, Several
from tongban.catalogue.sheets.plans import PLANS
from tongban.catalogue.sheets.xlsx_writing import write_template

COLUMNS = [(plan, column) for plan in PLANS.values() for column in plan.columns]


def test_every_sheet_and_column_has_an_english_name_of_its_own() -> None:
    for plan in PLANS.values():
        names = [heading_in_english(plan.name, heading) for heading in plan.headings]
        assert all(name.isascii() and name[:1].isupper() for name in names), plan.name
        assert len({*names}) == len(names), plan.name
        assert sheet_in_english(plan.name).isascii()


def test_what_the_template_has_not_has_no_english_name() -> None:
    assert sheet_in_english("乱") == heading_in_english("乱", "乱") == ""
    assert heading_in_english("结果", "乱") == ""


def test_what_is_wrong_with_a_whole_sheet_is_named_by_the_sheet() -> None:
    assert heading_in_english("基本信息", "结果") == "Results"


def test_every_label_that_is_not_english_itself_has_a_meaning() -> None:
    kinds = [
        each.of if isinstance(each, Several) else each for each in (c.kind for _, c in COLUMNS)
    ]
    lacking = {
        label
        for kind in kinds
        if isinstance(kind, Choice)
        for label in kind.allowed
        if not label.isascii() and not kind.meanings.get(label)
    }
    assert lacking == set()


@pytest.mark.parametrize(
    ("heading", "text", "said"),
    [
        ("办件类型", "诗", "choose one of: 即办件 (done at once), 承诺件 (promised for a day)"),
        ("事项类型", "", "one of the list: 行政权力事项 (administrative power)"),
        ("主题分类", "诗", "企业登记 (Company registration)"),
        ("申请表单", "诗", "(Change of a branch's registration)"),
    ],
)
def test_a_remedy_says_what_the_values_mean(heading: str, text: str, said: str) -> None:
    remedies = [each.remedy for each in check(changed(book(), "基本信息", heading, text)).mistakes]
    assert any(remedy and said in remedy.en for remedy in remedies)


def test_headings_of_the_template_say_what_they_are() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_template()))["申请材料"]
    comments = {str(cell.value): str(cell.comment) for cell in sheet[1]}
    assert "How to fill it in" in comments["填报须知"]
    assert "Implementation code" in comments["实施编码"]
