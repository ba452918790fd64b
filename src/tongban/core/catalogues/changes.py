"""What changed on a partner's list, version by version."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tongban.core.catalogues.events import CataloguePublished
from tongban.core.catalogues.state import CatalogueState, advanced
from tongban.core.entry import Entry


class ChangeKind(StrEnum):
    """What became of an item."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueChange:
    """One item in one version; before, after: documents, "" where there was or is none.

    reason, from_day: of a withdrawal, else "".
    """

    version: int
    at: datetime
    kind: ChangeKind
    item: str
    before: str
    after: str
    reason: str = ""
    from_day: str = ""


def changes_of(publisher: str, entries: Iterable[Entry]) -> Iterator[CatalogueChange]:
    """Every change, oldest first; entries: the publisher's versions that took effect, in order."""
    state = CatalogueState(publisher=publisher)
    for entry in entries:
        if isinstance(entry.event, CataloguePublished):
            yield from _of_version(state, entry.event, entry.at)
            state = advanced(state, entry.event, entry.at)


def _of_version(
    state: CatalogueState, event: CataloguePublished, at: datetime
) -> Iterator[CatalogueChange]:
    known = {line.item: (line.document, line.processes) for line in state.lines}
    standing: Mapping[str, str] = {line.item: line.document for line in state.lines}
    gone: Mapping[str, str] = {line.item: line.document for line in state.withdrawn}
    for line in event.published:
        if known.get(line.item) == (line.document, line.processes):
            # Told once more, as earlier software did when two told at the same moment.
            continue
        before = standing.get(line.item) or gone.get(line.item, "")
        yield CatalogueChange(
            version=event.version,
            at=at,
            kind=_kind(line.item, standing, gone),
            item=line.item,
            before=before,
            after=line.document,
        )
    for withdrawn in event.withdrawn:
        yield CatalogueChange(
            version=event.version,
            at=at,
            kind=ChangeKind.WITHDRAWN,
            item=withdrawn.item,
            before=standing[withdrawn.item],
            after="",
            reason=withdrawn.reason,
            from_day=withdrawn.from_day,
        )


def _kind(item: str, standing: Mapping[str, str], gone: Mapping[str, str]) -> ChangeKind:
    if item in standing:
        return ChangeKind.CHANGED
    return ChangeKind.REOPENED if item in gone else ChangeKind.ADDED
