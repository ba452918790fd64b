"""What was answered before (口径库), and when answers alike ask for a clause of their own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tongban.core.inquiries.state import InquiryState, Line, LineKind

#: So many answers alike show that the agreement lacks something.
ALIKE_MIN = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Precedent:
    """An answer that counts: of which inquiry, for which item, between which two."""

    inquiry: str
    item: str
    asker: str
    answerer: str
    line: Line

    @property
    def general(self) -> bool:
        """Whether it holds for all such cases, and not for one alone."""
        return self.line.kind is LineKind.ANSWER

    @property
    def first_day(self) -> date | None:
        """First day on which other cases may go by it; None for a one-off."""
        return date.fromisoformat(self.line.from_day) if self.general else None

    def holds(self, day: date) -> bool:
        """Whether other cases may go by it on this day."""
        return self.first_day is not None and day >= self.first_day


@dataclass(frozen=True, kw_only=True, slots=True)
class AmendmentSuggested:
    """Answers alike for one item of one node, which a clause between the two could say for good."""

    item: str
    topic: str
    answerer: str
    answers: tuple[Precedent, ...]


def precedents(states: Iterable[InquiryState]) -> tuple[Precedent, ...]:
    """Every answer that was neither withdrawn nor replaced, newest first."""
    found = [
        Precedent(
            inquiry=state.id,
            item=state.question.item,
            asker=state.asker,
            answerer=state.answerer,
            line=line,
        )
        for state in states
        if state.question
        for line in state.answers()
    ]
    return tuple(sorted(found, key=lambda each: each.line.entry, reverse=True))


def suggestions(states: Iterable[InquiryState]) -> tuple[AmendmentSuggested, ...]:
    """Where answers of one node on one item, marked alike or not marked, are three or more.

    states: of one pair of nodes. One-off decisions count as well: three are no exception. Answers
    about an agreement as a whole are about nothing that one clause more could say.
    """
    groups: dict[tuple[str, str, str], list[Precedent]] = defaultdict(list)
    for each in precedents(states):
        if each.item:
            groups[each.item, each.line.topic, each.answerer].append(each)
    return tuple(
        AmendmentSuggested(item=item, topic=topic, answerer=answerer, answers=tuple(found))
        for (item, topic, answerer), found in sorted(groups.items())
        if len(found) >= ALIKE_MIN
    )
