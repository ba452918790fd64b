"""What a node puts on record of a contradiction (spec/misbehaviour.md)."""

from tongban.core.home.events import MisbehaviourNoticed, SignedAs
from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.contradictions import Contradiction


def notice_of(found: Contradiction, *, peer: str, role: SignedAs) -> MisbehaviourNoticed:
    """The event about just these two notes; another contradiction may share one of them."""
    first, second = (parse_checkpoint(note.text) for note in (found.first, found.second))
    return MisbehaviourNoticed(
        peer=peer,
        signed_as=role,
        origin=first.origin,
        first_size=first.size,
        first_root=first.root.hex(),
        second_size=second.size,
        second_root=second.root.hex(),
    )
