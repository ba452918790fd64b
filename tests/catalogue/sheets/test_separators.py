"""CSV with whatever stands between its cells: read where it is clear, one sentence where not."""

import io
import zipfile
from collections.abc import Sequence

import pytest

from tongban.catalogue.sheets.csv_reading import read_csv
from tongban.catalogue.sheets.csv_separators import SEPARATORS
from tongban.catalogue.sheets.mistakes import SheetFault
from tongban.catalogue.sheets.opening import open_book

HEADINGS = ("实施编码", "材料代码", "材料名称", "材料名称（英文）", "材料形式")
ROW = ("0123", "identity_card", "居民身份证", "Identity card", "电子")


def joined(separator: str, *rows: Sequence[str]) -> bytes:
    return "\n".join(separator.join(row) for row in (HEADINGS, *rows)).encode()


def fault_of(data: bytes) -> str:
    with pytest.raises(SheetFault) as caught:
        open_book(data)
    return caught.value.words.zh


@pytest.mark.parametrize("separator", SEPARATORS)
def test_cells_are_told_apart_by_what_stands_between_the_headings(separator: str) -> None:
    (table,) = read_csv(joined(separator, ROW)).tables.values()
    assert (table.name, table.headings) == ("申请材料", HEADINGS)
    assert table.rows[0].cells == ROW


def test_a_line_that_names_the_separator_is_no_row() -> None:
    (table,) = read_csv(b'"sep=;"\r\n' + joined(";", ROW)).tables.values()
    assert table.rows[0].cells == ROW


@pytest.mark.parametrize("other", [";", "\t", "，"])
def test_rows_that_are_separated_otherwise_than_the_headings_are_one_sentence(other: str) -> None:
    data = joined(",") + b"\n" + other.join(ROW).encode()
    words = fault_of(data)
    assert words.startswith(f"第一行用逗号分隔，第2行却用{SEPARATORS[other][0]}；")
    assert ".xlsx" in words


def test_full_width_commas_in_texts_cannot_be_told_from_those_between_cells() -> None:
    row = (*ROW[:2], "居民身份证，正反面", *ROW[3:])
    assert "第2行的文字里也有全角逗号" in fault_of(joined("，", row))


@pytest.mark.parametrize("unknown", ["、", "  ", "/"])
def test_headings_without_a_known_separator_are_said_to_be_so(unknown: str) -> None:
    assert fault_of(joined(unknown, ROW)).startswith("看不出格子之间用什么分隔")


def test_a_note_below_the_table_is_no_row_of_another_separator() -> None:
    note = "注：一、材料按顺序放；二、复印件盖章；三、看说明。"
    (table,) = read_csv(joined(",", ROW, [note], [])).tables.values()
    assert table.rows[1].cells[0] == note


def test_a_fault_of_one_file_of_a_zip_names_it() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("申请材料.csv", joined("、", ROW))
    assert fault_of(data.getvalue()).startswith("申请材料.csv：看不出")
