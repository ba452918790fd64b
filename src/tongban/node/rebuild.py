"""Folds states and read models again from the logs; the logs themselves are not touched."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from tongban.core.cases.state import Received
from tongban.core.channel.events import OutcomeRecorded
from tongban.logs import wire
from tongban.logs.rows import JournalLine, LogKind
from tongban.node.effects import Effects
from tongban.node.kernel import Kernel
from tongban.node.work import Work

_BATCH = 1_000

#: Called with how many entries are folded.
Progress = Callable[[int], None]


def rebuild(kernel: Kernel, progress: Progress = lambda _: None) -> int:
    """Drop what is droppable and fold the journal again; how many entries it has.

    One transaction: until it commits, everybody sees the old states. Erased bodies stay erased,
    since states depend on entry fields alone.
    """
    with kernel.database.write() as connection:
        work = Work(kernel, connection, kernel.clock.now())
        kernel.store.forget_states(connection)
        for projector in kernel.projectors:
            projector.forget(connection)
        _forget_positions(work)
        folded = _fold(work, progress)
        work.project()
    return folded


def _forget_positions(work: Work) -> None:
    for row in work.kernel.store.channels(work.connection):
        work.put_channel(replace(row, replicated_generation=0, replicated_size=0))
        Effects(work, row.peer).forget_settled()


def _fold(work: Work, progress: Progress) -> int:
    rooms: dict[str, Effects] = {}
    outcomes: dict[str, _Outcomes] = {}
    folded = 0
    for line in _lines(work):
        folded += 1
        if folded % _BATCH == 0:
            work.project()
            progress(folded)
        if line.data is None:
            continue
        entry = wire.decode(line.data)
        effects = rooms.setdefault(line.peer, Effects(work, line.peer, again=True))
        received = None
        if line.kind is LogKind.MIRROR:
            known = outcomes.setdefault(line.peer, _Outcomes(work, line.peer))
            received = known.of(line.generation, line.index)
        effects.repeat(line, entry, received)
        # A case is folded by entries of the home log and of its channel: save between them.
        effects.close()
        effects.refresh()
    progress(folded)
    return folded


def _lines(work: Work) -> Iterator[JournalLine]:
    after = 0
    while lines := work.kernel.store.journal(work.connection, after, _BATCH):
        yield from lines
        after = lines[-1].seq


class _Outcomes:
    """What this node's outcomes say of a peer's entries, by place."""

    def __init__(self, work: Work, peer: str) -> None:
        self._ends: list[tuple[int, int]] = []
        self._received: list[Received] = []
        store, connection = work.kernel.store, work.connection
        log = work.own_log(peer)
        for generation in store.generations(connection, log):
            rows = store.entries(connection, log, generation.generation, 0, generation.size)
            for row in rows:
                event = wire.decode(row.data).event if row.data else None
                if isinstance(event, OutcomeRecorded):
                    self._ends.append((event.generation, event.size))
                    self._received.append(
                        Received(
                            received_at=event.received_at,
                            available_at=event.available_at,
                            source=event.available_source,
                        )
                    )

    def of(self, generation: int, index: int) -> Received | None:
        """What the outcome that covers the place says; None where none does."""
        found = bisect_right(self._ends, (generation, index))
        return self._received[found] if found < len(self._received) else None
