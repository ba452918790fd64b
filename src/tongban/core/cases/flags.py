"""How a reported fact departs from the process; flagged for people, never refused for it."""

from collections.abc import Iterator

from tongban.core.cases.acts import reported_of
from tongban.core.cases.events import CaseDecided, Verdict
from tongban.core.cases.process import Act
from tongban.core.cases.state import CaseState, Flag, FlagKind
from tongban.core.entry import Entry, Event


def flags_of(before: CaseState, entry: Entry, act: Act | None) -> tuple[Flag, ...]:
    """The departures of this entry; none where it is an act inside Tongban."""
    if reported_of(entry.event) is None:
        return ()
    return tuple(
        Flag(kind=kind, entry=entry.id, detail=detail)
        for kind, detail in (*_of_order(before, act), *_of_time(entry), *_of_bodies(entry, act))
    )


def bodies_needed(act: Act, event: Event) -> tuple[str, ...]:
    """Names of the bodies that this act must bring."""
    granted = isinstance(event, CaseDecided) and event.verdict is Verdict.GRANTED
    return (*act.bodies, *(act.bodies_when_granted if granted else ()))


def _of_order(before: CaseState, act: Act | None) -> Iterator[tuple[FlagKind, str]]:
    if act is None or before.stage not in act.during:
        yield FlagKind.OUT_OF_PROCESS, before.stage
    if act and act.at_most is not None and before.done(act.act) >= act.at_most:
        yield FlagKind.REPEATED, act.act


def _of_time(entry: Entry) -> Iterator[tuple[FlagKind, str]]:
    reported = reported_of(entry.event)
    if reported and not reported.acted_at <= reported.reported_at <= entry.at:
        yield FlagKind.REPORTED_BEFORE_ACT, reported.system


def _of_bodies(entry: Entry, act: Act | None) -> Iterator[tuple[FlagKind, str]]:
    present = {line.name for line in entry.commitments}
    for name in bodies_needed(act, entry.event) if act else ():
        if name not in present:
            yield FlagKind.BODY_MISSING, name
