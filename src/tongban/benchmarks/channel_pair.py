"""Two nodes of production code that ask each other questions, durably at both ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tongban.core.body import Body
from tongban.core.cases.events import Mode
from tongban.core.entry import Actor, ActorKind
from tongban.core.faults import BrokenInvariant
from tongban.core.inquiries.commands import AskQuestion
from tongban.logs.rows import LogKind
from tongban.node.attempt import Attempt
from tongban.node.plain_database import SETTINGS
from tongban.node.work import Work
from tongban.testing.applications import HEFEI, SONGJIANG, item_of, publish
from tongban.testing.memory_nodes import MemoryFederation

_OFFICER = Actor(kind=ActorKind.OFFICER, number="O1")
#: With entry, salt and names about 1 KB at each end.
_WORDS = ("虚构的问题。" * 40).encode()


class ChannelPair:
    """Songjiang asks, Hefei stores, applies and countersigns."""

    def __init__(self, folder: Path, suite: str) -> None:
        folder.mkdir()
        suites = dict.fromkeys((SONGJIANG, HEFEI), (suite,))
        self._nodes = MemoryFederation(folder, (SONGJIANG, HEFEI), suites=suites, settings=SETTINGS)
        publish(self._nodes)
        self._nodes.settle()
        self._item = item_of(HEFEI, Mode.ALL_ONLINE).code
        self._numbers = count(1)

    def send(self, batch: int, times: int) -> None:
        """So many batches, each in one transaction of the writer, and one letter and its answer."""
        for _ in range(times):
            self._ask(batch)
            self._nodes.exchange(SONGJIANG, HEFEI)
            self._nodes.letters.clear()

    def weigh(self, batch: int) -> tuple[int, tuple[int, int]]:
        """Bytes of an event at one end, and the commits of writer and reader for one batch.

        Talks once more, so that everything is said before the next measurement.
        """
        with self._commits(SONGJIANG) as here, self._commits(HEFEI) as there:
            self.send(batch, 1)
            commits = len(here), len(there)
        self._nodes.settle()
        self._nodes.letters.clear()
        return self._event_bytes(), commits

    def close(self) -> None:
        """Let go of both files."""
        self._nodes.stop()

    def _ask(self, batch: int) -> None:
        node = self._nodes[SONGJIANG]
        kernel = node.kernel
        with kernel.database.write() as connection:
            work = Work(kernel, connection, kernel.clock.now())
            attempt = Attempt(kernel, node.published, work, HEFEI)
            for number in (next(self._numbers) for _ in range(batch)):
                refusal, waits = attempt.make(
                    AskQuestion(
                        inquiry=f"20261123-{number:016d}",
                        actor=_OFFICER,
                        item=self._item,
                        bodies=(Body(name="question", media="text/plain", content=_WORDS),),
                    )
                )
                if refusal or waits:
                    raise BrokenInvariant(f"question {number} was not asked: {refusal}")
            attempt.close()
        node.desk.on_written(HEFEI)

    @contextmanager
    def _commits(self, name: str) -> Iterator[list[str]]:
        """Every COMMIT of a node until it is left."""
        seen: list[str] = []

        def note(statement: str) -> None:
            if statement.upper().startswith("COMMIT"):
                seen.append(statement)

        database = self._nodes[name].kernel.database
        with database.read() as connection:
            connection.set_trace_callback(note)
        yield seen
        with database.read() as connection:
            connection.set_trace_callback(None)

    def _event_bytes(self) -> int:
        kernel = self._nodes[SONGJIANG].kernel
        with kernel.database.read() as connection:
            log = kernel.store.open_log(connection, kind=LogKind.OWN, peer=HEFEI)
            head = kernel.store.head(connection, log)
            if head is None:
                raise BrokenInvariant("the log is empty")
            (last,) = kernel.store.entries(
                connection, log, head.generation, head.range.size - 1, head.range.size
            )
        return len(last.data or b"") + len(_WORDS) + 32
