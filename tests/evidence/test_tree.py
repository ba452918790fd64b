"""Trees against the recursive definitions of RFC 6962, written out naively here."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.evidence.faults import UnreadableRange
from tongban.evidence.suites import SUITES
from tongban.evidence.tree import (
    EMPTY,
    CompactRange,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

SUITE = SUITES["ed25519-sha256"]
SIZES = range(131)


@cache
def leaf(index: int) -> bytes:
    return leaf_hash(SUITE, f"entry {index}".encode())


@cache
def root_of(start: int, end: int) -> bytes:
    """MTH of RFC 6962 section 2.1."""
    if end - start == 0:
        return SUITE.digest(b"")
    if end - start == 1:
        return leaf(start)
    middle = start + part(end - start)
    return node_hash(SUITE, root_of(start, middle), root_of(middle, end))


def part(width: int) -> int:
    return max(1 << power for power in range(width.bit_length()) if 1 << power < width)


def path_of(index: int, start: int, end: int) -> list[bytes]:
    """PATH of RFC 6962 section 2.1.1."""
    if end - start == 1:
        return []
    middle = start + part(end - start)
    if index < middle:
        return [*path_of(index, start, middle), root_of(middle, end)]
    return [*path_of(index, middle, end), root_of(start, middle)]


def subproof_of(old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962 section 2.1.2."""
    if old == end:
        return [] if whole else [root_of(start, end)]
    middle = start + part(end - start)
    if old <= middle:
        return [*subproof_of(old, start, middle, whole=whole), root_of(middle, end)]
    return [*subproof_of(old, middle, end, whole=False), root_of(start, middle)]


def subtree(level: int, index: int) -> bytes:
    return root_of(index << level, (index + 1) << level)


def range_of(size: int) -> CompactRange:
    return EMPTY.extend(SUITE, (leaf(index) for index in range(size)))


def test_roots_are_those_of_the_definition() -> None:
    grown = EMPTY
    for size in SIZES:
        assert grown.root(SUITE) == root_of(0, size)
        grown = grown.append(SUITE, leaf(size))


def test_appending_many_is_appending_one_by_one() -> None:
    assert range_of(77).extend(SUITE, map(leaf, range(77, 130))) == range_of(130)


def test_a_range_survives_its_bytes() -> None:
    for size in SIZES:
        assert CompactRange.from_bytes(range_of(size).to_bytes()) == range_of(size)


@pytest.mark.parametrize("damaged", [b"", b"\x00" * 7, range_of(5).to_bytes()[:-1], b"\x01" * 40])
def test_damaged_range_bytes_are_refused(damaged: bytes) -> None:
    with pytest.raises(UnreadableRange, match="no compact range"):
        CompactRange.from_bytes(damaged)


@pytest.mark.parametrize("size", SIZES)
def test_inclusion_proofs_are_those_of_the_definition_and_verify(size: int) -> None:
    for index in range(size):
        proof = inclusion_proof(SUITE, index, size, subtree)
        assert list(proof) == path_of(index, 0, size)
        assert verify_inclusion(SUITE, leaf(index), index, size, proof, root_of(0, size))


@pytest.mark.parametrize("size", SIZES)
def test_consistency_proofs_are_those_of_the_definition_and_verify(size: int) -> None:
    for old in range(size + 1):
        proof = consistency_proof(SUITE, old, size, subtree)
        assert list(proof) == (subproof_of(old, 0, size, whole=True) if old else [])
        assert verify_consistency(SUITE, old, size, proof, root_of(0, old), root_of(0, size))


def test_an_inclusion_proof_fails_for_every_other_index_and_size() -> None:
    proof, root = inclusion_proof(SUITE, 11, 25, subtree), root_of(0, 25)
    held = {
        (index, size)
        for size in range(40)
        for index in range(-1, 41)
        if verify_inclusion(SUITE, leaf(11), index, size, proof, root)
    }
    assert (11, 25) in held
    # The size is not hashed: ragged trees of the same shape above a leaf share its proof, and
    # only the signed checkpoint tells them apart.
    assert {index for index, _ in held} == {11}


def test_an_inclusion_proof_with_a_step_too_many_or_too_few_fails() -> None:
    proof, root = inclusion_proof(SUITE, 5, 13, subtree), root_of(0, 13)
    for wrong in (proof[:-1], proof[1:], (*proof, root), (root, *proof), ()):
        assert not verify_inclusion(SUITE, leaf(5), 5, 13, wrong, root)


def test_a_proof_step_of_another_length_fails() -> None:
    root = root_of(0, 2)
    assert not verify_inclusion(SUITE, leaf(0), 0, 2, [leaf(1) + b"\x00"], root)
    assert not verify_consistency(SUITE, 1, 2, [leaf(1)[:-1]], leaf(0), root)


def test_a_consistency_proof_with_a_step_too_many_or_too_few_fails() -> None:
    for old, new in ((4, 13), (6, 13), (13, 13), (0, 13), (12, 13), (3, 4)):
        proof = consistency_proof(SUITE, old, new, subtree)
        roots = root_of(0, old), root_of(0, new)
        shorter = (proof[:-1], proof[1:]) if proof else ()
        for wrong in ((*proof, leaf(0)), (leaf(0), *proof), *shorter):
            assert not verify_consistency(SUITE, old, new, wrong, *roots)


def test_consistency_needs_both_roots_to_be_right() -> None:
    for old, new in ((0, 9), (4, 9), (5, 9), (9, 9)):
        proof, old_root, new_root = (
            consistency_proof(SUITE, old, new, subtree),
            root_of(0, old),
            root_of(0, new),
        )
        assert not verify_consistency(SUITE, old, new, proof, leaf(3), new_root)
        if old:
            assert not verify_consistency(SUITE, old, new, proof, old_root, leaf(3))


def test_a_tree_never_shrinks() -> None:
    assert not verify_consistency(SUITE, 5, 4, (), root_of(0, 5), root_of(0, 4))


def test_proofs_outside_the_tree_are_a_broken_invariant() -> None:
    with pytest.raises(IndexError):
        inclusion_proof(SUITE, 5, 5, subtree)
    with pytest.raises(IndexError):
        consistency_proof(SUITE, 6, 5, subtree)


@given(size=st.integers(2, 130), data=st.data())
def test_a_changed_bit_in_a_proof_is_noticed(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = list(inclusion_proof(SUITE, index, size, subtree))
    step = data.draw(st.integers(0, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    proof[step] = (int.from_bytes(proof[step], "big") ^ 1 << bit).to_bytes(32, "big")
    assert not verify_inclusion(SUITE, leaf(index), index, size, proof, root_of(0, size))
