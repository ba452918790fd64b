"""Puts watchers between SQLite and its files, for this process and from its first use on."""

import ctypes
import os
from collections.abc import Callable
from ctypes import c_void_p, cast, string_at
from functools import cache
from typing import Any, Protocol

from tongban.testing.simulation.sqlite_calls import (
    DELETE,
    OK,
    OPEN,
    SYNC,
    TRUNCATE,
    WRITE,
    FileMethods,
    FileSystem,
    library,
)

_NAME = b"tongban-watched"


class Watcher(Protocol):
    """Is asked before anything changes a file; a result code other than OK forbids it."""

    def wrote(self, path: str, at: int, data: bytes) -> int:
        """Something is about to be written."""
        ...

    def cut(self, path: str, at: int) -> int:
        """The file is about to be cut off."""
        ...

    def synced(self, path: str) -> int:
        """The file is about to be brought to the platter."""
        ...

    def deleted(self, path: str) -> None:
        """The file is about to be removed."""
        ...


#: Who watches, by the beginning of the paths.
WATCHERS: dict[str, Watcher] = {}


@cache
def watch_files() -> object:
    """Register the watched file system as the default one; what must live as long as it."""
    sqlite = library()
    real = FileSystem.from_address(sqlite.sqlite3_vfs_find(None))
    system = FileSystem()
    ctypes.memmove(ctypes.byref(system), ctypes.byref(real), ctypes.sizeof(FileSystem))
    files = _Files(real)
    system.name, system.next = _NAME, None
    system.open, system.delete = files.address(files.open_call), files.address(files.delete_call)
    sqlite.sqlite3_vfs_register(ctypes.byref(system), 1)
    return sqlite, system, files


class _Files:
    """The calls that are replaced; every file keeps SQLite's own methods but for three."""

    def __init__(self, real: FileSystem) -> None:
        self._real = real
        self._open, self._delete = OPEN(real.open), DELETE(real.delete)
        self.open_call, self.delete_call = OPEN(self._opened), DELETE(self._deleted)
        self._methods: dict[int, tuple[FileMethods, tuple[object, ...]]] = {}
        #: By the address of the open file, which is its own while it is open.
        self._watched: dict[int, tuple[str, Watcher]] = {}

    @staticmethod
    def address(call: Any) -> c_void_p:
        """Where a call is, as SQLite's tables hold it."""
        return cast(call, c_void_p)

    def _opened(self, _system: int, name: int | None, file: Any, flags: int, out: Any) -> int:
        code = self._open(ctypes.addressof(self._real), name, file, flags, out)
        path = os.fsdecode(string_at(name)) if name else ""
        watcher = next((w for start, w in WATCHERS.items() if path.startswith(start)), None)
        if code == OK and watcher is not None and "-shm" not in path:
            self._watched[ctypes.addressof(file.contents)] = (path, watcher)
            file.contents.methods = ctypes.pointer(self._replaced(file.contents.methods))
        return int(code)

    def _deleted(self, _system: int, name: bytes, sync: int) -> int:
        path = os.fsdecode(name)
        for start, watcher in WATCHERS.items():
            if path.startswith(start):
                watcher.deleted(path)
        return int(self._delete(ctypes.addressof(self._real), name, sync))

    def _replaced(self, methods: Any) -> FileMethods:
        address = ctypes.addressof(methods.contents)
        if address not in self._methods:
            copy = FileMethods()
            ctypes.memmove(ctypes.byref(copy), address, ctypes.sizeof(FileMethods))
            calls = (
                WRITE(self._write(WRITE(copy.write))),
                TRUNCATE(self._truncate(TRUNCATE(copy.truncate))),
                SYNC(self._sync),
            )
            copy.write, copy.truncate, copy.sync = map(self.address, calls)
            self._methods[address] = (copy, calls)
        return self._methods[address][0]

    def _write(self, real: Any) -> Callable[..., int]:
        def write(file: Any, data: int, length: int, at: int) -> int:
            path, watcher = self._watched[ctypes.addressof(file.contents)]
            return watcher.wrote(path, at, string_at(data, length)) or real(file, data, length, at)

        return write

    def _truncate(self, real: Any) -> Callable[..., int]:
        def truncate(file: Any, size: int) -> int:
            path, watcher = self._watched[ctypes.addressof(file.contents)]
            return watcher.cut(path, size) or real(file, size)

        return truncate

    def _sync(self, file: Any, _flags: int) -> int:
        path, watcher = self._watched[ctypes.addressof(file.contents)]
        return watcher.synced(path)
