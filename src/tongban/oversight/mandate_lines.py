"""The items of a list as officers write them: an item a line, its columns as a sheet has them.

Columns are number, name, basic codes, due day, office in charge and English name, parted by a tab
(pasted from a spreadsheet) or by an upright stroke; all but the first two may be left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext

from tongban.core.china_time import read_day
from tongban.core.items.codes import is_basic_code
from tongban.core.items.explanation import Origin
from tongban.core.mandates.mandate import Lead, Mandate, MandateLine
from tongban.oversight.rule_heads import WORDS_MAX, RuleHead, both
from tongban.pages.components import FieldError

_COLUMNS = 6
_LINES_MAX = 1000
#: A tab, or an upright stroke as Latin and Chinese keyboards have it.
_PARTED = re.compile(r"[ \u3000]*[\t|｜][ \u3000]*")
_BETWEEN_CODES = re.compile(r"[\s,;，；、]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class LinesRead:
    """Lines that could be read, and what is wrong with the others."""

    lines: tuple[MandateLine, ...]
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """One line with its columns."""

    number: str
    name: str
    codes: tuple[str, ...]
    due_on: str
    lead: str
    name_en: str

    @property
    def problem(self) -> str:
        """What is wrong with it, "" for nothing."""
        if not self.number or not 0 < len(self.name) <= WORDS_MAX:
            return gettext("要有序号和名称")
        wrong = next((code for code in self.codes if not is_basic_code(code)), "")
        if wrong:
            return gettext("%(code)s 不是 12 位的基本编码") % {"code": wrong}
        if self.due_on and read_day(self.due_on) is None:
            return gettext("期限要写成 2026-12-31 这样的日期")
        return ""

    def line(self, head: RuleHead, before: MandateLine | None) -> MandateLine:
        """The line; what the form has no column for stays as the version before has it."""
        origin = Origin.ILLUSTRATIVE if head.illustrative else Origin.SOURCED
        known = before or MandateLine(
            number=self.number,
            name=both(self.name, self.name_en),
            basic_codes=(),
            batch="",
            announced="",
            lead=Lead(zh="", origin=origin),
            origin=origin,
            evidence="",
            source=head.number,
        )
        due_on = date.fromisoformat(self.due_on) if self.due_on else None
        lead = known.lead if known.lead.zh == self.lead else Lead(zh=self.lead, origin=origin)
        return replace(
            known,
            name=both(self.name, self.name_en),
            basic_codes=self.codes,
            due_on=due_on,
            announced=known.announced if due_on == known.due_on else self.due_on,
            lead=lead,
        )


def read_lines(text: str, head: RuleHead, before: Mandate | None) -> LinesRead:
    """Every line of the text; blank ones are left out."""
    rows = [(n, _row(line)) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    errors = tuple(_errors(rows))
    if errors:
        return LinesRead(lines=(), errors=errors)
    known = {(line.number, line.name.zh): line for line in before.lines} if before else {}
    lines = tuple(row.line(head, known.get((row.number, row.name))) for _, row in rows)
    return LinesRead(lines=lines, errors=())


def written_lines(lines: Iterable[MandateLine]) -> str:
    """Lines as somebody would write them."""
    return "\n".join(_written(line) for line in lines)


def _written(line: MandateLine) -> str:
    english = "" if line.name.en == line.name.zh else line.name.en
    codes, day = " ".join(line.basic_codes), line.due_on.isoformat() if line.due_on else ""
    columns = (line.number, line.name.zh, codes, day, line.lead.zh, english)
    return " | ".join(columns).rstrip(" |")


def _row(line: str) -> _Row:
    number, name, codes, due_on, lead, english = (
        *_PARTED.split(line.strip(), _COLUMNS - 1),
        *[""] * _COLUMNS,
    )[:_COLUMNS]
    return _Row(
        number=number,
        name=name,
        codes=tuple(code for code in _BETWEEN_CODES.split(codes) if code),
        due_on=due_on,
        lead=lead,
        name_en=english,
    )


def _errors(rows: list[tuple[int, _Row]]) -> Iterator[FieldError]:
    if not rows:
        yield _error(gettext("请至少写一个事项。"))
    if len(rows) > _LINES_MAX:
        yield _error(gettext("一份清单最多 1000 项。"))
        return
    for place, row in rows:
        if row.problem:
            words = gettext("第 %(place)s 行：%(problem)s。")
            yield _error(words % {"place": place, "problem": row.problem})
            return
    numbers = [row.number for _, row in rows]
    twice = next((number for number in numbers if numbers.count(number) > 1), "")
    if twice:
        yield _error(gettext("序号 %(number)s 用了两次。") % {"number": twice})


def _error(words: str) -> FieldError:
    return FieldError(anchor="lines", words=words)
