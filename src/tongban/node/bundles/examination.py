"""A bundle laid out for the checks: each entry with how far it is proven and what came of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongban.channels.descriptors import Descriptor
from tongban.core.entry import Entry, SubjectKind
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import SignedNote
from tongban.node.bundles.backing import Backed, back, words_of
from tongban.node.bundles.contents import Contents
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.manifest import Manifest
from tongban.node.bundles.places import LogName, Place
from tongban.node.bundles.report import Effect, Problem
from tongban.node.bundles.standing import Settlement, Settlements, Standing, stand


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One entry, by its number in the bundle."""

    number: int
    bundled: BundledEntry
    standing: Standing
    settlement: Settlement
    backed: Backed

    @property
    def entry(self) -> Entry:
        """What the writer stated."""
        return self.bundled.entry

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.bundled.place

    @property
    def seen(self) -> tuple[int, int]:
        """Position up to which its writer had applied the opposite log; (0, 0) where it is mute."""
        seen = self.entry.seen
        return (seen.generation, seen.size) if seen else (0, 0)

    @property
    def took_effect(self) -> bool:
        """Whether the addressee's outcome in the bundle says so."""
        return self.settlement.effect is Effect.TAKEN_EFFECT


@dataclass(frozen=True, kw_only=True, slots=True)
class Examination:
    """Everything that a check may look at.

    nodes: descriptors by node name. trust: None where the reader brought no keys.
    """

    manifest: Manifest
    note: SignedNote
    contents: Contents
    nodes: Mapping[str, Descriptor]
    lines: tuple[Line, ...]
    trust: Sequence[VerifierKey] | None

    def about_case(self, line: Line) -> bool:
        """Whether the entry is about the case, rather than in support of others."""
        subject = line.entry.subject
        return (subject.kind, subject.id) == (SubjectKind.CASE, self.manifest.case)

    def by_log(self) -> dict[LogName, list[Line]]:
        """The lines of each log, by place."""
        logs: dict[LogName, list[Line]] = {}
        for line in sorted(self.lines, key=lambda line: line.place):
            logs.setdefault(line.place.log, []).append(line)
        return logs


Check = Callable[[Examination], Iterator[Problem]]


def examine(
    manifest: Manifest,
    note: SignedNote,
    contents: Contents,
    trust: Sequence[VerifierKey] | None,
) -> Examination:
    """Check every proof, and find every outcome; raises BundleUnreadable."""
    nodes = contents.nodes()
    standings = [stand(bundled, nodes) for bundled in contents.entries]
    settlements = Settlements(contents, standings)
    settled = [settlements.of(bundled) for bundled in contents.entries]
    words = words_of(zip(contents.entries, standings, settled, strict=True))
    return Examination(
        manifest=manifest,
        note=note,
        contents=contents,
        nodes=nodes,
        trust=trust,
        lines=tuple(
            Line(
                number=number,
                bundled=bundled,
                standing=standing,
                settlement=settlement,
                backed=back(bundled, standing, words, case=manifest.case),
            )
            for number, (bundled, standing, settlement) in enumerate(
                zip(contents.entries, standings, settled, strict=True), 1
            )
        ),
    )
