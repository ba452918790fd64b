"""One line that a clause or the head of an agreement says in a field, as somebody writes it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from tongban.agreements.files import in_words
from tongban.agreements.negotiations.forms.line_kinds import LINE_KINDS, LineKind
from tongban.agreements.negotiations.forms.parts import Control, Filled
from tongban.core.agreements.checks import check_agreement
from tongban.core.agreements.clauses import Clause
from tongban.core.agreements.document import Agreement
from tongban.core.faults import DocumentInvalid
from tongban.core.words import Words
from tongban.pages.components import FieldError


@dataclass(frozen=True, kw_only=True, slots=True)
class LineForm:
    """As somebody filled it in; field: of the clause or of the agreement."""

    field: str
    filled: Filled

    @property
    def kind(self) -> LineKind:
        """What kind of line it is."""
        return LINE_KINDS[self.field]

    @property
    def controls(self) -> list[Control]:
        """What the page shows."""
        return [each for part in self.kind.parts for each in part.controls(self.filled)]

    def errors(self, others: tuple[Any, ...]) -> tuple[FieldError, ...]:
        """What has to be mended before it can be kept; others: lines that it stands beside."""
        found = [each for part in self.kind.parts for each in part.errors(self.filled)]
        return tuple(found) or tuple(self._unfit(others))

    def applied(self) -> Any:
        """The line; only where nothing is wrong."""
        return self.kind.made(**{part.name: part.read(self.filled) for part in self.kind.parts})

    def _unfit(self, others: tuple[Any, ...]) -> Iterator[FieldError]:
        """What the rules of documents say of the line."""
        try:
            check_agreement(self._checked(others))
        except DocumentInvalid as error:
            if f"{self.field}[" in error.field:
                anchor = self._anchor(error.field.rpartition(".")[2])
                yield FieldError(anchor=anchor, words=in_words(error))

    def _checked(self, others: tuple[Any, ...]) -> Agreement:
        """The text with nothing in it but the line, and of the head's kind its neighbours."""
        line, text = self.applied(), self.filled.agreement
        bare = replace(text, clauses=(), consents=(), reviews=(), publications=())
        if not self.kind.of_head:
            return replace(bare, clauses=(alone(self.field, line),))
        lines: dict[str, Any] = {self.field: (*others, line)}
        return replace(bare, **lines)

    def _anchor(self, below: str) -> str:
        """The control of a part, the first one where the whole line is meant."""
        names = [part.name for part in self.kind.parts]
        return below if below in names else names[0]


def line_form(field: str, line: Any, agreement: Agreement) -> LineForm:
    """As the text has it."""
    values = {
        name: value
        for part in LINE_KINDS[field].parts
        for name, value in part.sent(getattr(line, part.name)).items()
    }
    return LineForm(field=field, filled=Filled(values=values, agreement=agreement))


def empty_line(field: str, agreement: Agreement) -> LineForm:
    """For a line more."""
    return LineForm(field=field, filled=Filled(values={}, agreement=agreement))


def read_line(field: str, given: QueryDict, agreement: Agreement) -> LineForm:
    """As it was sent."""
    values = {
        name: tuple(str(each).replace("\r\n", "\n").strip() for each in given.getlist(name))
        for name in given
    }
    return LineForm(field=field, filled=Filled(values=values, agreement=agreement))


def alone(field: str, line: Any) -> Clause:
    """A clause that says nothing but this line."""
    words = Words(zh="", en="")
    lines: dict[str, Any] = {field: (line,)}
    return replace(Clause(number="1", title=words, text=words), **lines)
