"""Nothing is in the bundle that the case does not need, least of all another case."""

from collections.abc import Iterator

from tongban.core.channel.events import GenerationOpened, OutcomeRecorded
from tongban.core.entry import SubjectKind
from tongban.core.home.events import HomeOpened, PeerPaired
from tongban.core.records.events import ObjectionWithdrawn, RecordAcknowledged
from tongban.node.bundles.backing import is_about
from tongban.node.bundles.citations import cited_by
from tongban.node.bundles.examination import Examination, Line
from tongban.node.bundles.report import Problem
from tongban.node.bundles.standing import decides, needs_outcome


def check_relevance(bundle: Examination) -> Iterator[Problem]:
    """Each entry is about the case, about what it rests on, or says something of such entries."""
    cited = {d for line in bundle.lines if bundle.about_case(line) for d in cited_by(line.entry)}
    for line in bundle.lines:
        if not (bundle.about_case(line) or _supports(bundle, line, cited)):
            yield Problem.of(
                "entry_unrelated",
                zh=f"第 {line.number} 条与本案无关，或所关涉的记录不在包内。",
                en=f"Entry {line.number} does not belong to the case, or what it is about is not in"
                " the bundle.",
            )


def _supports(bundle: Examination, line: Line, cited: set[str]) -> bool:
    subject, event = line.entry.subject, line.entry.event
    if isinstance(event, OutcomeRecorded):
        return any(_is_about(event, line, other) for other in bundle.lines)
    if isinstance(event, GenerationOpened | HomeOpened | PeerPaired):
        return True
    if isinstance(event, RecordAcknowledged | ObjectionWithdrawn):
        case, objected = bundle.manifest.case, _objected(bundle)
        return is_about(event, case=case, documents=cited, objected=objected)
    return subject.kind is SubjectKind.AGREEMENT and subject.id in cited


def _objected(bundle: Examination) -> Iterator[str]:
    for line in bundle.lines:
        if isinstance(line.entry.event, RecordAcknowledged):
            yield from (each.entry for each in line.entry.event.objections)


def _is_about(event: OutcomeRecorded, line: Line, other: Line) -> bool:
    there = other.place.log.opposite == line.place.log
    return there and needs_outcome(other.bundled) and decides(event, other.place.position)
