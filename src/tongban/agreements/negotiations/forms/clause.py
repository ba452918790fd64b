"""One clause: its number and words, the time limits by leg, the run-off rule, the notices."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreement_text.enum_words import words_of as code_words
from tongban.agreements.labels import leg_words, run_off_words
from tongban.agreements.negotiations.forms.reading import (
    missing,
    number_errors,
    text_of,
    words_of,
)
from tongban.core.agreements.clauses import Clause, LegLimit, RunOff
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.provisions import Notice, NoticeMatter
from tongban.core.cases.process import LegKind
from tongban.core.plain_codes import is_code
from tongban.core.words import Words
from tongban.pages.components import FieldError
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseForm:
    """As somebody filled it in; limits, notices: days as text by leg and by matter, "" for none."""

    number: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    run_off: str
    limits: Mapping[LegKind, str]
    notices: Mapping[NoticeMatter, str]

    @property
    def run_offs(self) -> list[tuple[str, str, bool]]:
        """What can be chosen: value, words, and whether it is."""
        return [(each, run_off_words(each), each == self.run_off) for each in RunOff]

    @property
    def legs(self) -> list[tuple[str, str, str]]:
        """A field for each leg: name, words, days."""
        return [(_leg(leg), leg_words(leg), days) for leg, days in self.limits.items()]

    @property
    def matters(self) -> list[tuple[str, str, str]]:
        """A field for each matter of a notice: name, words, days."""
        return [
            (_matter(matter), said(code_words(matter)), days)
            for matter, days in self.notices.items()
        ]

    @property
    def has_limits(self) -> bool:
        """Whether a time limit is filled in."""
        return any(self.limits.values())

    @property
    def has_notices(self) -> bool:
        """Whether a notice is filled in."""
        return any(self.notices.values())

    def errors(self, taken: frozenset[str]) -> tuple[FieldError, ...]:
        """What has to be mended before it can be kept; taken: numbers of the other clauses."""
        return (
            *self._number_errors(taken),
            *missing("title_zh", self.title_zh, gettext("请写条款的标题。")),
            *missing("text_zh", self.text_zh, gettext("请写条款的内容。")),
            *(
                error
                for name, _, days in (*self.legs, *self.matters)
                for error in number_errors(name, days, least=1)
            ),
        )

    def applied(self, clause: Clause | None) -> Clause:
        """The clause with what is filled in; what the form does not show stays as it was."""
        words = Words(zh="", en="")
        known = clause or Clause(number=self.number, title=words, text=words)
        return replace(
            known,
            number=self.number,
            title=words_of(self.title_zh, self.title_en),
            text=words_of(self.text_zh, self.text_en),
            run_off=RunOff(self.run_off) if self.run_off in set(RunOff) else None,
            limits=tuple(
                LegLimit(leg=leg, working_days=int(days))
                for leg, days in self.limits.items()
                if days
            ),
            notices=tuple(
                Notice(matter=matter, days=int(days))
                for matter, days in self.notices.items()
                if days
            ),
        )

    def _number_errors(self, taken: frozenset[str]) -> tuple[FieldError, ...]:
        if not is_code(self.number):
            words = gettext("条款号只能用数字、字母和点，例如 2.1。")
        elif self.number in taken:
            words = gettext("已经有这个号的条款，请换一个。")
        else:
            return ()
        return (FieldError(anchor="number", words=words),)


def clause_form(clause: Clause) -> ClauseForm:
    """As the text has it."""
    limits = {line.leg: str(line.working_days) for line in clause.limits}
    notices = {line.matter: str(line.days) for line in clause.notices}
    return ClauseForm(
        number=clause.number,
        title_zh=clause.title.zh,
        title_en=clause.title.en,
        text_zh=clause.text.zh,
        text_en=clause.text.en,
        run_off=clause.run_off or "",
        limits={leg: limits.get(leg, "") for leg in LegKind},
        notices={matter: notices.get(matter, "") for matter in NoticeMatter},
    )


def empty_clause(agreement: Agreement) -> ClauseForm:
    """For a clause more, under a number that is free."""
    taken = {clause.number for clause in agreement.clauses}
    number = next(each for n in range(len(taken) + 1) if (each := str(n + 1)) not in taken)
    words = Words(zh="", en="")
    return clause_form(Clause(number=number, title=words, text=words))


def read_clause(given: QueryDict) -> ClauseForm:
    """As it was sent."""
    return ClauseForm(
        number=text_of(given, "number"),
        title_zh=text_of(given, "title_zh"),
        title_en=text_of(given, "title_en"),
        text_zh=text_of(given, "text_zh"),
        text_en=text_of(given, "text_en"),
        run_off=text_of(given, "run_off"),
        limits={leg: text_of(given, _leg(leg)) for leg in LegKind},
        notices={matter: text_of(given, _matter(matter)) for matter in NoticeMatter},
    )


def _leg(leg: LegKind) -> str:
    return f"limit-{leg.value}"


def _matter(matter: NoticeMatter) -> str:
    return f"notice-{matter.value}"
