"""Intakes counted by the day: at most so many under a clause in one direction (每日收件上限).

What landed counts on the day of its receipt, as the outcome states it, so both nodes count alike.
What is on its way counts for its sender alone, who holds the excess back before dispatch
(spec/agreements.md, "Daily limits").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tongban.core.agreements.document import Agreement, Document
from tongban.core.cases.events import CaseDispatched
from tongban.core.entry import BasisKind, Entry

#: Of so many days the counts are kept, those on which something landed last.
DAYS_KEPT = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCount:
    """How many intakes landed on a calendar day of China time."""

    day: date
    landed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """Under which clause of a document cases go, and between whom; node names."""

    clause: str
    granter: str
    grantee: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """The intakes of one flow. sent: ids of the entries that are on their way, in order."""

    flow: Flow
    days: tuple[DayCount, ...] = ()
    sent: tuple[str, ...] = ()

    def landed(self, day: date) -> int:
        """How many landed on this day."""
        return next((line.landed for line in self.days if line.day == day), 0)

    def counted(self, day: date) -> int:
        """How many the limit of this day has to bear; what is on its way may land on it."""
        return self.landed(day) + len(self.sent)


Tallies = tuple[Tally, ...]


def daily_limit(document: Document, flow: Flow) -> int:
    """How many intakes a day the document allows, 0 where it sets no limit."""
    clause = document.clause(flow.clause) if isinstance(document, Agreement) else None
    if clause is None:
        return 0
    pair = (flow.granter, flow.grantee)
    limits = (g.daily_limit for g in clause.grants if (g.granter, g.grantee) == pair)
    return next(limits, 0)


def flow_of(entry: Entry) -> Flow | None:
    """The flow to which an entry belongs; None where it is no dispatch under a clause."""
    event, basis = entry.event, entry.basis
    if not isinstance(event, CaseDispatched) or basis is None or basis.kind is not BasisKind.CLAUSE:
        return None
    return Flow(clause=basis.clause or "", granter=event.competent, grantee=event.intake_party)


def limited_document(entry: Entry, documents: Mapping[str, Document]) -> str | None:
    """Digest of the agreement whose daily limit counts this entry; None where none does."""
    flow, digest = flow_of(entry), entry.basis.document if entry.basis else None
    if flow is None or digest is None or digest not in documents:
        return None
    return digest if daily_limit(documents[digest], flow) else None


def tally_of(tallies: Iterable[Tally], flow: Flow) -> Tally:
    """The tally of this flow, empty where nothing went that way."""
    return next((tally for tally in tallies if tally.flow == flow), Tally(flow=flow))


def land(tallies: Tallies, flow: Flow, day: date) -> Tallies:
    """One more landed on this day."""
    tally = tally_of(tallies, flow)
    line = DayCount(day=day, landed=tally.landed(day) + 1)
    others = tuple(each for each in tally.days if each.day != day)
    return _put(tallies, replace(tally, days=(*others, line)[-DAYS_KEPT:]))


def send(tallies: Tallies, flow: Flow, entry: str) -> Tallies:
    """One more is on its way."""
    tally = tally_of(tallies, flow)
    return _put(tallies, replace(tally, sent=(*tally.sent, entry)))


def arrive(tallies: Tallies, flow: Flow, entry: str) -> Tallies:
    """It is not on its way any more, whatever became of it."""
    tally = tally_of(tallies, flow)
    return _put(tallies, replace(tally, sent=tuple(each for each in tally.sent if each != entry)))


def _put(tallies: Tallies, tally: Tally) -> Tallies:
    """In the order of their flows, since the two nodes hear of what crosses in different orders.

    What counts nothing leaves nothing.
    """
    others = (each for each in tallies if each.flow != tally.flow)
    counting = (*others, tally) if tally.days or tally.sent else others
    return tuple(sorted(counting, key=_place))


def _place(tally: Tally) -> tuple[str, str, str]:
    return tally.flow.clause, tally.flow.granter, tally.flow.grantee
