"""What of SQLite's C interface a faulty disk needs (sqlite.org/c3ref/vfs.html)."""

import ctypes
import sqlite3
from ctypes import POINTER, Structure, c_char_p, c_int, c_int64, c_void_p

#: Result codes of SQLite that a disk may answer with.
OK, FULL = sqlite3.SQLITE_OK, sqlite3.SQLITE_FULL
WRITE_FAILED, SYNC_FAILED = sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC


class FileMethods(Structure):
    """What can be done with an open file; all but three go to SQLite's own functions."""

    _fields_ = [
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        # What follows is copied as it is: thirteen more in version 3.
        ("others", c_void_p * 13),
    ]


class OpenFile(Structure):
    """An open file begins with its methods; what follows is SQLite's own affair."""

    _fields_ = [("methods", POINTER(FileMethods))]


class FileSystem(Structure):
    """A virtual file system of SQLite, up to the calls that are replaced."""

    _fields_ = [
        ("version", c_int),
        ("file_bytes", c_int),
        ("path_bytes_max", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        # What follows is copied as it is: fourteen more in version 3.
        ("others", c_void_p * 14),
    ]


#: Names of files come as addresses: SQLite keeps them, so they must not be copied on their way.
OPEN = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(OpenFile), c_int, POINTER(c_int))
WRITE = ctypes.CFUNCTYPE(c_int, POINTER(OpenFile), c_void_p, c_int, c_int64)
DELETE = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
TRUNCATE = ctypes.CFUNCTYPE(c_int, POINTER(OpenFile), c_int64)
SYNC = ctypes.CFUNCTYPE(c_int, POINTER(OpenFile), c_int)


class SqliteOutOfReach(Exception):
    """The files of Python's sqlite3 cannot be watched; use one that is linked to libsqlite3."""


def library() -> ctypes.CDLL:
    """The SQLite that Python's own sqlite3 uses; raises SqliteOutOfReach."""
    import _sqlite3  # noqa: PLC0415 - a private module that only this function needs

    loaded = ctypes.CDLL(_sqlite3.__file__)
    try:
        loaded.sqlite3_vfs_find.restype = c_void_p
        loaded.sqlite3_vfs_find.argtypes = [c_char_p]
        loaded.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
    except AttributeError as error:
        raise SqliteOutOfReach(SqliteOutOfReach.__doc__) from error
    return loaded
