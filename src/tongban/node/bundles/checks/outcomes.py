"""Outcomes continue each other, and none is left out that the bundle itself shows to exist."""

from collections.abc import Iterator, Sequence

from tongban.core.channel.events import OutcomeRecorded
from tongban.node.bundles.examination import Examination, Line
from tongban.node.bundles.report import Problem
from tongban.node.bundles.standing import decides, needs_outcome


def check_outcomes(bundle: Examination) -> Iterator[Problem]:
    """Check each outcome against its own log, then each entry against the opposite one."""
    logs = bundle.by_log()
    for lines in logs.values():
        yield from _along(lines)
    for log, lines in logs.items():
        yield from _left_out(lines, logs.get(log.opposite, ()))


def _along(lines: Sequence[Line]) -> Iterator[Problem]:
    applied = (0, 0)
    for line in lines:
        event = line.entry.event
        if isinstance(event, OutcomeRecorded):
            if (event.generation, event.size) > line.seen:
                yield Problem.of(
                    "outcome_unseen",
                    zh=f"第 {line.number} 条：处理结果涉及写它的一方尚未见到的记录。",
                    en=f"Entry {line.number}: an outcome about entries that its writer had not"
                    " seen.",
                )
            if (event.since_generation, event.since_size) < applied:
                yield Problem.of(
                    "outcome_repeated",
                    zh=f"第 {line.number} 条：处理结果涉及写它的一方早已处理过的记录。",
                    en=f"Entry {line.number}: an outcome about entries that its writer had already"
                    " decided.",
                )
        applied = max(applied, line.seen)


def _left_out(lines: Sequence[Line], opposite: Sequence[Line]) -> Iterator[Problem]:
    """Whoever had seen an entry had decided it: one applies, decides and appends in one act."""
    applied = max((line.seen for line in opposite), default=(0, 0))
    outcomes = [
        e for e in (line.entry.event for line in opposite) if isinstance(e, OutcomeRecorded)
    ]
    for line in lines:
        due = needs_outcome(line.bundled) and line.place.position < applied
        if due and not any(decides(event, line.place.position) for event in outcomes):
            yield Problem.of(
                "outcome_missing",
                zh=f"第 {line.number} 条：对方早已处理，包内却没有其处理结果。",
                en=f"Entry {line.number}: the other side had decided it, and its outcome is not in"
                " the bundle.",
            )
