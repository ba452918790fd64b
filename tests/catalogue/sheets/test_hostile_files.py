"""What is no spreadsheet of items, or wants to be more than one, is refused with a way on."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import pytest
from tests.catalogue.sheets.files import HEFEI, book, check, said, xlsx

from tongban.catalogue.sheets import archive
from tongban.catalogue.sheets.archive import ELEMENTS_MAX, check_size, look_into
from tongban.catalogue.sheets.csv_writing import write_csv
from tongban.catalogue.sheets.mistakes import SheetFault
from tongban.catalogue.sheets.opening import open_book
from tongban.catalogue.sheets.plans import OTHER_SHEETS
from tongban.catalogue.sheets.rows import book_of
from tongban.catalogue.sheets.xlsx_writing import write_export

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def exported() -> bytes:
    return write_export(book())


def with_part(name: str, content: bytes) -> bytes:
    """A whole workbook with one part more, or another one."""
    given, changed = zipfile.ZipFile(io.BytesIO(exported())), io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as written:
        for part in given.namelist():
            if part != name:
                written.writestr(part, given.read(part))
        written.writestr(name, content)
    return changed.getvalue()


def flagged(data: bytes, *, encrypted: bool) -> bytes:
    """The zip with the flag of encryption in every entry of its directory."""
    spoilt, at = bytearray(data), data.find(b"PK\x01\x02")
    while encrypted and at >= 0:
        spoilt[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(spoilt)


def csv_of_the_basic_sheet() -> str:
    data = zipfile.ZipFile(io.BytesIO(write_csv(book()))).read("基本信息.csv")
    return data.decode("utf-8-sig")


REFUSED: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("empty", lambda: b" \n", "the file is empty", "take the template"),
    ("xls", lambda: OLE + bytes(600), "old .xls format", "save it as .xlsx"),
    (
        "password",
        lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
        "take the password away",
    ),
    ("zip password", lambda: flagged(exported(), encrypted=True), "password", "save it"),
    (
        "macros",
        lambda: with_part("xl/vbaProject.bin", b"Sub"),
        "carries macros",
        "save it as .xlsx without macros",
    ),
    (
        "links",
        lambda: with_part("xl/externalLinks/externalLink1.xml", b"<x/>"),
        "links to other files",
        "break them",
    ),
    (
        "entities",
        lambda: with_part("xl/styles.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
        "damaged",
        "save it anew",
    ),
    (
        "merged everywhere",
        lambda: with_part("xl/worksheets/sheet1.xml", _many_merged()),
        "more than 1000 merged cells",
        "divide them again",
    ),
    (
        "elements without end",
        lambda: with_part("xl/worksheets/sheet2.xml", b"<row/>" * (ELEMENTS_MAX + 1)),
        "more than 12 million cells",
        "clear formats of empty rows",
    ),
    ("cut off", lambda: exported()[:-500], "damaged", "save it anew"),
    ("no xml", lambda: with_part("xl/workbook.xml", b"poem"), "damaged", "save it anew"),
    ("another zip", lambda: zip_of("poem.txt", b"x"), "neither an .xlsx workbook", "CSV"),
    (
        "a workbook in a zip",
        lambda: zipped({"a.csv": b"x,y", "items.xlsx": exported()}),
        "files that are no CSV: items.xlsx",
        "an .xlsx is handed in by itself",
    ),
    ("pdf", lambda: b"%PDF-1.7 ...", "a PDF", "take the template"),
    ("bytes", lambda: b"\x00\x01\xff\xfe\x80" * 50, "nothing that can be read", "UTF-8 or GB18030"),
    (
        "a poem",
        lambda: "床前明月光\n".encode("gb18030"),
        "headings of no sheet",
        "keep its headings",
    ),
    (
        "open quotation mark",
        lambda: f'{csv_of_the_basic_sheet()}"{"x" * 140_000}'.encode("gb18030"),
        "too long, or its quotation mark open",
        "mend that line",
    ),
]


def _many_merged() -> bytes:
    ranges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 1_200))
    return f"<mergeCells>{ranges}</mergeCells>".encode()


def zip_of(name: str, content: bytes) -> bytes:
    return zipped({name: content})


def zipped(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("make", "what", "remedy"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_a_file_that_is_not_taken_says_why_and_what_to_do(
    make: Callable[[], bytes], what: str, remedy: str
) -> None:
    with pytest.raises(SheetFault, match=what) as caught:
        open_book(make())
    assert remedy in caught.value.words.en
    assert caught.value.words.zh != caught.value.words.en


def test_a_large_file_is_refused_by_its_size_before_it_is_read() -> None:
    with pytest.raises(SheetFault, match=r"100 MB, over 20 MB; .*divide it"):
        check_size(100_000_000)


def test_a_zip_bomb_is_refused_by_what_its_directory_says() -> None:
    bomb = zip_of("xl/workbook.xml", bytes(archive.INFLATED_BYTES_MAX + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(SheetFault, match="zip bomb"):
        open_book(bomb)


def test_a_zip_bomb_whose_directory_lies_is_refused_while_it_is_inflated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "INFLATED_BYTES_MAX", 5_000_000)
    bomb = bytearray(zip_of("xl/workbook.xml", bytes(9_000_000)))
    at = bomb.find(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = struct.pack("<I", 100)
    with pytest.raises(SheetFault, match=r"damaged|zip bomb"):
        look_into(bytes(bomb))


def test_a_workbook_that_claims_a_million_rows_is_read_for_what_it_has() -> None:
    huge = b'<dimension ref="A1:XFD1048576"/>'
    given = zipfile.ZipFile(io.BytesIO(exported()))
    part = next(
        name
        for name in given.namelist()
        if name.startswith("xl/worksheets/sheet") and HEFEI[0].code.encode() not in name.encode()
    )
    data = given.read(part)
    first, last = data.index(b"<dimension"), data.index(b"/>", data.index(b"<dimension")) + 2
    assert open_book(with_part(part, data[:first] + huge + data[last:])).tables


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_and_separators_that_offices_use(
    encoding: str, separator: str
) -> None:
    text = csv_of_the_basic_sheet()
    if separator != ",":
        text = text.replace(",", separator) if '"' not in text else text
    given = open_book(text.encode(encoding))
    assert list(given.tables) == ["基本信息"]
    assert check(given).mistakes == ()


def test_a_csv_that_was_cut_off_in_its_last_row_is_refused() -> None:
    text = csv_of_the_basic_sheet().rstrip("\r\n")
    with pytest.raises(SheetFault, match="looks cut off"):
        open_book(text[: text.rindex(",")].encode("gb18030"))


def test_two_csv_files_of_one_sheet_are_a_mistake_and_none_is_lost() -> None:
    one, two = csv_of_the_basic_sheet(), csv_of_the_basic_sheet().replace("国标", "旧版")
    given = open_book(zipped({"城区/a.csv": one.encode(), "郊区/a.csv": two.encode()}))
    assert list(given.tables) == ["基本信息", "郊区/a.csv"]
    assert said(check(given)) == [
        ("郊区/a.csv", "A1", "by its headings this is 基本信息 (Basic information)")
    ]


def test_what_programs_leave_in_a_zip_is_passed_over() -> None:
    files = {"a/": b"", "__MACOSX/._a.csv": b"\0", ".DS_Store": b"\0", "Thumbs.db": b"\0"}
    given = open_book(zipped({"a.csv": csv_of_the_basic_sheet().encode(), **files}))
    assert check(given).mistakes == ()


def test_a_comma_without_quotation_marks_is_a_mistake_of_its_row() -> None:
    text = csv_of_the_basic_sheet()
    address = HEFEI[0].direct_way.address.zh
    given = open_book(text.replace(address, f"{address},二楼", 1).encode())
    width = len(given.tables["基本信息"].headings)
    found = {(each.spot.row, each.spot.column): each for each in check(given).mistakes}
    assert "quotation marks" in found[2, width].remedy.en


def test_commas_after_the_last_cell_are_no_mistake() -> None:
    text = csv_of_the_basic_sheet().replace("\r\n", ",,\r\n")
    assert check(open_book(text.encode())).mistakes == ()


def test_our_own_extra_sheets_are_passed_over() -> None:
    assert not OTHER_SHEETS & open_book(exported()).tables.keys()


def test_numbers_days_and_truth_values_are_read_as_people_typed_them() -> None:
    def spoil(workbook: object) -> None:
        sheet = workbook["基本信息"]  # type: ignore[index] # openpyxl has no type for it here
        headings = [cell.value for cell in sheet[1]]
        for heading, value in (("承诺办结时限", 1.0), ("演示数据", True), ("咨询电话", 12345)):
            sheet.cell(2, headings.index(heading) + 1).value = value

    (change,) = check(open_book(xlsx(spoil))).changes
    assert change.item.consultation is not None
    assert change.item.consultation.phone == "12345"
    assert change.item.limits.promised_days == 1


def test_an_error_value_is_a_mistake_of_its_cell() -> None:
    def spoil(workbook: object) -> None:
        cell = workbook["结果"]["D2"]  # type: ignore[index] # openpyxl has no type for it here
        cell.value, cell.data_type = "#REF!", "e"

    assert ("结果", "D2", "it holds the error #REF!") in said(check(open_book(xlsx(spoil))))


def test_a_hundred_items_are_read_with_as_many_rows_as_were_written() -> None:
    many = book_of(HEFEI)
    again = open_book(write_export(many))
    assert {name: len(table.rows) for name, table in again.tables.items()} == {
        name: len(table.rows) for name, table in many.tables.items()
    }
