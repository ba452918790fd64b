"""Two checkpoints that no honest node signs both (spec/misbehaviour.md, "Contradiction").

A log only grows. So whoever signs two roots of one size, or a root of a tree that does not begin
with the tree that it signed before, contradicts itself; both signatures together prove it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import SignedNote, verify_note
from tongban.evidence.suite import Suite
from tongban.evidence.suites import SUITES
from tongban.evidence.tree import roots_along


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction:
    """first: of the smaller size, or the one that was known first. path: () for equal sizes.

    The path is that of `evidence.tree.path_between` in the second checkpoint's tree.
    """

    first: SignedNote
    second: SignedNote
    path: tuple[bytes, ...] = ()


def signed_by(note: SignedNote, key: VerifierKey) -> SignedNote | None:
    """The note with one line of this key that holds, or None where the key did not sign it.

    Lines that spoil a note for others are left behind: whoever contradicts itself would add some.
    """
    lines = (line for line in note.signatures if line.claims(key))
    single = (SignedNote(text=note.text, signatures=(line,)) for line in lines)
    return next((one for one in single if key in verify_note(one, [key])), None)


def doubts(found: Contradiction, *keys: VerifierKey) -> Iterator[str]:
    """Codes of what keeps the two notes from proving that the keys' owner contradicts itself.

    keys: one of each of its key sets. Raises UnreadableCheckpoint.
    """
    first, second = parse_checkpoint(found.first.text), parse_checkpoint(found.second.text)
    if not all(any(verify_note(n, [key]) for key in keys) for n in (found.first, found.second)):
        yield "not_signed"
    if first.origin != second.origin:
        yield "other_log"
    # Whoever cosigned a log of another suite signed roots of that one. No hash of theirs is met by
    # another, so it proves as much that they lie on one path of any.
    elif not any(_contradict(each, first, second, found.path) for each in SUITES.values()):
        yield "no_contradiction"


def _contradict(suite: Suite, first: Checkpoint, second: Checkpoint, path: Sequence[bytes]) -> bool:
    if first.size == second.size:
        return not path and first.root != second.root
    roots = roots_along(suite, first.size, second.size, path)
    # The path leads to the second root, and so shows the only beginning that this tree can have.
    return roots is not None and roots[1] == second.root and roots[0] != first.root
