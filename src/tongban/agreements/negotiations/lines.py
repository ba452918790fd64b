"""What a draft says in fields, line by line, as the pages of the editor list it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tongban.agreement_text.clause_blocks import clause_tables
from tongban.agreement_text.wording import Wording
from tongban.agreements.negotiations.forms.line import alone
from tongban.agreements.negotiations.forms.line_kinds import LINE_KINDS
from tongban.agreements.wording import names_of_items, place_wording
from tongban.core.agreements.agreement import LegalityReview
from tongban.core.agreements.clauses import Clause
from tongban.core.agreements.document import Agreement
from tongban.pages.dates import day_words
from tongban.pages.places import name_of_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class LineGroup:
    """The lines of one kind, each in words and in their order; none where there is none yet."""

    field: str
    words: str
    lines: tuple[str, ...]


def clause_groups(agreement: Agreement, clause: Clause) -> list[LineGroup]:
    """Every kind of line that a clause can have."""
    wording = place_wording(agreement, names_of_items())
    return [
        LineGroup(
            field=field,
            words=kind.words(),
            lines=tuple(_in_a_clause(field, line, wording) for line in getattr(clause, field)),
        )
        for field, kind in LINE_KINDS.items()
        if not kind.of_head
    ]


def head_groups(agreement: Agreement) -> list[LineGroup]:
    """Every kind of line that stands beside the clauses."""
    return [
        LineGroup(
            field=field,
            words=kind.words(),
            lines=tuple(" · ".join(_of_the_head(line)) for line in getattr(agreement, field)),
        )
        for field, kind in LINE_KINDS.items()
        if kind.of_head
    ]


def _in_a_clause(field: str, line: Any, wording: Wording) -> str:
    tables = clause_tables(alone(field, line), wording)
    return " · ".join(cell for table in tables for row in table.rows for cell in row)


def _of_the_head(line: Any) -> Iterator[str]:
    yield name_of_node(line.party)
    if isinstance(line, LegalityReview):
        yield from (said(line.office), line.number, day_words(line.reviewed_on))
    else:
        yield from (said(line.where), day_words(line.publish_by))
