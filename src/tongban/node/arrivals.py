"""Storing what arrived, before anything of it takes effect."""

from collections.abc import Iterator, Sequence

from tongban.channels.messages import PushedBody
from tongban.core.channel.refusals import ChannelGround
from tongban.core.documents import cited_documents
from tongban.core.entry import Entry
from tongban.evidence.commitments import opens
from tongban.logs.rows import Head
from tongban.node.faults import BrokenInvariant
from tongban.node.pushes import Arrival, PushRejected
from tongban.node.work import Work

#: Generation and index of an entry in its log.
Spot = tuple[int, int]


def store_arrivals(work: Work, log: int, arrivals: Sequence[Arrival]) -> list[Head]:
    """Store verified entries, checkpoints, and the bodies that open their commitments.

    Returns where each generation ends now. Bodies that nobody committed to are not kept.
    """
    grown = []
    for arrival in arrivals:
        head = _opened(work, log, arrival) if arrival.opens else _present(work, log)
        rows = [
            work.arrived(data, leaf, entry)
            for data, leaf, entry in zip(
                arrival.segment.entries, arrival.leaves, arrival.entries, strict=True
            )
        ]
        end = work.kernel.store.append(work.connection, head, rows)
        _keep_bodies(work, log, arrival)
        work.kernel.store.put_note(
            work.connection, log, end.generation, end.size, arrival.segment.checkpoint
        )
        grown.append(end)
    return grown


def keep_documents(work: Work, arrivals: Sequence[Arrival], documents: Sequence[bytes]) -> None:
    """Keep the documents that the entries cite; raises PushRejected when one is nowhere."""
    library, connection = work.kernel.library, work.connection
    sent = {library.name(data): data for data in documents}
    for arrival in arrivals:
        for entry in arrival.entries:
            for name in cited_documents(entry.event) if entry else ():
                if name in sent:
                    library.put(connection, sent[name])
                elif not library.has(connection, name):
                    raise PushRejected("malformed")


def faulty_entries(
    work: Work, peer: str, head: Head | None, arrivals: Sequence[Arrival]
) -> dict[Spot, str]:
    """Entries to be refused for what they are, whatever their noun says; with the grounds.

    head: where the mirrored log ended before this push.
    """
    last, own = head.last_entry_id if head else "", work.head(work.own_log(peer))
    end = (own.generation, own.size) if own else (0, 0)
    spoiled = _spoiled(work, arrivals)
    found: dict[Spot, str] = {}
    for arrival in arrivals:
        for index, entry in enumerate(arrival.entries, arrival.segment.first):
            spot = (arrival.segment.generation, index)
            if entry is None:
                continue
            seen = entry.seen
            if entry.id <= last:
                found[spot] = ChannelGround.ID_NOT_INCREASING.value
            elif seen is None or (seen.generation, seen.size) > end:
                found[spot] = ChannelGround.SEEN_UNKNOWN.value
            elif spot in spoiled:
                found[spot] = ChannelGround.BODY_MISMATCH.value
            last = max(last, entry.id)
    return found


def _spoiled(work: Work, arrivals: Sequence[Arrival]) -> set[Spot]:
    """Places of entries that came with a body that is not one they commit to."""
    return {
        (arrival.segment.generation, body.index)
        for arrival in arrivals
        for entry, body in _bodies(arrival)
        if not _opens(work, entry, body)
    }


def _opened(work: Work, log: int, arrival: Arrival) -> Head:
    return work.open_generation(
        log,
        number=arrival.segment.generation,
        start=arrival.segment.start,
        origin=arrival.origin,
    )


def _present(work: Work, log: int) -> Head:
    head = work.head(log)
    if head is None:
        raise BrokenInvariant("a verified push continues a generation that is not there")
    return head


def _keep_bodies(work: Work, log: int, arrival: Arrival) -> None:
    for entry, body in _bodies(arrival):
        if _opens(work, entry, body):
            work.kernel.store.put_body(
                work.connection,
                log,
                arrival.segment.generation,
                body.index,
                body.name,
                body.salt,
                body.content,
            )


def _bodies(arrival: Arrival) -> Iterator[tuple[Entry, PushedBody]]:
    first = arrival.segment.first
    for body in arrival.segment.bodies:
        if first <= body.index < first + len(arrival.entries):
            entry = arrival.entries[body.index - first]
            if entry is not None:
                yield entry, body


def _opens(work: Work, entry: Entry, body: PushedBody) -> bool:
    suite = work.kernel.identity.suite
    return any(
        commitment.name == body.name
        and commitment.size == len(body.content)
        and opens(suite, bytes.fromhex(commitment.digest), body.salt, body.content)
        for commitment in entry.commitments
    )
