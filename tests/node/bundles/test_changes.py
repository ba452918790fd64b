"""Whatever is changed about a bundle after its export is noticed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.node.bundles.archive import pack, unpack
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.manifest import MANIFEST
from tongban.node.bundles.verify import verify_bundle

from . import stories
from .stories import codes

SMALL = stories.SMALL.encode()
WHOLE = stories.WHOLE.encode()


def passes(data: bytes) -> bool:
    try:
        return verify_bundle(data).verified
    except BundleUnreadable:
        return False


def test_the_bundles_themselves_pass() -> None:
    assert passes(SMALL)
    assert passes(WHOLE)


@pytest.mark.parametrize("part", range(8))
def test_every_byte_of_a_small_bundle_counts(part: int) -> None:
    for place in range(part, len(SMALL), 8):
        changed = bytearray(SMALL)
        changed[place] ^= 1 << place % 7
        assert not passes(bytes(changed)), place


@settings(max_examples=200)
@given(
    place=st.integers(min_value=0, max_value=len(WHOLE) - 1),
    change=st.integers(min_value=1, max_value=255),
)
def test_any_other_byte_anywhere_is_noticed(place: int, change: int) -> None:
    changed = bytearray(WHOLE)
    changed[place] ^= change
    assert not passes(bytes(changed))


@given(
    start=st.integers(min_value=0, max_value=len(WHOLE)),
    length=st.integers(min_value=0, max_value=2000),
    instead=st.binary(max_size=2000),
)
def test_any_cut_or_insertion_is_noticed(start: int, length: int, instead: bytes) -> None:
    changed = WHOLE[:start] + instead + WHOLE[start + length :]
    assert changed == WHOLE or not passes(changed)


@pytest.mark.parametrize("name", [name for name in unpack(WHOLE) if name != MANIFEST])
def test_a_missing_file_is_named(name: str) -> None:
    files = unpack(WHOLE)
    del files[name]
    report = verify_bundle(pack(files))
    assert codes(report) == ["file_missing"]
    assert name in report.problems[0].words.zh


@pytest.mark.parametrize("name", [name for name in unpack(WHOLE) if name != MANIFEST])
def test_a_changed_file_is_named(name: str) -> None:
    files = unpack(WHOLE)
    files[name] += b" "
    report = verify_bundle(pack(files))
    assert codes(report) == ["file_changed"]
    assert name in report.problems[0].words.en
    assert not report.entries


def test_an_added_file_is_named() -> None:
    report = verify_bundle(pack({**unpack(WHOLE), "entries/9999.json": b"{}"}))
    assert codes(report) == ["file_unlisted"]


def test_a_bundle_without_manifest_is_unreadable() -> None:
    files = unpack(WHOLE)
    del files[MANIFEST]
    with pytest.raises(BundleUnreadable, match=r"no manifest\.note"):
        verify_bundle(pack(files))
