"""Cells that hold a formula or an error and no value, as texts that no reader takes for one.

A report writes such a text where the formula stood. Whoever hands the report in again without
mending that cell is told the same once more, from .xlsx and from CSV alike.
"""

from tongban.catalogue.sheets.mistakes import CellUnreadable

_FORMULA, _ERROR = "〔公式〕", "〔错误值〕"
#: What spreadsheet programs write where a computation failed; CSV has them as plain texts.
_ERRORS = frozenset(
    {
        "#BLOCKED!",
        "#BUSY!",
        "#CALC!",
        "#CONNECT!",
        "#DIV/0!",
        "#FIELD!",
        "#GETTING_DATA",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#SPILL!",
        "#UNKNOWN!",
        "#VALUE!",
    }
)
_REMEDY = ("复制后用“选择性粘贴—数值”换成值", "paste its value in its place")


def as_formula(formula: str) -> str:
    """The text that stands for a formula."""
    return f"{_FORMULA}{formula}"


def as_error(error: str) -> str:
    """The text that stands for an error."""
    return f"{_ERROR}{error}"


def marked(text: str) -> str:
    """The text of a cell; one that looks like a formula or an error as what stands for it."""
    if text.startswith("="):
        return as_formula(text)
    return as_error(text) if text in _ERRORS else text


def check_value(text: str) -> None:
    """Raises CellUnreadable for a text that stands for no value."""
    if text.startswith(_FORMULA):
        raise CellUnreadable(("是公式，不计算", "it is a formula, and none is computed"), _REMEDY)
    if text.startswith(_ERROR):
        error = text.removeprefix(_ERROR)
        raise CellUnreadable((f"是错误值 {error}", f"it holds the error {error}"), _REMEDY)
