"""What guests say, in a bundle, of what their keepers signed for them (spec/records.md).

Only what a guest said under keys of its own counts, and only where its partner's outcome took it.
Whoever leaves such an entry out leaves what it is about one-sided, never the other way round.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tongban.core.entry import Entry, Subject, SubjectKind
from tongban.core.records.events import ObjectionGround, ObjectionWithdrawn, RecordAcknowledged
from tongban.core.records.state import Backing, RecordState, line_of
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.places import LogName
from tongban.node.bundles.report import Effect
from tongban.node.bundles.standing import Settlement, Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """What a guest said in one log; read_until: of its partner's log, by what it spoke about."""

    state: RecordState
    read_until: Mapping[Subject, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Backed:
    """Whether a guest stands behind an entry, and behind its keeper's countersignature.

    signed, cosigned: None where no keeper did it. ground: why the guest objects.
    """

    signed: Backing | None = None
    ground: ObjectionGround | None = None
    cosigned: Backing | None = None


def words_of(
    lines: Iterable[tuple[BundledEntry, Standing, Settlement]],
) -> Mapping[LogName, Word]:
    """What each guest said in its own log, of all that the bundle shows."""
    words: dict[LogName, Word] = {}
    for bundled, standing, settlement in lines:
        entry, log = bundled.entry, bundled.place.log
        event = entry.event
        if not isinstance(event, RecordAcknowledged | ObjectionWithdrawn):
            continue
        if not standing.proven or standing.signed_for_by or entry.subject.id != log.writer:
            continue
        if settlement.effect is Effect.TAKEN_EFFECT:
            words[log] = _said(words.get(log) or Word(state=RecordState(guest=log.writer)), entry)
    return words


def _said(word: Word, entry: Entry) -> Word:
    event = entry.event
    if not isinstance(event, RecordAcknowledged | ObjectionWithdrawn):
        return word
    line = line_of(event, entry=entry.id, at=entry.at)
    state = replace(word.state, lines=(*word.state.lines, line))
    if line.about is None or entry.seen is None:
        return replace(word, state=state)
    seen = (entry.seen.generation, entry.seen.size)
    return Word(state=state, read_until={**word.read_until, line.about: seen})


def back(
    bundled: BundledEntry, standing: Standing, words: Mapping[LogName, Word], *, case: str
) -> Backed:
    """What the guests of an entry's log say of it."""
    entry, log = bundled.entry, bundled.place.log
    about = _about(entry, case)
    writer, reader = words.get(log), words.get(log.opposite) if log.reader else None
    return Backed(
        signed=_signed(writer, about, entry) if standing.signed_for_by else None,
        ground=writer.state.objections().get(entry.id) if writer else None,
        cosigned=_cosigned(reader, about, bundled) if standing.cosigned_for_by else None,
    )


def _about(entry: Entry, case: str) -> Subject:
    """Outcomes and openings are acknowledged with the case whose entries rest on them."""
    if entry.subject.kind is SubjectKind.CHANNEL:
        return Subject(kind=SubjectKind.CASE, id=case)
    return entry.subject


def _signed(word: Word | None, about: Subject, entry: Entry) -> Backing:
    return word.state.backing(about, entry.id) if word else Backing.ONE_SIDED


def _cosigned(word: Word | None, about: Subject, bundled: BundledEntry) -> Backing:
    until = word.read_until.get(about, (0, 0)) if word else (0, 0)
    read = bundled.place.position < until
    return Backing.ACKNOWLEDGED if read else Backing.ONE_SIDED


def is_about(
    event: object, *, case: str, documents: Iterable[str], objected: Iterable[str]
) -> bool:
    """Whether what a guest says concerns a case, or an agreement that the case rests on.

    objected: entries to which shown acknowledgements object.
    """
    if isinstance(event, ObjectionWithdrawn):
        return event.entry in objected
    if not isinstance(event, RecordAcknowledged):
        return False
    about = event.about
    if about.kind is SubjectKind.AGREEMENT:
        return about.id in documents
    return about == Subject(kind=SubjectKind.CASE, id=case)
