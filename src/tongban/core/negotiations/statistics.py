"""What negotiations cost: how long they took, and which clauses were fought over (磋商成本)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from tongban.core.agreements.document import Agreement, Document
from tongban.core.china_time import CHINA_TIME
from tongban.core.negotiations.state import NegotiationStanding, NegotiationState


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkFigures:
    """What one negotiation took.

    took: from the first version to the end, which without an answer is that of the last day for
    one, or until it is asked while there is none; instants are those that the writers of the
    entries claim. counters: versions after the first. fought: how often a clause was changed by a
    counter or commented on, by its number. text: what makes such a number mean the same in two
    negotiations: digest of the template, else number of the agreement, "" where neither is known.
    """

    negotiation: str
    parties: tuple[str, str]
    standing: NegotiationStanding
    took: timedelta
    counters: int
    comments: int
    fought: Mapping[str, int]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoughtClause:
    """A clause of one text, or of all from one template, and how often it was fought over."""

    text: str
    clause: str
    times: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AllTalks:
    """Many negotiations together.

    median: of those that came to an agreement, None where none did. fought: those fought over most
    first. by_standing: how many came to what.
    """

    by_standing: Mapping[NegotiationStanding, int]
    median: timedelta | None
    counters: int
    comments: int
    fought: tuple[FoughtClause, ...]


def figures_of(
    state: NegotiationState, documents: Mapping[str, Document], *, now: datetime, today: date
) -> TalkFigures:
    """Of a negotiation that has a version; documents: by digest, one that lacks counts nothing."""
    fought = Counter(_changed(state, documents))
    fought.update(line.clause for line in state.comments)
    return TalkFigures(
        negotiation=state.id,
        parties=state.parties,
        standing=state.standing(today),
        took=_end(state, now, today) - state.versions[0].at,
        counters=len(state.versions) - 1,
        comments=len(state.comments),
        fought=dict(fought),
        text=_text(state, documents),
    )


def together(talks: Iterable[TalkFigures]) -> AllTalks:
    """The figures of many negotiations as one."""
    lines = list(talks)
    fought: Counter[tuple[str, str]] = Counter()
    for line in lines:
        fought.update({(line.text, clause): times for clause, times in line.fought.items()})
    agreed = sorted(line.took for line in lines if line.standing is NegotiationStanding.ACCEPTED)
    return AllTalks(
        by_standing=Counter(line.standing for line in lines),
        median=agreed[len(agreed) // 2] if agreed else None,
        counters=sum(line.counters for line in lines),
        comments=sum(line.comments for line in lines),
        fought=tuple(
            FoughtClause(text=text, clause=clause, times=times)
            for (text, clause), times in sorted(
                fought.items(), key=lambda each: (-each[1], each[0])
            )
        ),
    )


def _text(state: NegotiationState, documents: Mapping[str, Document]) -> str:
    known = (documents.get(version.document) for version in reversed(state.versions))
    latest = next((each for each in known if isinstance(each, Agreement)), None)
    return (latest.template or latest.number) if latest else ""


def _end(state: NegotiationState, now: datetime, today: date) -> datetime:
    if state.closing:
        return state.closing.at
    if not state.lapsed(today):
        return now
    last = date.fromisoformat(state.versions[-1].answer_by)
    return datetime.combine(last + timedelta(days=1), time(), CHINA_TIME)


def _changed(state: NegotiationState, documents: Mapping[str, Document]) -> Iterator[str]:
    """Numbers of the clauses that each counter changed, left out or added."""
    texts = [documents.get(version.document) for version in state.versions]
    for before, after in pairwise(texts):
        if isinstance(before, Agreement) and isinstance(after, Agreement):
            old = {clause.number: clause for clause in before.clauses}
            new = {clause.number: clause for clause in after.clauses}
            yield from (n for n in dict.fromkeys((*old, *new)) if old.get(n) != new.get(n))
