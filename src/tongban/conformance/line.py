"""The way to the door of the node under test, down to requests that no honest node makes."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, HTTPSConnection

from tongban.channels.endpoints import split_https_address
from tongban.channels.envelopes import ENVELOPE_BYTES_MAX
from tongban.conformance.rule import Deviation, NotReached

OCTETS = "application/octet-stream"

#: Seconds: for one request and its answer, and between two tries at a node that is busy.
_EACH = 30.0
_OVER_QUOTA, _OVER_QUOTA_PAUSE_MAX, _OVER_QUOTA_TRIES = 429, 10.0, 6
_OUT_OF_ORDER, _OUT_OF_ORDER_PAUSE_MAX = 503, 1.0
_PART_BYTES = 65_536
_STATUS_BYTES = 12


class OutOfTime(Exception):
    """The time of the run is used up; what is left is not looked at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the door answered."""

    status: int
    body: bytes


class Line:
    """Single calls of one door, each on a connection of its own; never two at once."""

    def __init__(
        self, *, address: str, certificate: bytes, seconds: float, pause: Callable[[float], None]
    ) -> None:
        """certificate: the one that the descriptor names. seconds: for all calls together."""
        place = split_https_address(address)
        if place is None:
            raise ValueError(f"{address!r} is no address of the form https://host:port")
        self._host, self._port = place
        self._certificate = certificate
        self._end = time.monotonic() + seconds
        self.pause = pause

    def post(self, envelope: bytes, *, content_type: str = OCTETS) -> Reply:
        """Hand over an envelope; a node that is busy is asked again a little later."""
        reply, wait = self._call("POST", "/envelopes", envelope, content_type)
        if reply.status == _OUT_OF_ORDER:
            self.pause(min(wait, _OUT_OF_ORDER_PAUSE_MAX))
            reply, wait = self._call("POST", "/envelopes", envelope, content_type)
        for _ in range(_OVER_QUOTA_TRIES):
            if reply.status != _OVER_QUOTA:
                return reply
            self.pause(min(wait, _OVER_QUOTA_PAUSE_MAX))
            reply, wait = self._call("POST", "/envelopes", envelope, content_type)
        raise NotReached("the node says 429, again and again: its quota for the runner is used up")

    def descriptor(self) -> Reply:
        """What the node says of itself to everybody."""
        return self._call("GET", "/descriptor", b"", OCTETS)[0]

    def ask(self, request: bytes, *, hang_up: bool = False) -> int:
        """The status to a request as it stands; 0 where the door ends the connection without one.

        hang_up: end the connection at once, and wait for nothing.
        """
        try:
            with self._connected() as stream:
                stream.sendall(request)
                return 0 if hang_up else _status(stream)
        except OSError:
            # Whoever does not want the rest of a request need not read it.
            return 0

    def shown_certificate(self) -> bytes:
        """The certificate with which the door begins."""
        try:
            with self._connected() as stream:
                return stream.getpeercert(binary_form=True) or b""
        except OSError as error:
            raise NotReached(f"the door does not answer: {error}") from error

    def speaks(self, version: ssl.TLSVersion) -> bool:
        """Whether the door comes to a connection in this version of TLS and no newer one."""
        context = _trusting_nobody()
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
        try:
            with (
                socket.create_connection((self._host, self._port), self.left()) as plain,
                context.wrap_socket(plain),
            ):
                return True
        except OSError:
            return False

    def left(self) -> float:
        """Seconds that one call may take now; raises OutOfTime."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return min(left, _EACH)

    def _call(self, method: str, path: str, body: bytes, kind: str) -> tuple[Reply, float]:
        connection = HTTPSConnection(
            self._host, self._port, timeout=self.left(), context=_trusting_nobody()
        )
        try:
            connection.connect()
            if connection.sock.getpeercert(binary_form=True) != self._certificate:
                raise Deviation("door.certificate", "the door shows another certificate")
            connection.request(method, path, body, {"Content-Type": kind})
            response = connection.getresponse()
            answer = self._read(response)
            wait = response.headers.get("Retry-After", "")
        except (OSError, HTTPException) as error:
            self.left()
            raise NotReached(f"the door does not answer: {type(error).__name__} {error}") from error
        finally:
            connection.close()
        seconds = float(wait) if wait.isascii() and wait.isdecimal() else 1.0
        return Reply(status=response.status, body=answer), seconds

    def _read(self, response: HTTPResponse) -> bytes:
        """The body; a door that drips is left when the time is up."""
        body = bytearray()
        while len(body) <= ENVELOPE_BYTES_MAX and (part := response.read1(_PART_BYTES)):
            body += part
            self.left()
        return bytes(body)

    @contextmanager
    def _connected(self) -> Iterator[ssl.SSLSocket]:
        seconds = self.left()
        with (
            socket.create_connection((self._host, self._port), seconds) as plain,
            _trusting_nobody().wrap_socket(plain, server_hostname=self._host) as stream,
        ):
            yield stream


def _trusting_nobody() -> ssl.SSLContext:
    """The certificate is compared byte for byte; who issued it, and for whom, is no matter."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _status(stream: ssl.SSLSocket) -> int:
    head = b""
    while len(head) < _STATUS_BYTES and (part := stream.recv(_STATUS_BYTES - len(head))):
        head += part
    parts = head.split(b" ")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
