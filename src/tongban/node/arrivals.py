"""Storing what arrived, before anything of it takes effect."""

from collections.abc import Iterator, Sequence

from tongban.channels.messages import AGREEMENT_BYTES_MAX, PushedBody
from tongban.core.blobs.manifest import lists
from tongban.core.channel.refusals import ChannelGround
from tongban.core.documents import cited_documents
from tongban.core.entry import Entry
from tongban.evidence.commitments import opens
from tongban.evidence.suite import Suite
from tongban.logs.rows import Head, NewEntry
from tongban.node.faults import BrokenInvariant
from tongban.node.rotations import Find, keep_rotation
from tongban.node.verifying import Arrival, PushRejected, erased_in, walk
from tongban.node.work import Work

#: Generation and index of an entry in its log.
Spot = tuple[int, int]


def store_arrivals(work: Work, log: int, arrivals: Sequence[Arrival]) -> list[Head]:
    """Store verified entries, and the bodies that open their commitments.

    Returns where each generation ends now. Bodies that nobody committed to are not kept.
    """
    grown = []
    for arrival in arrivals:
        head = _opened(work, log, arrival) if arrival.opens else _present(work, log)
        rows = list(_rows(work, arrival))
        grown.append(work.kernel.store.append(work.connection, head, rows))
        work.forget_end(log)
        _keep_bodies(work, log, arrival)
        if arrival.rotation is not None:
            keep_rotation(work, log, arrival.segment.generation, arrival.rotation)
    return grown


def _rows(work: Work, arrival: Arrival) -> Iterator[NewEntry]:
    erased = erased_in(arrival.segment)
    whole = zip(arrival.segment.entries, arrival.leaves, arrival.entries, strict=True)
    for index, (data, leaf, entry) in enumerate(whole, arrival.segment.first):
        gone = erased.get(index)
        if gone is None:
            yield work.arrived(data, leaf, entry)
        else:
            yield NewEntry(data=None, leaf_hash=leaf, length=gone.length)


def keep_notes(work: Work, mirror: int, arrivals: Sequence[Arrival]) -> None:
    """Keep the writer's checkpoints of a mirrored log."""
    for arrival in arrivals:
        work.kernel.store.put_note(
            work.connection,
            mirror,
            arrival.segment.generation,
            arrival.range.size,
            arrival.segment.checkpoint,
        )


def keep_documents(work: Work, arrivals: Sequence[Arrival], documents: Sequence[bytes]) -> None:
    """Keep the documents that the entries cite.

    Raises PushRejected, having kept nothing, when one is nowhere or over the limit.
    """
    library, connection = work.kernel.library, work.connection
    cited = {
        name
        for _, _, entry in walk(arrivals)
        if entry is not None
        for name in cited_documents(entry.event)
    }
    sent = {library.name(data): data for data in documents if len(data) <= AGREEMENT_BYTES_MAX}
    if any(name not in sent and not library.has(connection, name) for name in cited):
        raise PushRejected("malformed")
    for name in sorted(cited & sent.keys()):
        library.take(connection, sent[name])


def finder(work: Work, documents: Sequence[bytes]) -> Find:
    """Gives documents by digest, from a message or from what is kept already."""
    sent = {work.kernel.library.name(data): data for data in documents}
    return lambda name: sent.get(name) or work.kernel.store.document(work.connection, name)


def faulty_entries(head: Head | None, arrivals: Sequence[Arrival]) -> dict[Spot, str]:
    """Entries to be refused for what they are, whatever their noun says; with the grounds.

    head: where the mirrored log ended before this push.
    """
    last = head.last_entry_id if head else ""
    spoiled = _spoiled(arrivals)
    found: dict[Spot, str] = {}
    for generation, index, entry in walk(arrivals):
        if entry is None:
            continue
        if entry.id <= last:
            found[generation, index] = ChannelGround.ID_NOT_INCREASING.value
        elif (generation, index) in spoiled:
            found[generation, index] = ChannelGround.BODY_MISMATCH.value
        last = max(last, entry.id)
    return found


def _spoiled(arrivals: Sequence[Arrival]) -> set[Spot]:
    """Places of entries that came with a body that is not one they commit to."""
    return {
        (arrival.segment.generation, body.index)
        for arrival in arrivals
        for entry, body in _bodies(arrival)
        if not opens_commitment(arrival.suite, entry, body)
    }


def _opened(work: Work, log: int, arrival: Arrival) -> Head:
    return work.open_generation(
        log,
        number=arrival.segment.generation,
        start=arrival.segment.start,
        origin=arrival.origin,
        keys=arrival.keys,
        suite=arrival.suite,
    )


def _present(work: Work, log: int) -> Head:
    head = work.head(log)
    if head is None:
        raise BrokenInvariant("a verified push continues a generation that is not there")
    return head


def _keep_bodies(work: Work, log: int, arrival: Arrival) -> None:
    for entry, body in _bodies(arrival):
        if opens_commitment(arrival.suite, entry, body):
            place = (log, arrival.segment.generation, body.index)
            lists_file = any(each.blob and each.name == body.name for each in entry.commitments)
            work.put_body(place, body.name, body.salt, body.content, is_manifest=lists_file)


def _bodies(arrival: Arrival) -> Iterator[tuple[Entry, PushedBody]]:
    first = arrival.segment.first
    for body in arrival.segment.bodies:
        if first <= body.index < first + len(arrival.entries):
            entry = arrival.entries[body.index - first]
            if entry is not None:
                yield entry, body


def opens_commitment(suite: Suite, entry: Entry, body: PushedBody) -> bool:
    """Whether the body is one that the entry commits to, whole, and lists the file it should."""
    return any(
        commitment.name == body.name
        and commitment.size == len(body.content)
        and opens(suite, bytes.fromhex(commitment.digest), body.salt, body.content)
        and (commitment.blob is None or lists(body.content, commitment.blob))
        for commitment in entry.commitments
    )
