"""Commands that wait until their files have crossed (spec/blobs.md).

They are intents like those that wait for a line, but others go past them: a large file for one
case holds up no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tongban.core.blobs.refusals import BlobGround, refuse
from tongban.core.body import Body
from tongban.core.entry import Subject
from tongban.core.refusal import Refusal
from tongban.logs.rows import StoredIntent
from tongban.node.asked import Command, command_of, subject_of
from tongban.node.blobs.receipts import has_stored
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection

#: Until when an intent is held that waits for files: for no day at all.
CROSSING = datetime(9000, 1, 1, tzinfo=UTC)
#: Messages of this version carry pieces.
VERSION = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Commands of one node for one peer, inside one transaction."""

    kernel: Kernel
    connection: Connection
    peer: str

    def refusal(self, command: Command) -> Refusal | None:
        """Why files of a command cannot go to the peer at all."""
        roots = _roots(command)
        if roots and not self.kernel.speaks(self.peer, VERSION):
            return refuse(BlobGround.NOT_READ)
        kept = (self.kernel.store.blob(self.connection, root) for root in roots)
        return None if all(kept) else refuse(BlobGround.GONE)

    def must_wait(self, command: Command) -> bool:
        """Whether it waits for files, its own or those of something earlier on the subject."""
        return bool(self._lacking(command)) or self.is_crossing(subject_of(command))

    def is_crossing(self, subject: Subject) -> bool:
        """Whether something about the subject waits for files."""
        return any(subject_of(command_of(intent)) == subject for intent in self._crossing())

    def keep(self, intent: str, command: Command) -> None:
        """Let an intent wait for the files of its command."""
        store = self.kernel.store
        store.hold_intent(self.connection, intent, CROSSING)
        self.renew(intent, command)

    def renew(self, intent: str, command: Command) -> None:
        """What an intent waits for, after something that it carried was erased."""
        store = self.kernel.store
        store.stop_awaiting(self.connection, intent)
        for root in self._lacking(command):
            store.await_blob(self.connection, intent, self.peer, root)

    def ready(self) -> list[StoredIntent]:
        """What may be appended now, in order: what is due, and what has its files over there."""
        due = self.kernel.store.due_intents(self.connection, self.peer, self.kernel.clock.now())
        names = {intent.id for intent in due} | set(self._arrived())
        pending = self.kernel.store.pending_intents(self.connection, self.peer)
        return [intent for intent in pending if intent.id in names]

    def _arrived(self) -> Iterator[str]:
        """Intents whose files the peer has, and before which nothing on the subject waits."""
        blocked: set[Subject] = set()
        for intent in self._crossing():
            command = command_of(intent)
            if subject_of(command) in blocked or self._lacking(command):
                blocked.add(subject_of(command))
            else:
                yield intent.id

    def _crossing(self) -> Iterator[StoredIntent]:
        pending = self.kernel.store.pending_intents(self.connection, self.peer)
        return (intent for intent in pending if intent.held_until == CROSSING)

    def _lacking(self, command: Command) -> list[str]:
        return [
            root
            for root in _roots(command)
            if not has_stored(self.kernel, self.connection, root, self.peer)
        ]


def _roots(command: Command) -> list[str]:
    bodies: tuple[Body, ...] = getattr(command, "bodies", ())
    return list(dict.fromkeys(body.blob.root for body in bodies if body.blob is not None))
