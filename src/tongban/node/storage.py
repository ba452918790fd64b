"""Says in the node's own words why its database could not be read or written."""

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

import structlog

from tongban.node.drivers.postgresql import postgresql_trouble
from tongban.node.drivers.sqlite import sqlite_trouble
from tongban.node.drivers.trouble import Trouble
from tongban.node.faults import DiskFull, StorageFailed, StorageUncertain

#: Each says nothing about an error that is not its own, or that is the program's fault.
_DRIVERS: Sequence[Callable[[BaseException], Trouble | None]] = (sqlite_trouble, postgresql_trouble)

_Lent = TypeVar("_Lent")
_log = structlog.get_logger(__name__)


class Certainty:
    """Whether this process knows of everything that it wrote whether it is stored.

    After a failed fsync nobody knows what is on the platter. What the next transaction of the same
    process would see is only its memory. After a lost connection nobody knows what the server did.
    """

    def __init__(self) -> None:
        self.lost = False
        self._doubt = ""

    def demand(self) -> None:
        """Raises StorageUncertain once a commit has failed half way."""
        if self.lost:
            raise StorageUncertain(self._doubt)

    @contextmanager
    def watch(self, transaction: AbstractContextManager[_Lent]) -> Iterator[_Lent]:
        """Pass a transaction on that commits on leaving; raises StorageUncertain."""
        committing = False
        try:
            with transaction as lent:
                yield lent
                committing = True
        except Exception as error:
            doubt = doubt_of(error)
            if not (committing and doubt):
                raise
            self._doubt = doubt
            self.lost = True
            _log.error("commit_uncertain", reason=str(error))
            raise StorageUncertain(self._doubt) from error


@contextmanager
def storage_faults() -> Iterator[None]:
    """Turn what the database driver says of the disk into DiskFull or StorageFailed.

    Everything else passes: a broken constraint is a fault of the program, not of the disk.
    """
    try:
        yield
    except Exception as error:
        fault = storage_fault(error)
        if fault is None:
            raise
        raise fault from error


@contextmanager
def disk_faults() -> Iterator[None]:
    """Turn what the system says of files beside the database into DiskFull or StorageFailed."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(
                "the disk that holds the node's files is full, so nothing was stored; make room "
                "and ask again, the node goes on by itself"
            ) from error
        raise StorageFailed(
            f"a piece of a file could not be written ({error.strerror}); look at the disk and at "
            "the rights on the node's folder. Nothing was stored"
        ) from error


def storage_fault(error: BaseException) -> DiskFull | StorageFailed | None:
    """The fault behind the error, which a web framework may have wrapped once; None if another."""
    trouble = _trouble(error)
    return trouble.fault if trouble else None


def doubt_of(error: BaseException) -> str:
    """What to do about not knowing how a commit ended that raised this; "" where it is known."""
    trouble = _trouble(error)
    return trouble.doubt if trouble else ""


def _trouble(error: BaseException) -> Trouble | None:
    if isinstance(error, DiskFull | StorageFailed):
        return Trouble(fault=error)
    # A framework's own error says nothing; the driver's stands behind it.
    asked = (driver(each) for each in (error, error.__cause__) if each for driver in _DRIVERS)
    return next(filter(None, asked), None)
