"""What stands between the cells of a CSV file: programs and countries write it differently."""

from collections.abc import Mapping
from types import MappingProxyType

from tongban.catalogue.sheets.mistakes import Pair, SheetFault
from tongban.catalogue.sheets.plans import PLANS, plan_with

#: Every separator that is read, with what people call it.
SEPARATORS: Mapping[str, Pair] = MappingProxyType(
    {
        ",": ("逗号", "commas"),
        "\t": ("制表符", "tabs"),
        ";": ("分号", "semicolons"),
        "，": ("全角逗号", "full-width commas"),
        "；": ("全角分号", "full-width semicolons"),
        "|": ("竖线", "vertical bars"),
    }
)
#: Signs that Chinese sentences are full of, so that cells that are not quoted fall apart.
_IN_SENTENCES = frozenset("，；")
#: What spreadsheet programs write above the headings where the separator is not their country's.
_SAID = "sep="
_SAVE_AGAIN: Pair = (
    "用表格软件打开，另存为 .xlsx，或者另存为逗号分隔的 CSV",
    "open it in a spreadsheet program and save it as .xlsx, or as CSV with commas",
)


def without_declaration(text: str) -> str:
    """The text after a first line such as sep=;"""
    first, _, rest = text.partition("\n")
    return rest if first.strip('"\r ').lower().startswith(_SAID) else text


def separator_of(text: str) -> str:
    """The one that gives the most headings of a sheet, or else the most cells.

    Raises SheetFault where headings are there and nothing that is known stands between them.
    """
    first = text.partition("\n")[0]
    found = max(SEPARATORS, key=lambda each: (_known(first.split(each)), first.count(each)))
    if _known(first.split(found)) <= 1 < _named(first):
        raise SheetFault(
            (
                "看不出格子之间用什么分隔",
                "the headings are there, but nothing that is known stands between them",
            ),
            _SAVE_AGAIN,
        )
    return found


def check_row(number: int, cells: list[str], headings: int, separator: str) -> None:
    """Raises SheetFault for a row that was separated otherwise than the headings.

    Read on, it would be a heap of cells in wrong columns.
    """
    other = next((each for each in SEPARATORS if _is_of(each, cells, headings, separator)), None)
    if other is not None:
        (zh, en), (others_zh, others_en) = SEPARATORS[separator], SEPARATORS[other]
        raise SheetFault(
            (
                f"第一行用{zh}分隔，第{number}行却用{others_zh}",
                f"the first line is separated by {en}, and line {number} by {others_en}",
            ),
            _SAVE_AGAIN,
        )
    if separator in _IN_SENTENCES and len(cells) > headings:
        zh, en = SEPARATORS[separator]
        raise SheetFault(
            (
                f"格子用{zh}分隔，第{number}行的文字里也有{zh}，分不清",
                f"cells are separated by {en}, and line {number} has them in its texts too",
            ),
            _SAVE_AGAIN,
        )


def _is_of(other: str, cells: list[str], headings: int, separator: str) -> bool:
    """Whether the row's first cell holds most of a row, because another sign separates it."""
    if other == separator or len(cells) >= headings:
        return False
    code = cells[0].partition(other)[0]
    # A note below the table begins with words, a row with a code.
    return code.isascii() and code != cells[0] and cells[0].count(other) * 2 >= headings // 2


def _known(cells: list[str]) -> int:
    """How many of them are headings of the sheet that they are most like."""
    texts = [cell.strip().strip('"') for cell in cells]
    plan = plan_with(texts)
    return len(set(texts) & set(plan.headings)) if plan else 0


def _named(line: str) -> int:
    """How many headings of one sheet stand anywhere in the line."""
    return max(sum(heading in line for heading in plan.headings) for plan in PLANS.values())
