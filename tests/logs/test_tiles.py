import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.evidence.suites import SUITES
from tongban.evidence.tree import EMPTY
from tongban.logs.tiles import grow, stored_below

SUITE = SUITES["ed25519-sha256"]


def leaves(count: int) -> list[bytes]:
    return [number.to_bytes(32, "big") for number in range(count)]


@given(st.lists(st.integers(min_value=0, max_value=700), max_size=4))
def test_tops_do_not_depend_on_how_leaves_are_batched(batches: list[int]) -> None:
    every, tops, whole = leaves(sum(batches)), [], EMPTY
    for count in batches:
        whole, completed = grow(SUITE, whole, every[whole.size : whole.size + count])
        tops += completed
    assert (whole, tops) == grow(SUITE, EMPTY, every)
    assert whole == EMPTY.extend(SUITE, every)


def test_a_tile_of_tiles_gets_a_top_of_its_own() -> None:
    every = leaves(2**16 + 256)
    whole, tops = grow(SUITE, EMPTY, every)
    assert [top.index for top in tops if top.level == 8] == list(range(257))
    (highest,) = [top for top in tops if top.level == 16]
    assert (highest.index, highest.hash) == (0, whole.hashes[0])


@given(st.integers(min_value=0, max_value=40), st.integers(min_value=0, max_value=2**20))
def test_any_subtree_is_folded_from_at_most_128_stored_hashes(level: int, index: int) -> None:
    stored, places = stored_below(level, index)
    assert stored % 8 == 0
    assert len(places) <= 128
    assert places.start << stored == index << level
    assert places.stop << stored == (index + 1) << level


@pytest.mark.parametrize("size", [0, 1, 255, 256])
def test_a_tile_has_a_top_once_it_is_full(size: int) -> None:
    _, tops = grow(SUITE, EMPTY, leaves(size))
    assert len(tops) == size // 256
