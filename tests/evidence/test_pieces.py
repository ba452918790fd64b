import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.evidence.faults import SealBroken
from tongban.evidence.pieces import (
    PIECE_BYTES,
    TAG_BYTES,
    open_piece,
    piece_name,
    pieces_of,
    root_of_pieces,
    seal_piece,
    sealed_sizes,
)

KEY = bytes(32)


@given(content=st.binary(min_size=1, max_size=200), number=st.integers(0, 2**32))
def test_a_piece_opens_to_what_was_sealed(content: bytes, number: int) -> None:
    sealed = seal_piece(KEY, number, content)
    assert open_piece(KEY, number, sealed) == content
    assert len(sealed) == len(content) + TAG_BYTES


@given(content=st.binary(min_size=1, max_size=50), at=st.integers(0, 49), bit=st.integers(0, 7))
def test_an_altered_piece_has_another_name_and_does_not_open(
    content: bytes, at: int, bit: int
) -> None:
    sealed = seal_piece(KEY, 0, content)
    altered = bytearray(sealed)
    altered[at % len(sealed)] ^= 1 << bit
    assert piece_name(bytes(altered)) != piece_name(sealed)
    with pytest.raises(SealBroken):
        open_piece(KEY, 0, bytes(altered))


def test_a_piece_does_not_open_in_the_place_of_another() -> None:
    with pytest.raises(SealBroken):
        open_piece(KEY, 1, seal_piece(KEY, 0, b"page one"))
    with pytest.raises(SealBroken):
        open_piece(bytes([1]) * 32, 0, seal_piece(KEY, 0, b"page one"))
    with pytest.raises(SealBroken):
        open_piece(KEY, 0, b"short")


def test_the_root_knows_the_order_of_pieces() -> None:
    names = [piece_name(b"one"), piece_name(b"two")]
    assert root_of_pieces(names) != root_of_pieces(reversed(names))


@given(size=st.integers(1, 5 * PIECE_BYTES))
def test_sealed_pieces_make_up_the_file(size: int) -> None:
    sizes = sealed_sizes(size)
    assert len(sizes) == pieces_of(size)
    assert sum(sizes) == size + TAG_BYTES * len(sizes)
    assert all(TAG_BYTES < each <= PIECE_BYTES + TAG_BYTES for each in sizes)
