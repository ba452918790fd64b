"""The archive is what GNU tar writes with fixed metadata, and only that is read."""

import contextlib
import shutil
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.node.bundles.archive import BLOCK, NAME_BYTES_MAX, pack, unpack
from tongban.node.bundles.faults import BundleUnreadable

NAMES = st.text("abz019/.-", min_size=1, max_size=NAME_BYTES_MAX)
FILES = st.dictionaries(NAMES, st.binary(max_size=2 * BLOCK), max_size=4)
EXAMPLE = {"entries/0001.json": b"{}", "a": b"x" * BLOCK, "manifest.note": b""}
FIXED = ["--format=ustar", "-b1", "--owner=0", "--group=0", "--numeric-owner"]
FIXED += ["--mode=u=rw,go=r", "--mtime=@0"]


@given(FILES)
def test_what_is_packed_comes_out_again(files: dict[str, bytes]) -> None:
    assert unpack(pack(files)) == files


@given(FILES, st.data())
def test_no_byte_changes_without_being_noticed(
    files: dict[str, bytes], data: st.DataObject
) -> None:
    packed = bytearray(pack(files))
    place = data.draw(st.integers(min_value=0, max_value=len(packed) - 1))
    packed[place] ^= data.draw(st.integers(min_value=1, max_value=255))
    with contextlib.suppress(BundleUnreadable):
        assert unpack(bytes(packed)) != files


@given(st.binary(max_size=3 * BLOCK))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(BundleUnreadable):
        unpack(noise)


def test_another_reader_opens_it() -> None:
    with tarfile.open(fileobj=BytesIO(pack(EXAMPLE))) as archive:
        opened = {m.name: archive.extractfile(m) for m in archive}
        assert {name: file.read() for name, file in opened.items() if file} == EXAMPLE


@pytest.mark.skipif(shutil.which("tar") is None, reason="needs the tar command")
def test_gnu_tar_writes_the_same_bytes(tmp_path: Path) -> None:
    for name, content in EXAMPLE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    made = subprocess.run(
        ["tar", *FIXED, "-cf", "-", *sorted(EXAMPLE)], cwd=tmp_path, check=True, capture_output=True
    )
    assert made.stdout == pack(EXAMPLE)


def test_another_order_is_refused() -> None:
    first, second = pack({"a": b""})[:BLOCK], pack({"b": b""})
    with pytest.raises(BundleUnreadable, match="from byte 0 on"):
        unpack(second[:BLOCK] + first + bytes(2 * BLOCK))


def test_a_file_that_comes_twice_is_refused() -> None:
    once = pack({"a": b""})
    with pytest.raises(BundleUnreadable, match="one form"):
        unpack(once[:BLOCK] + once)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (100, b"0000755\0"),
        (108, b"0001750\0"),
        (136, b"14000000000\0"),
        (156, b"5"),
        (265, b"root"),
    ],
)
def test_other_metadata_is_refused_even_with_a_right_checksum(field: int, value: bytes) -> None:
    packed = bytearray(pack({"a": b""}))
    packed[field : field + len(value)] = value
    packed[148:156] = b" " * 8
    packed[148:156] = b"%06o\0 " % sum(packed[:BLOCK])
    with pytest.raises(BundleUnreadable, match="not in its one form"):
        unpack(bytes(packed))


@pytest.mark.parametrize("end", [b"", bytes(BLOCK), bytes(3 * BLOCK), bytes(20 * BLOCK)])
def test_another_end_is_refused(end: bytes) -> None:
    with pytest.raises(BundleUnreadable):
        unpack(pack(EXAMPLE)[: -2 * BLOCK] + end)


@pytest.mark.parametrize("size", [b"-0000001000", b"       1000", b"\x80\0\0\0\0\0\0\0\0\0\0"])
def test_a_size_that_is_no_octal_number_is_refused(size: bytes) -> None:
    packed = bytearray(pack({"a": b"", "b": b""}))
    packed[BLOCK + 124 : BLOCK + 135] = size
    with pytest.raises(BundleUnreadable, match=f"no archive member starts at byte {BLOCK}"):
        unpack(bytes(packed))


def test_a_name_beyond_ascii_is_refused() -> None:
    packed = bytearray(pack({"a": b""}))
    packed[0] = 0xE9
    with pytest.raises(BundleUnreadable, match="no archive member"):
        unpack(bytes(packed))
