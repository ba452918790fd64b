"""A disk below SQLite that forgets, tears, fills and fails when told to.

Nothing is patched: a virtual file system is registered as the default one, and files outside the
folder of a `Disk` pass it untouched. What was written since the last successful fsync is known by
name, so a power failure may lose any part of it.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import BinaryIO

from tongban.testing.simulation import sqlite_calls as calls
from tongban.testing.simulation.sqlite_files import WATCHERS, watch_files

_SECTOR = 512


@dataclass(slots=True)
class Write:
    """One write or truncation that may not be on the platter; data None: the file was cut at `at`.

    before: what stood there. size: of the file before.
    """

    path: str
    at: int
    data: bytes | None
    before: bytes
    size: int
    doubtful: bool = False
    synced: bool = False


@dataclass(slots=True)
class Disk:
    """The disk of one machine: every SQLite file below the folder.

    boundaries: writes, truncations and fsyncs so far. fall_at: the machine stops before the
    boundary of this number, 0 never. full: nothing more fits. sync_fails: the next fsync does.
    writes_fail: no write goes through.
    failed: files of which an fsync failed that had something to bring to the platter. went_on:
    those that were written and synced again by a process that had been told so.
    """

    folder: Path
    boundaries: int = 0
    syncs: int = 0
    fall_at: int = 0
    dead: bool = False
    full: bool = False
    sync_fails: bool = False
    writes_fail: bool = False
    unsynced: list[Write] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    went_on: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        watch_files()
        WATCHERS[f"{self.folder}{os.sep}"] = self

    def arm(self, boundaries: int) -> None:
        """Stop the machine that many writes from now."""
        self.fall_at = self.boundaries + boundaries

    def remove(self) -> None:
        """Take the disk out of the machine; its files become ordinary ones."""
        WATCHERS.pop(f"{self.folder}{os.sep}", None)

    def lose_power(self, chance: Random) -> None:
        """What was not on the platter is there whole, in part or not at all."""
        self.stop()
        for path in dict.fromkeys(write.path for write in self.unsynced):
            _settle(path, [write for write in self.unsynced if write.path == path], chance)
        self.unsynced.clear()

    def stop(self) -> None:
        """Nothing that is still open may write any more."""
        self.dead = True

    def revive(self) -> None:
        """The machine starts again on what is on its disk; the old process is gone."""
        self.unsynced.clear()
        self.failed.clear()
        self.dead, self.fall_at = False, 0
        self.mend()

    def mend(self) -> None:
        """It has room again, and does what it is asked."""
        self.full = self.sync_fails = self.writes_fail = False

    # What SQLite asks for.

    def wrote(self, path: str, at: int, data: bytes) -> int:
        """Whether a write goes through, and the answer to SQLite where it does not."""
        answer = self._boundary(calls.WRITE_FAILED)
        if answer == calls.OK and self.full and _grows(path, at + len(data)):
            answer = calls.FULL
        if answer == calls.OK and self.writes_fail:
            answer = calls.WRITE_FAILED
        if answer == calls.OK:
            self.unsynced.append(_remembered(path, at, data, len(data)))
        return answer

    def cut(self, path: str, at: int) -> int:
        """The same of a truncation."""
        answer = self._boundary(calls.WRITE_FAILED)
        if answer == calls.OK:
            self.unsynced.append(_remembered(path, at, None, -1))
        return answer

    def synced(self, path: str) -> int:
        """The same of an fsync; nothing waits for a platter here."""
        answer = self._boundary(calls.SYNC_FAILED)
        if answer != calls.OK:
            return answer
        self.syncs += 1
        if self.sync_fails:
            self.sync_fails = False
            # After a failed fsync nobody knows what is on the platter, and no later one tells.
            if any(write.path == path and not write.synced for write in self.unsynced):
                self.failed.add(path)
            for write in self.unsynced:
                write.doubtful |= write.path == path
            return calls.SYNC_FAILED
        if path in self.failed and any(_is_new(write, path) for write in self.unsynced):
            self.went_on.add(path)
        for write in self.unsynced:
            write.synced |= write.path == path
        self.unsynced = _still_needed(self.unsynced)
        return calls.OK

    def deleted(self, path: str) -> None:
        """A file is gone, and with it what waited for the platter."""
        self.unsynced = [write for write in self.unsynced if write.path != path]

    def _boundary(self, failure: int) -> int:
        if self.dead:
            return failure
        self.boundaries += 1
        if self.boundaries == self.fall_at:
            self.dead = True
            return failure
        return calls.OK


def _is_new(write: Write, path: str) -> bool:
    """Whether this was written since an fsync of the file failed."""
    return write.path == path and not write.synced and not write.doubtful


def _still_needed(writes: list[Write]) -> list[Write]:
    """Without what is safe; later writes on top of doubtful ones are needed to settle those."""
    doubtful = {write.path for write in writes if write.doubtful}
    return [write for write in writes if not write.synced or write.path in doubtful]


def _remembered(path: str, at: int, data: bytes | None, length: int) -> Write:
    # A write is measured in microseconds, and worlds write a hundred thousand times.
    file = os.open(path, os.O_RDONLY)
    try:
        size = os.fstat(file).st_size
        before = os.pread(file, max(size - at, 0) if length < 0 else length, at)
    finally:
        os.close(file)
    return Write(path=path, at=at, data=data, before=before, size=size)


def _grows(path: str, size: int) -> bool:
    return size > Path(path).stat().st_size


def _settle(path: str, writes: list[Write], chance: Random) -> None:
    """Undo what was remembered, and do again what reached the platter."""
    if not Path(path).exists():
        return
    with open(path, "r+b") as file:  # noqa: PTH123
        for write in reversed(writes):
            file.seek(write.at)
            file.write(write.before)
            file.truncate(write.size)
        for write in writes:
            _redo(file, write, chance)


def _redo(file: BinaryIO, write: Write, chance: Random) -> None:
    safe = write.synced and not write.doubtful
    if write.data is None:
        if safe or chance.choice([True, False]):
            file.truncate(write.at)
        return
    kept = len(write.data)
    if not safe:
        kept = chance.choice([0, kept, chance.randrange(kept + 1) // _SECTOR * _SECTOR])
    if kept:
        file.seek(write.at)
        file.write(write.data[:kept])
