"""Two checkpoints prove that their signer lies, and honest ones never do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.evidence.checkpoints import Checkpoint, sign_checkpoint
from tongban.evidence.contradictions import Contradiction, doubts, signed_by
from tongban.evidence.faults import UnreadableCheckpoint
from tongban.evidence.keys import NoteSignature
from tongban.evidence.notes import SignedNote
from tongban.evidence.signer import KeyPurpose, KeyRing, verifier_key
from tongban.evidence.suites import SUITES
from tongban.evidence.tree import EMPTY, Subtree, leaf_hash, path_between, root_at, roots_along

SUITE = SUITES["ed25519-sha256"]
ORIGIN = "hefei.example/channel/songjiang.example/1"


def ring(number: int) -> KeyRing:
    return KeyRing.from_seeds(SUITE, {p: bytes([number, i] * 16) for i, p in enumerate(KeyPurpose)})


HEFEI, STRANGER = ring(2), ring(9)
KEY = verifier_key(HEFEI, KeyPurpose.LOG, ORIGIN)


def tree(lines: str) -> Subtree:
    leaves = [leaf_hash(SUITE, line.encode()) for line in lines]
    return lambda level, place: EMPTY.extend(
        SUITE, leaves[place << level : (place + 1) << level]
    ).root(SUITE)


def note(lines: str, origin: str = ORIGIN, signer: KeyRing = HEFEI) -> SignedNote:
    root = EMPTY.extend(SUITE, [leaf_hash(SUITE, line.encode()) for line in lines]).root(SUITE)
    return sign_checkpoint(Checkpoint(origin=origin, size=len(lines), root=root), signer)


def pair(first: str, second: str) -> Contradiction:
    path: tuple[bytes, ...] = ()
    if len(first) < len(second):
        path = path_between(SUITE, len(first), len(second), tree(second))
    return Contradiction(first=note(first), second=note(second), path=path)


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, str]:
    """Two logs, the second not shorter."""
    first = draw(st.text("ab", min_size=1, max_size=40))
    return first, draw(st.text("ab", min_size=len(first), max_size=60))


@given(histories())
def test_two_histories_contradict_each_other_unless_one_begins_with_the_other(
    logs: tuple[str, str],
) -> None:
    first, second = logs
    honest = second.startswith(first)
    assert list(doubts(pair(first, second), KEY)) == (["no_contradiction"] if honest else [])


@given(histories())
def test_a_path_gives_both_roots(logs: tuple[str, str]) -> None:
    first, second = logs
    old, new = len(first), len(second) + 1
    subtree = tree(second + "a")
    roots = (root_at(SUITE, old, subtree), root_at(SUITE, new, subtree))
    assert roots_along(SUITE, old, new, path_between(SUITE, old, new, subtree)) == roots


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [(0, 2, (bytes(32),)), (2, 2, (bytes(32),)), (1, 2, ()), (1, 2, (b"",)), (1, 2, (b"a" * 31,))],
)
def test_what_is_no_path_gives_no_roots(old: int, new: int, path: tuple[bytes, ...]) -> None:
    assert roots_along(SUITE, old, new, path) is None


def test_a_path_that_is_too_long_or_leads_elsewhere_proves_nothing() -> None:
    found = pair("abc", "axcd")
    assert list(doubts(found, KEY)) == []
    for path in ((*found.path, bytes(32)), found.path[:-1], (bytes(32), *found.path[1:])):
        assert list(doubts(replace(found, path=path), KEY)) == ["no_contradiction"]


def test_a_path_between_equal_sizes_is_none() -> None:
    found = replace(pair("ab", "ax"), path=(bytes(32),))
    assert list(doubts(found, KEY)) == ["no_contradiction"]


def test_both_notes_must_be_signed_by_the_same_key_about_the_same_log() -> None:
    foreign = Contradiction(first=note("ab"), second=note("ax", signer=STRANGER))
    assert list(doubts(foreign, KEY)) == ["not_signed"]
    elsewhere = Contradiction(first=note("ab"), second=note("ax", origin="other"))
    assert "other_log" in list(doubts(elsewhere, KEY))


def test_what_is_no_checkpoint_is_unreadable() -> None:
    broken = Contradiction(first=SignedNote(text="x\n", signatures=()), second=note("a"))
    with pytest.raises(UnreadableCheckpoint):
        list(doubts(broken, KEY))


def test_lines_that_spoil_a_note_are_left_behind() -> None:
    signed = note("ab")
    (line,) = signed.signatures
    false = NoteSignature(name=line.name, key_id=line.key_id, signature=bytes(64))
    spoiled = replace(signed, signatures=(false, *signed.signatures))
    assert signed_by(spoiled, KEY) == signed
    assert signed_by(replace(signed, signatures=(false,)), KEY) is None
    assert signed_by(note("ab", signer=STRANGER), KEY) is None
