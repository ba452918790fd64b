"""The drop-box when the platform, the node or a stranger misbehaves."""

import os
import re
import resource
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tongban.channels.envelopes import Envelope
from tongban.channels.faults import EnvelopeUnreadable, OverQuota, Oversize, Unreachable
from tongban.channels.roads.gateway import GatewayBox, stamped_name

from .nodes import NOON

CAP = 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "box"


@pytest.fixture
def box(folder: Path) -> GatewayBox:
    return GatewayBox(folder, now=lambda: NOON, cap=CAP)


class Hefei:
    """Keeps what it is handed, and when it is said to have become available."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.available: list[datetime | None] = []

    def receive(self, envelope: bytes, available_at: datetime | None) -> None:
        self.received.append(envelope)
        self.available.append(available_at)


@pytest.fixture
def hefei() -> Hefei:
    return Hefei()


def lay(folder: Path, content: bytes, *, name: str = "1") -> Path:
    path = folder / "in" / f"{name}.envelope"
    path.write_bytes(content)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_envelopes_are_handed_over_oldest_first(
    box: GatewayBox, folder: Path, hefei: Hefei
) -> None:
    for minutes in (3, 1, 2):
        name = stamped_name("x", NOON + timedelta(minutes=minutes))
        lay(folder, b"%d" % minutes, name=name)
    assert box.poll(hefei.receive) == 3
    assert hefei.received == [b"1", b"2", b"3"]
    assert names(folder / "in") == []


def test_the_platforms_stamp_is_the_instant_of_availability(
    box: GatewayBox, folder: Path, hefei: Hefei
) -> None:
    instant = NOON + timedelta(microseconds=123456)
    lay(folder, b"stamped", name=stamped_name("x", instant))
    box.poll(hefei.receive)
    assert hefei.available == [instant]


@pytest.mark.parametrize("name", ["x", "20261322T000000000000Z@x", "20261122T00000000000０Z@x"])
def test_without_a_sound_stamp_the_instant_is_unknown(
    box: GatewayBox, folder: Path, hefei: Hefei, name: str
) -> None:
    lay(folder, b"unstamped", name=name)
    box.poll(hefei.receive)
    assert hefei.available == [None]


def test_a_file_stays_until_it_is_taken_in(box: GatewayBox, folder: Path) -> None:
    path = lay(folder, b"abc")

    def receive(_: bytes, __: datetime | None) -> None:
        assert path.exists()

    box.poll(receive)
    assert not path.exists()


def test_after_an_exception_the_file_comes_again_and_the_others_had_their_turn(
    box: GatewayBox, folder: Path, hefei: Hefei
) -> None:
    lay(folder, b"bad", name="1")
    lay(folder, b"good", name="2")

    def receive(envelope: bytes, at: datetime | None) -> None:
        if envelope == b"bad":
            raise RuntimeError("a bug")
        hefei.receive(envelope, at)

    with pytest.raises(RuntimeError, match="a bug"):
        box.poll(receive)
    assert hefei.received == [b"good"]
    assert box.poll(hefei.receive) == 1
    assert hefei.received == [b"good", b"bad"]


def test_over_quota_the_file_waits(box: GatewayBox, folder: Path, hefei: Hefei) -> None:
    def receive(_: bytes, __: datetime | None) -> None:
        raise OverQuota("too much")

    lay(folder, b"abc")
    assert box.poll(receive) == 0
    assert box.poll(hefei.receive) == 1


def test_what_is_unreadable_is_set_aside_with_the_reason(box: GatewayBox, folder: Path) -> None:
    def receive(_: bytes, __: datetime | None) -> None:
        raise EnvelopeUnreadable("an envelope starts otherwise")

    lay(folder, b"garbage")
    assert box.poll(receive) == 0
    aside = folder / "unreadable"
    assert names(aside) == ["1.envelope", "1.envelope.reason.txt"]
    assert (aside / "1.envelope").read_bytes() == b"garbage"
    assert "starts otherwise" in (aside / "1.envelope.reason.txt").read_text(encoding="utf-8")


def test_a_file_over_the_cap_is_set_aside(box: GatewayBox, folder: Path, hefei: Hefei) -> None:
    lay(folder, bytes(CAP), name="1")
    lay(folder, bytes(CAP + 1), name="2")
    assert box.poll(hefei.receive) == 1
    assert "2.envelope" in names(folder / "unreadable")


def test_an_envelope_over_the_cap_is_not_sent(box: GatewayBox, folder: Path) -> None:
    box.carry(bytes(CAP))
    with pytest.raises(Oversize, match=f"cap of {CAP}"):
        box.carry(bytes(CAP + 1))
    assert len(names(folder / "out")) == 1


def test_links_pipes_and_folders_are_set_aside_unread(
    box: GatewayBox, folder: Path, hefei: Hefei, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not for the peer", encoding="utf-8")
    (folder / "in" / "link.envelope").symlink_to(secret)
    (folder / "in" / "folder.envelope").mkdir()
    os.mkfifo(folder / "in" / "pipe.envelope")
    assert box.poll(hefei.receive) == 0
    assert hefei.received == []
    assert names(folder / "in") == []


def test_half_written_and_foreign_files_are_left_alone(
    box: GatewayBox, folder: Path, hefei: Hefei
) -> None:
    for name in (".1.envelope.partial", ".hidden.envelope", "README.txt"):
        (folder / "in" / name).write_bytes(b"x")
    assert box.poll(hefei.receive) == 0
    assert len(names(folder / "in")) == 3


def test_an_answer_goes_out_by_the_same_box(box: GatewayBox, folder: Path) -> None:
    lay(folder, b"question")
    box.poll(lambda envelope, _: b"answer to " + envelope)
    (path,) = (folder / "out").iterdir()
    assert path.read_bytes() == b"answer to question"


def test_names_of_files_tell_nothing_but_time_and_order(box: GatewayBox, folder: Path) -> None:
    box.carry(Envelope(sender="songjiang", receiver="hefei", sealed=b"x").encode())
    (name,) = names(folder / "out")
    assert re.fullmatch(r"20261122T120000000000Z-00000000-[0-9a-f]{16}\.envelope", name)


def test_names_sort_in_the_order_of_sending(folder: Path) -> None:
    instants = iter([NOON, NOON, NOON + timedelta(seconds=1)])
    box = GatewayBox(folder, now=lambda: next(instants))
    for number in range(3):
        box.carry(b"%d" % number)
    sent = [(folder / "out" / name).read_bytes() for name in names(folder / "out")]
    assert sent == [b"0", b"1", b"2"]


def test_no_envelope_replaces_another_when_the_clock_is_set_back(folder: Path) -> None:
    for content in (b"before the restart", b"after it, at the same instant"):
        GatewayBox(folder, now=lambda: NOON).carry(content)
    assert len(names(folder / "out")) == 2


def test_what_a_killed_writer_left_is_cleared_away(folder: Path, box: GatewayBox) -> None:
    box.carry(b"whole")
    (folder / "out" / ".half.envelope.partial").write_bytes(b"ha")
    GatewayBox(folder, now=lambda: NOON)
    assert len(names(folder / "out")) == 1


def test_a_box_that_is_gone_is_unreachable(folder: Path, box: GatewayBox, hefei: Hefei) -> None:
    (folder / "in").rmdir()
    with pytest.raises(Unreachable, match="cannot be read"):
        box.poll(hefei.receive)


def test_a_full_disk_leaves_nothing_half_written(folder: Path, box: GatewayBox) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (CAP // 2, limits[1]))
    try:
        with pytest.raises(Unreachable, match="cannot be written"):
            box.carry(bytes(CAP))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert names(folder / "out") == []


def test_others_on_the_machine_cannot_look_into_the_box(folder: Path, box: GatewayBox) -> None:
    box.close()
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}
