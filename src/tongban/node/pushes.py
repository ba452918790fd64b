"""Building what is pushed, and taking what was pushed (spec/channels.md, "Push and answer")."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import structlog

from tongban.channels.messages import Erased, Position, PushedBody, Segment
from tongban.core.documents import cited_documents
from tongban.logs import wire
from tongban.logs.faults import BodyDamaged, EntryUnreadable
from tongban.logs.rows import Generation, StoredBody, StoredCheckpoint
from tongban.node.faults import BrokenInvariant
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.signing import sign
from tongban.node.trees import path_to

_log = structlog.get_logger(__name__)

#: A push carries about this much; a single larger entry with its bodies still goes alone.
PUSH_BYTES = 8_000_000
PUSH_ENTRIES = 512

#: What every digest of a document begins with.
_DIGEST_BEGINS = b"sha256:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Entries of one generation from `first` to before `stop`, not yet read.

    statement: the stored one that they lead to, at `stop` or beyond.
    """

    log: int
    generation: int
    start: str
    first: int
    stop: int
    statement: StoredCheckpoint


def stretches(
    kernel: Kernel, connection: Connection, log: int, after: Position, limit: int = PUSH_BYTES
) -> list[Stretch]:
    """The next push: what lies beyond a position, one stretch a generation, about limit bytes.

    Statements lie where commands ended, so a cut never tears a command apart.
    """
    found: list[Stretch] = []
    for head in kernel.store.generations(connection, log):
        first = _first(head, after)
        if first >= head.size:
            continue
        statement = _cut(kernel, connection, log, head, first, limit)
        found.append(_stretch(log, head, first, statement))
        if statement.size < head.size:
            break
    return found


def everything(
    kernel: Kernel, connection: Connection, log: int, *, after: Position, until: Position
) -> list[Stretch]:
    """All that lies between two positions, up to the last statement in each generation."""
    found: list[Stretch] = []
    heads = kernel.store.generations(connection, log)
    for head, first, stop in spans(heads, after=after, until=until):
        statement = kernel.store.last_statement(connection, log, head.generation, at_most=stop)
        if statement is None or statement.size <= first:
            raise BrokenInvariant(f"nothing was stated of {head.origin} from {first} to {stop}")
        found.append(_stretch(log, head, first, statement))
    return found


def exactly(
    kernel: Kernel, connection: Connection, log: int, *, after: Position, until: Position
) -> list[Stretch]:
    """All that lies between two positions, each stretch with the next statement from its end on."""
    found: list[Stretch] = []
    heads = kernel.store.generations(connection, log)
    for head, first, stop in spans(heads, after=after, until=until):
        statement = kernel.store.earliest_checkpoint(
            connection, log, head.generation, cosigned=False, at_least=stop
        )
        if statement is None:
            raise BrokenInvariant(f"{head.origin} came to {stop} without a statement")
        found.append(replace(_stretch(log, head, first, statement), stop=stop))
    return found


def spans(
    heads: Sequence[Generation], *, after: Position, until: Position | None = None
) -> Iterator[tuple[Generation, int, int]]:
    """Each generation with entries between two positions, the first of them and where they end."""
    for head in heads:
        first, stop = _first(head, after), _stop(head, until)
        if first < stop:
            yield head, first, stop


def _first(head: Generation, after: Position) -> int:
    if head.generation < after.generation:
        return head.size
    return after.size if head.generation == after.generation else 0


def _stop(head: Generation, until: Position | None) -> int:
    if until is None or head.generation < until.generation:
        return head.size
    return until.size if head.generation == until.generation else 0


def _stretch(log: int, head: Generation, first: int, statement: StoredCheckpoint) -> Stretch:
    return Stretch(
        log=log,
        generation=head.generation,
        start=head.start,
        first=first,
        stop=statement.size,
        statement=statement,
    )


def _cut(  # noqa: PLR0917  the place in the store, then how much
    kernel: Kernel, connection: Connection, log: int, head: Generation, first: int, limit: int
) -> StoredCheckpoint:
    store = kernel.store
    found = store.statements(connection, log, head.generation, after=first, limit=PUSH_ENTRIES)
    if not found:
        raise BrokenInvariant(f"{head.origin} goes beyond {first}, and nothing was stated of it")
    best = found[0]
    for statement in found[1:]:
        weight = store.weight(connection, log, head.generation, first, statement.size)
        if statement.size - first > PUSH_ENTRIES or weight > limit:
            break
        best = statement
    return best


def read_segment(kernel: Kernel, stretch: Stretch) -> Segment:
    """The stretch with its entries, bodies that are not erased, and its signed checkpoint."""
    checkpoint = sign(kernel, stretch.statement)
    place = (stretch.log, stretch.generation, stretch.first, stretch.stop)
    with kernel.database.read() as connection:
        rows = kernel.store.entries(connection, *place)
        bodies = _bodies(kernel, connection, place)
        path = _path(kernel, connection, stretch)
    return Segment(
        generation=stretch.generation,
        start=stretch.start,
        first=stretch.first,
        entries=[row.data or b"" for row in rows],
        bodies=[
            PushedBody(index=b.index, name=b.name, salt=b.salt, content=b.content) for b in bodies
        ],
        checkpoint=checkpoint,
        erased=[
            Erased(index=row.index, leaf_hash=row.leaf_hash, length=row.length)
            for row in rows
            if row.data is None
        ],
        path=path,
    )


def _bodies(
    kernel: Kernel, connection: Connection, place: tuple[int, int, int, int]
) -> list[StoredBody]:
    """Those that open: nothing is decided by a body, so one that rotted holds up nobody."""
    try:
        return kernel.store.bodies_between(connection, *place)
    except BodyDamaged:
        return list(_whole_bodies(kernel, connection, place))


def _whole_bodies(
    kernel: Kernel, connection: Connection, place: tuple[int, int, int, int]
) -> Iterator[StoredBody]:
    log, generation, _, _ = place
    for index, name in kernel.store.body_names(connection, *place):
        try:
            body = kernel.store.body(connection, log, generation, index, name)
        except BodyDamaged as fault:
            _log.error("body_left_out", reason=str(fault))
            continue
        if body is None:
            raise BrokenInvariant("a body went away within one look at the store")
        yield body


def _path(kernel: Kernel, connection: Connection, stretch: Stretch) -> list[bytes]:
    if stretch.stop == stretch.statement.size:
        return []
    return list(path_to(kernel, connection, stretch.statement, stretch.stop))


def documents_of(
    kernel: Kernel, connection: Connection, segments: Sequence[Segment]
) -> list[bytes]:
    """The documents that entries of the segments cite, each once."""
    digests: dict[str, None] = {}
    for segment in segments:
        for data in segment.entries:
            for digest in _cited(data):
                digests[digest] = None
    found = (kernel.store.document(connection, digest) for digest in digests)
    return [document for document in found if document is not None]


def _cited(data: bytes) -> tuple[str, ...]:
    if _DIGEST_BEGINS not in data:
        # Most entries cite nothing, and need not be read to see that.
        return ()
    try:
        return cited_documents(wire.read(data).event)
    except EntryUnreadable:
        return ()
