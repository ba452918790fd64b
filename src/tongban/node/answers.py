"""What a peer that lost something is given back, whole or in parts (spec/channels.md, "Starts").

A part ends where the asker itself once stood: its own log up to the end of one of its transactions,
and ours as far as it had applied that then. So whoever has taken a part is where an older backup
would have brought it, and needs no rule but those for a start.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tongban.channels.messages import CompareAnswer, CompareRequest, Position
from tongban.logs.rows import ChannelRow, Generation
from tongban.node.erasures import spared
from tongban.node.kernel import Kernel
from tongban.node.positions import NOWHERE, before, position
from tongban.node.pushes import Stretch, everything, exactly, read_segment, spans
from tongban.node.work import Work, readable

#: The version of messages in which an answer may be a part.
VERSION = 3

#: Statements that are looked at in one go.
_STATEMENTS = 256


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What goes into one answer, not yet read. weight: about how many bytes; more: it is a part."""

    lost: list[Stretch]
    unheard: list[Stretch]
    weight: int
    more: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cut:
    """Where the asker stood: the end of its own log, and how far it had applied ours."""

    own: Position
    applied: Position


class GivingBack:
    """What one asker lacks, inside one transaction; nothing of it is read before it is chosen."""

    def __init__(self, work: Work, row: ChannelRow, asked: CompareRequest) -> None:
        self._work = work
        self._mirror, self._own = work.mirror(row.peer), work.own_log(row.peer)
        generations = work.kernel.store.generations
        self._theirs = generations(work.connection, self._mirror)
        self._ours = generations(work.connection, self._own)
        self._since = _Cut(own=asked.own, applied=asked.mirror)
        self._end = _Cut(
            own=position(work.head(self._mirror)),
            applied=Position(generation=row.replicated_generation, size=row.replicated_size),
        )

    def whole(self) -> Given:
        """Everything: of the asker's log all, of ours as far as its outcomes reach."""
        return self._given(self._end, self._weight(self._since, self._end))

    def part(self, limit: int) -> Given:
        """What the next cuts give as long as it is light enough, but never less than one."""
        taken, weight = self._since, 0
        for cut in self._cuts(limit):
            heavier = weight + self._weight(taken, cut)
            if taken != self._since and heavier > limit:
                break
            taken, weight = cut, heavier
        return self.whole() if taken == self._since else self._given(taken, weight)

    def _given(self, cut: _Cut, weight: int) -> Given:
        kernel, connection = self._work.kernel, self._work.connection
        self._work.state_at(self._own, cut.applied)
        since = self._since
        return Given(
            lost=exactly(kernel, connection, self._mirror, after=since.own, until=cut.own),
            unheard=everything(
                kernel, connection, self._own, after=since.applied, until=cut.applied
            ),
            weight=weight,
            more=cut != self._end,
        )

    def _cuts(self, limit: int) -> Iterator[_Cut]:
        """Where pushes of the asker ended; within one that is too heavy, where outcomes stand."""
        last = self._since
        for head, first, _ in spans(self._theirs, after=self._since.own):
            for size in self._pushed(head.generation, first):
                cut = self._cut_at(head.generation, size)
                if self._weight(last, cut) > limit:
                    yield from self._within(head.generation, last.own, size)
                yield cut
                last = cut

    def _pushed(self, generation: int, after: int) -> Iterator[int]:
        store, connection = self._work.kernel.store, self._work.connection
        place = (connection, self._mirror, generation)
        while found := store.statements(*place, after=after, limit=_STATEMENTS):
            yield from (statement.size for statement in found)
            after = found[-1].size

    def _within(self, generation: int, last: Position, stop: int) -> Iterator[_Cut]:
        """An outcome is a transaction of its own, and takes one push of ours."""
        first = last.size if last.generation == generation else 0
        store, connection = self._work.kernel.store, self._work.connection
        rows = store.entries(connection, self._mirror, generation, first, stop - 1)
        for row in rows:
            if row.type == "outcome.recorded":
                yield self._cut_at(generation, row.index + 1)

    def _cut_at(self, generation: int, size: int) -> _Cut:
        own = Position(generation=generation, size=size)
        if own == self._end.own:
            return self._end
        seen = self._seen(own)
        reach = self._end.applied
        return _Cut(own=own, applied=reach if before(reach, seen) else seen)

    def _seen(self, place: Position) -> Position:
        """How far the asker had applied our log when it wrote what ends here."""
        store, connection = self._work.kernel.store, self._work.connection
        for index in range(place.size - 1, -1, -1):
            row = store.entry(connection, self._mirror, place.generation, index)
            entry = readable(row.data) if row else None
            if entry is not None and entry.seen is not None:
                return Position(generation=entry.seen.generation, size=entry.seen.size)
        return NOWHERE

    def _weight(self, last: _Cut, cut: _Cut) -> int:
        return self._between(self._mirror, self._theirs, last.own, cut.own) + self._between(
            self._own, self._ours, last.applied, cut.applied
        )

    def _between(
        self, log: int, generations: list[Generation], after: Position, until: Position
    ) -> int:
        store, connection = self._work.kernel.store, self._work.connection
        return sum(
            store.weight(connection, log, head.generation, first, stop)
            for head, first, stop in spans(generations, after=after, until=until)
        )


def answer(kernel: Kernel, row: ChannelRow, asked: CompareRequest, given: Given) -> CompareAnswer:
    """The answer with everything in it that was chosen; no transaction may be open."""
    whole = CompareAnswer(
        for_start=asked.start,
        start=row.own_start,
        askers_log=[read_segment(kernel, stretch) for stretch in given.lost],
        answerers_log=[read_segment(kernel, stretch) for stretch in given.unheard],
        more=given.more,
    )
    return spared(kernel, row.peer, whole)
