"""The gateway road: a drop-box on an exchange platform that this node polls.

No port is open to anyone. The platform takes files from `out/` and lays files into `in/`; it may
repeat and reorder them. Its stamp in a file's name says when an envelope became available here.
"""

import hashlib
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tongban.channels.endpoints import Endpoint
from tongban.channels.envelopes import ENVELOPE_BYTES_MAX
from tongban.channels.faults import (
    EnvelopeUnreadable,
    MessageUnreadable,
    OverQuota,
    Oversize,
    Unreachable,
)
from tongban.channels.roads import folders
from tongban.channels.roads.road import Means, Road

GatewayReceive = Callable[[bytes, datetime | None], bytes | None]
"""As Receive, with the instant at which the platform says the envelope became available here;
None where the platform stamps nothing."""

_INSTANT = "%Y%m%dT%H%M%S%fZ"
_STAMPED = re.compile(r"(\d{8}T\d{12}Z)@.+", re.ASCII)
_DIGEST_DIGITS = 16
_LOG = logging.getLogger(__name__)


class GatewayBox:
    """This node's drop-box: one for all peers, used by one process, by any of its threads."""

    answers_at_once = False

    def __init__(
        self, folder: Path, *, now: Callable[[], datetime], cap: int = ENVELOPE_BYTES_MAX
    ) -> None:
        """Makes the folders that are missing; cap: bytes of the largest envelope either way."""
        self._out, self._in = folder / "out", folder / "in"
        self._unreadable = folder / "unreadable"
        self._now = now
        self._cap = cap
        self._numbers = count()
        for each in (self._out, self._in, self._unreadable):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        folders.clear_partial(self._out)

    def carry(self, envelope: bytes) -> None:
        """Lay the envelope out for the platform, on the disk when this returns.

        Raises Oversize, and Unreachable when the folder cannot be written.
        """
        if len(envelope) > self._cap:
            raise Oversize(
                f"an envelope of {len(envelope)} bytes is over the gateway's cap of {self._cap}; "
                "send less at once, or raise the cap where the platform allows it"
            )
        try:
            folders.put(self._out, self._name(envelope), envelope)
        except OSError as error:
            raise Unreachable(f"the gateway's folder cannot be written: {error}") from error

    def close(self) -> None:
        """Nothing is held open."""

    def poll(self, receive: GatewayReceive) -> int:
        """Hand over what lies in `in/`, oldest first, and return how many were taken in.

        A file is removed only after receive returned, so a crash repeats it. Over quota it stays
        for the next poll, and so it does after an unforeseen exception, the first of which is
        raised when all files had their turn: one bad file must not hold up the others. Raises
        Unreachable when the folder cannot be read.
        """
        try:
            paths = folders.waiting(self._in)
        except OSError as error:
            raise Unreachable(f"the gateway's folder cannot be read: {error}") from error
        results = [self._attempt(path, receive) for path in paths]
        for result in results:
            if isinstance(result, Exception):
                raise result
        return results.count(True)

    def _attempt(self, path: Path, receive: GatewayReceive) -> bool | Exception:
        try:
            return self._take_in(path, receive)
        except OverQuota:
            return False
        except (EnvelopeUnreadable, MessageUnreadable) as fault:
            _LOG.warning("the gateway brought something unreadable: %s", fault)
            folders.set_aside(path, self._unreadable, str(fault))
            return False
        except Exception as error:  # noqa: BLE001  raised by poll after the other files
            return error

    def _take_in(self, path: Path, receive: GatewayReceive) -> bool:
        envelope = folders.read(path, cap=self._cap + 1)
        if len(envelope) > self._cap:
            raise EnvelopeUnreadable(f"the file is over the gateway's cap of {self._cap} bytes")
        reply = receive(envelope, _stamp(path.name))
        if reply is not None:
            self.carry(reply)
        path.unlink(missing_ok=True)
        return True

    def _name(self, envelope: bytes) -> str:
        # The instant orders the files, the number those of one instant; and with the digest in
        # it, even a clock that was set back cannot make one envelope replace another.
        digest = hashlib.sha256(envelope).hexdigest()[:_DIGEST_DIGITS]
        number = next(self._numbers)
        return f"{encode_instant(self._now())}-{number:08d}-{digest}{folders.SUFFIX}"


def encode_instant(instant: datetime) -> str:
    """The instant in UTC to the microsecond, so that names sort by time."""
    return instant.astimezone(UTC).strftime(_INSTANT)


def stamped_name(name: str, available_at: datetime) -> str:
    """The name under which a platform lays a file into `in/`."""
    return f"{encode_instant(available_at)}@{name}"


def build(_: Endpoint, means: Means) -> Road | None:
    """The node's one drop-box, for whichever peer: the platform reads the envelope's header."""
    return means.gateway


def _stamp(name: str) -> datetime | None:
    parts = _STAMPED.fullmatch(name)
    if parts is None:
        return None
    try:
        return datetime.strptime(parts[1], _INSTANT).replace(tzinfo=UTC)
    except ValueError:
        return None
