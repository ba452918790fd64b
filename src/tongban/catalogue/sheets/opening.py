"""From the bytes of a file to its sheets, by what it is and not by what it is called."""

from tongban.catalogue.sheets.archive import check_size, look_into, protected
from tongban.catalogue.sheets.csv_reading import read_csv, read_csv_archive
from tongban.catalogue.sheets.mistakes import SheetFault
from tongban.catalogue.sheets.tables import Book, Tell, silent
from tongban.catalogue.sheets.xlsx_reading import read_xlsx

_ZIP = b"PK\x03\x04"
#: OLE, in which old workbooks stand and new ones that have a password.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PDF = b"%PDF-"


def open_book(data: bytes, tell: Tell = silent) -> Book:
    """The sheets of an .xlsx file, a CSV file, or a zip of CSV files; raises SheetFault."""
    check_size(len(data))
    if not data.strip():
        raise SheetFault(
            ("文件是空的", "the file is empty"),
            ("下载模板，填写后再传", "take the template and fill it in"),
        )
    if data.startswith(_OLE):
        raise protected() if _ENCRYPTED in data else _old_format()
    if data.startswith(_ZIP):
        return _open_archive(data, tell)
    if data.startswith(_PDF):
        raise SheetFault(
            ("这是 PDF，不是表格", "this is a PDF and no spreadsheet"),
            ("下载模板，把内容填进去", "take the template and fill it in"),
        )
    return read_csv(data)


def _open_archive(data: bytes, tell: Tell) -> Book:
    archive = look_into(data)
    if "xl/workbook.xml" in archive.names:
        return read_xlsx(archive, tell)
    if any(name.lower().endswith(".csv") for name in archive.names):
        return read_csv_archive(archive, tell)
    raise SheetFault(
        (
            "压缩包里既不是 .xlsx 工作簿，也没有 CSV 文件",
            "the zip is neither an .xlsx workbook nor does it hold CSV files",
        ),
        ("传 .xlsx，或者装 CSV 的 zip", "give .xlsx, or a zip of CSV files"),
    )


def _old_format() -> SheetFault:
    return SheetFault(
        ("这是旧的 .xls 格式，不读", "this is the old .xls format, which is not read"),
        ("用表格软件打开，另存为 .xlsx 再传", "open it in a spreadsheet program, save it as .xlsx"),
    )
