"""How far files that a case waits for have come on their way to the partner."""

from dataclasses import dataclass

from tongban.core.entry import Subject, SubjectKind
from tongban.evidence.pieces import PIECE_BYTES
from tongban.node.blobs.crossing import Crossing
from tongban.node.holding import waiting_intents
from tongban.node.kernel import Kernel


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """Bytes of all files that are waited for, and about how many of them have gone since."""

    size: int
    gone: int

    @property
    def percent(self) -> int:
        """Of a hundred."""
        return 100 * self.gone // self.size


def progress_of(kernel: Kernel, crossing: Crossing, case: str) -> Progress | None:
    """What a case waits for; None where it waits for no file."""
    subject = Subject(kind=SubjectKind.CASE, id=case)
    size = gone = 0
    with kernel.database.read() as connection:
        for intent in waiting_intents(kernel, connection, subject):
            for root in kernel.store.blobs_of_intent(connection, intent.id):
                row = kernel.store.blob(connection, root)
                whole = row.size if row else 0
                given = crossing.crossed(connection, intent.peer, root) * PIECE_BYTES
                size, gone = size + whole, gone + min(given, whole)
    return Progress(size=size, gone=gone) if size else None
