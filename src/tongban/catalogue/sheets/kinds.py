"""What may stand in the cells of a column, how it is read and how it is written."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from tongban.catalogue.sheets.labels import Labels
from tongban.catalogue.sheets.meanings import MEANINGS, in_english
from tongban.catalogue.sheets.mistakes import CellUnreadable

_SEPARATORS = re.compile(r"[;；\n]")
_COMMAS = re.compile(r"[,，、]")
_SHOWN, _QUOTED = 12, 40
_NUMBER_DIGITS_MAX = 9
_YES, _NO = "是", "否"
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
#: Days counted from 1900 on, as they stand in cells that lost their format: 1982 to 2119.
_SERIAL = re.compile(r"[3-7]\d{4}(\.0+)?")
_FEN, _FEN_MAX = Decimal(100), 10**12


class Kind(Protocol):
    """A cell's text is never empty when it is read; stand_in takes the place of what is unreadable.

    allowed: what spreadsheets offer as a list; empty where anything goes. says: the explanation,
    the allowed values included.
    """

    @property
    def allowed(self) -> Sequence[str]:
        """Every value that may stand there."""
        ...

    @property
    def says(self) -> tuple[str, str]:
        """What may stand there, in Chinese and English."""
        ...

    @property
    def stand_in(self) -> Any:
        """A value with which the rest of the item can still be looked at."""
        ...

    def read(self, text: str) -> Any:
        """The value; raises CellUnreadable."""
        ...

    def write(self, value: Any) -> str:
        """The cell's text for a value."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """Anything."""

    allowed: Sequence[str] = ()
    says: tuple[str, str] = ("文字", "text")
    stand_in: str = ""

    def read(self, text: str) -> str:
        """The text itself."""
        return text

    def write(self, value: str) -> str:
        """The text itself."""
        return value


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A whole number; it may be below nothing, which the item's own rules then refuse."""

    stand_in: int | None = 0
    allowed: Sequence[str] = ()
    says: tuple[str, str] = ("整数", "a whole number")

    def read(self, text: str) -> int:
        """The number; digits of Chinese keyboards (全角) are digits."""
        found = re.fullmatch(rf"(-?[0-9]{{1,{_NUMBER_DIGITS_MAX}}})(?:\.0+)?", _half_width(text))
        if found is None:
            raise CellUnreadable(
                (f"“{_cut(text)}”不是整数", f"{_cut(text)} is not a whole number"),
                ("只写数字，不写单位", "write digits alone, without the unit"),
            )
        return int(found[1])

    def write(self, value: int) -> str:
        """Its digits."""
        return str(value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Money:
    """Yuan in the cell, fen in the item."""

    stand_in: int = 1
    allowed: Sequence[str] = ()
    says: tuple[str, str] = ("金额，单位元，最多两位小数", "yuan, with at most two decimals")

    def read(self, text: str) -> int:
        """The amount in fen."""
        try:
            fen = Decimal(_half_width(text).replace(",", "")) * _FEN
            if fen.is_finite() and fen == int(fen) and abs(fen) < _FEN_MAX:
                return int(fen)
        except InvalidOperation:
            pass
        raise CellUnreadable(
            (f"“{_cut(text)}”不是金额", f"{_cut(text)} is not an amount of money"),
            ("以元为单位写数字，如 30 或 30.50", "write yuan in digits, such as 30 or 30.50"),
        )

    def write(self, value: int) -> str:
        """The amount in yuan."""
        yuan, fen = divmod(value, 100)
        return f"{yuan}.{fen:02}" if fen else str(yuan)


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A day of the calendar."""

    stand_in: None = None
    allowed: Sequence[str] = ()
    says: tuple[str, str] = ("日期，如 2026-11-22", "a day, such as 2026-11-22")

    def read(self, text: str) -> str:
        """The day as documents write it."""
        written = _half_width(text).removesuffix(" 00:00:00")
        found = _DAY.fullmatch(written)
        try:
            if found:
                return str(date(*(int(part) for part in found.groups())))
        except ValueError:
            pass
        if _SERIAL.fullmatch(written):
            raise CellUnreadable(
                (
                    f"“{written}”是表格软件给日期编的序号",
                    f"{written} is the number by which spreadsheet programs keep a day",
                ),
                (
                    "把这一格的格式改成日期，或者写成 2026-11-22 这样",
                    "format the cell as a date, or write it as in 2026-11-22",
                ),
            )
        raise CellUnreadable(
            (f"“{_cut(text)}”不是日期", f"{_cut(text)} is not a day"),
            ("写成 2026-11-22 这样", "write it as in 2026-11-22"),
        )

    def write(self, value: str) -> str:
        """As documents write it."""
        return value


@dataclass(frozen=True, kw_only=True, slots=True)
class YesNo:
    """是 or 否."""

    stand_in: bool = False
    allowed: Sequence[str] = (_YES, _NO)
    says: tuple[str, str] = ("是或否", "是 (yes) or 否 (no)")

    def read(self, text: str) -> bool:
        """Whether it is 是."""
        if text not in self.allowed:
            raise _not_among(text, self.allowed, MEANINGS)
        return text == _YES

    def write(self, value: bool) -> str:  # noqa: FBT001 - the value of the cell
        """是 or 否."""
        return _YES if value else _NO


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One of a code set's labels; its code is read too. meanings: labels in English."""

    labels: Labels
    meanings: Mapping[str, str] = field(default_factory=lambda: MEANINGS)
    asks: tuple[str, str] = ("从列表中选一个", "one of the list")

    @property
    def says(self) -> tuple[str, str]:
        """What it asks for, and all labels."""
        zh, en = "、".join(self.allowed), in_english(self.allowed, self.meanings)
        return (f"{self.asks[0]}：{zh}", f"{self.asks[1]}: {en}")

    @property
    def allowed(self) -> Sequence[str]:
        """The labels."""
        return tuple(self.labels)

    @property
    def stand_in(self) -> str:
        """The first of them."""
        return next(iter(self.labels.values()))

    def read(self, text: str) -> str:
        """The code of the label."""
        if text in self.labels:
            return self.labels[text]
        if text in self.labels.values():
            return text
        raise _not_among(text, self.allowed, self.meanings)

    def write(self, value: str) -> str:
        """The label of the code."""
        return next((label for label, code in self.labels.items() if code == value), value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Several:
    """Several values in one cell, a semicolon between them.

    Where only some values are allowed, a comma that stands in none of them divides as well.
    """

    of: Kind
    stand_in: tuple[str, ...] = ()

    @property
    def allowed(self) -> Sequence[str]:
        """None: a list in the cell would offer one value only."""
        return ()

    @property
    def says(self) -> tuple[str, str]:
        """What each of them may be."""
        zh, en = self.of.says
        return (f"可写多个，用分号隔开：{zh}", f"several, with semicolons between: {en}")

    def read(self, text: str) -> list[Any]:
        """Each of them."""
        parts = [part for each in _SEPARATORS.split(text) for part in self._divided(each.strip())]
        return [self.of.read(part) for part in parts if part]

    def _divided(self, part: str) -> list[str]:
        if part in self.of.allowed or not self.of.allowed:
            return [part]
        return [each.strip() for each in _COMMAS.split(part)]

    def write(self, value: Sequence[Any]) -> str:
        """One after the other."""
        return "；".join(self.of.write(each) for each in value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What somebody chooses in the form: fields with one or several of their values."""

    stand_in: tuple[Any, ...] = ()
    allowed: Sequence[str] = ()
    says: tuple[str, str] = (
        "字段=值，多个值用|隔开，多个字段用分号隔开；空着就是其余情形",
        "field=value, with | between values and semicolons between fields; empty for all others",
    )

    def read(self, text: str) -> list[dict[str, Any]]:
        """Each field with its values."""
        return [self._given(part.strip()) for part in _SEPARATORS.split(text) if part.strip()]

    def write(self, value: Sequence[Mapping[str, Any]]) -> str:
        """One field after the other."""
        return "；".join(f"{each['field']}={'|'.join(each['values'])}" for each in value)

    def _given(self, part: str) -> dict[str, Any]:
        field, sign, values = part.partition("=")
        found = [value.strip() for value in values.split("|") if value.strip()]
        if not (field.strip() and sign and found):
            raise CellUnreadable(
                (f"“{_cut(part)}”不是“字段=值”", f"{_cut(part)} is not field=value"), self.says
            )
        return {"field": field.strip(), "values": found}


def _not_among(text: str, allowed: Sequence[str], meanings: Mapping[str, str]) -> CellUnreadable:
    shown, more = allowed[:_SHOWN], len(allowed) > _SHOWN
    return CellUnreadable(
        (f"“{_cut(text)}”不是允许的值", f"{_cut(text)} is not an allowed value"),
        (
            f"从中选一个：{'、'.join(shown)}{'……' if more else ''}",
            f"choose one of: {in_english(shown, meanings)}{', …' if more else ''}",
        ),
    )


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


TEXT = Text()
TEXTS = Several(of=TEXT)
NUMBER = Number()
DAYS = Number(stand_in=None)
MONEY = Money()
DAY = Day()
YES_NO = YesNo()
CHOICES = Choices()
