"""Looks into a zip file before anything believes it: sizes as said and as found, no surprises."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from tongban.catalogue.sheets.mistakes import SheetFault

#: As much as the pages take in one upload.
FILE_BYTES_MAX = 20_000_000
#: Ten thousand items are about 100 MB of XML.
INFLATED_BYTES_MAX = 400_000_000
#: Of all sheets: ten thousand items have under eight million, and each takes memory and time.
ELEMENTS_MAX = 12_000_000
_PARTS_MAX = 500
#: Of one sheet; each of them covers cells that are remembered.
_MERGED_MAX = 1_000
_PIECE = 1 << 20
#: A piece begins with the end of the one before, so that nothing hides between two.
_OVERLAP = 200

_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z0-9:]{1,40})[\"']")


@dataclass(frozen=True, kw_only=True, slots=True)
class Archive:
    """names: of its parts. merged: ranges of merged cells by the part that has them."""

    data: bytes = field(repr=False)
    names: frozenset[str]
    merged: dict[str, tuple[str, ...]]


def check_size(size: int) -> None:
    """Raises SheetFault for a file that nobody should even read into memory."""
    if size > FILE_BYTES_MAX:
        raise SheetFault(
            (
                f"文件有{size / 1_000_000:.0f} MB，最多{FILE_BYTES_MAX // 1_000_000} MB",
                f"the file has {size / 1_000_000:.0f} MB, over {FILE_BYTES_MAX // 1_000_000} MB",
            ),
            (
                "去掉图片和多余的工作表，或者按实施主体分成几个文件",
                "take out pictures and other sheets, or divide it by authorities",
            ),
        )


def look_into(data: bytes) -> Archive:
    """Inflate every part once, counting and looking, and keep none; raises SheetFault."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            parts = opened.infolist()
            _check_directory(parts)
            merged, left, elements = {}, INFLATED_BYTES_MAX, 0
            for part in parts:
                seen = _look_at(opened, part, left)
                left -= seen.size
                elements += seen.elements
                if elements > ELEMENTS_MAX:
                    raise _too_many_elements()
                if seen.merged:
                    merged[part.filename] = seen.merged
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise damaged() from error
    except (NotImplementedError, RuntimeError) as error:
        raise protected() from error
    return Archive(data=data, names=frozenset(part.filename for part in parts), merged=merged)


def damaged() -> SheetFault:
    """The file begins as it should and goes on as it should not."""
    return SheetFault(
        ("文件已损坏，读不出来", "the file is damaged and cannot be read"),
        ("用表格软件打开，另存为 .xlsx 再传", "open it in a spreadsheet program and save it anew"),
    )


def protected() -> SheetFault:
    """The file is encrypted."""
    return SheetFault(
        ("文件有密码保护，读不了", "the file is protected by a password"),
        ("去掉密码，另存为 .xlsx 再传", "take the password away and save it as .xlsx"),
    )


def _too_much() -> SheetFault:
    return SheetFault(
        (
            f"文件解压后超过{INFLATED_BYTES_MAX // 1_000_000} MB，可能是压缩炸弹",
            f"unpacked it is over {INFLATED_BYTES_MAX // 1_000_000} MB: a zip bomb?",
        ),
        (
            "只留模板里的工作表，清掉空白行列的格式，或者按实施主体分成几个文件",
            "keep the template's sheets only, clear formats of empty rows, or divide the file",
        ),
    )


def _too_many_elements() -> SheetFault:
    return SheetFault(
        (
            f"工作表里的单元格和格式超过{ELEMENTS_MAX // 10_000}万处",
            f"the sheets have more than {ELEMENTS_MAX // 1_000_000} million cells and formats",
        ),
        (
            "清掉空白行列的格式，或者按实施主体分成几个文件",
            "clear formats of empty rows and columns, or divide the file by authorities",
        ),
    )


def _too_much_merged() -> SheetFault:
    return SheetFault(
        (
            f"一张工作表里合并单元格超过{_MERGED_MAX}处",
            f"one sheet has more than {_MERGED_MAX} merged cells",
        ),
        ("全选，取消合并，每个单元格都填写", "select all, divide them again, fill in every cell"),
    )


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    """What the zip says of itself."""
    if any(part.flag_bits & 1 for part in parts):
        raise protected()
    if len(parts) > _PARTS_MAX or sum(part.file_size for part in parts) > INFLATED_BYTES_MAX:
        raise _too_much()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """size: true, in bytes. elements: of a sheet, 0 for any other part."""

    merged: tuple[str, ...]
    size: int
    elements: int


def _look_at(opened: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> _Seen:
    """Look through one part; raises SheetFault as soon as it is too much."""
    size, elements, tail, merged = 0, 0, b"", []
    with opened.open(part) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > left:
                raise _too_much()
            looked_at = tail + piece
            if part.filename.endswith((".xml", ".rels")) and _DECLARATION.search(looked_at):
                raise damaged()
            if part.filename.startswith("xl/worksheets/"):
                elements += piece.count(b"<") - piece.count(b"</")
                merged += [found.decode() for found in _MERGED.findall(looked_at)]
            if len(merged) > _MERGED_MAX:
                raise _too_much_merged()
            if elements > ELEMENTS_MAX:
                raise _too_many_elements()
            tail = looked_at[-_OVERLAP:]
    return _Seen(merged=tuple(dict.fromkeys(merged)), size=size, elements=elements)
