"""A TLS server for strangers: patient with slow peers up to a deadline, and with many at once.

Cheroot answers the requests; here is what it lacks against slow and hostile clients. A silent
connection holds no thread, one that drips is cut off at a deadline, and one address cannot hold
all threads.
"""

import logging
import ssl
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

from cheroot.makefile import MakeFile
from cheroot.server import Gateway, HTTPConnection, HTTPRequest, HTTPServer
from cheroot.ssl import Adapter

THREADS = 32
THREADS_PER_ADDRESS = 16
CONNECTIONS_MAX = 512
#: Handshake, request line and headers together.
HEAD_SECONDS = 10
HEAD_BYTES_MAX = 16_384
#: A body or an answer may take HEAD_SECONDS and this rate; slower peers use the gateway.
BYTES_PER_SECOND_MIN = 256_000
IDLE_SECONDS = 60
STOP_SECONDS = 2

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What to write back; a status other than 2xx also ends the connection."""

    status: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Request(HTTPRequest):
    """One request whose head, body and answer each have a deadline of their own."""

    def parse_request(self) -> None:
        """Read the head."""
        self.conn.socket.allow(HEAD_SECONDS)
        super().parse_request()

    def stated_length(self) -> int | None:
        """The body's length as the head states it; None for chunked bodies and nonsense."""
        stated = self.inheaders.get(b"Content-Length", b"")
        return None if self.chunked_read or not stated.isdigit() else int(stated)

    def read_body(self, length: int) -> bytes:
        """The body, shorter than length when the client went away in the middle of it."""
        self._allow(length)
        body: bytes = self.rfile.read(length)
        return body

    def write_answer(self, answer: Answer) -> None:
        """Write the answer, and end the connection unless it is a 2xx."""
        self._allow(len(answer.body))
        # What a refused request still has to say is not worth waiting for.
        self.close_connection |= not answer.status.startswith("2")
        self.status = answer.status.encode("ascii")  # type: ignore[assignment]  # stub says str
        headers = {"Content-Length": str(len(answer.body)), **answer.headers}
        self.outheaders += [(k.encode("ascii"), v.encode("ascii")) for k, v in headers.items()]
        self.ensure_headers_sent()
        self.write(answer.body)

    def _allow(self, length: int) -> None:
        self.conn.socket.allow(HEAD_SECONDS + length / BYTES_PER_SECOND_MIN)


class PatientServer(HTTPServer):
    """Serves `answer` over TLS from THREADS threads; see the module's docstring."""

    max_request_header_size = HEAD_BYTES_MAX
    keep_alive_conn_limit = CONNECTIONS_MAX
    request_queue_size = 128
    shutdown_timeout = STOP_SECONDS
    timeout = IDLE_SECONDS

    def __init__(
        self,
        place: tuple[str, int],
        *,
        tls: ssl.SSLContext,
        body_bytes_max: int,
        answer: Callable[[Request], Answer],
    ) -> None:
        """Takes over the TLS context, which must be used for nothing else."""
        super().__init__(place, _Gateway, minthreads=THREADS, maxthreads=THREADS)
        tls.sslsocket_class = _PatientSocket
        self.ssl_adapter = _Tls(tls)
        self.ConnectionClass = _Connection
        self.max_request_body_size = body_bytes_max
        self.server_name = "tongban"
        self.answer = answer
        self._turns: Counter[str] = Counter()
        self._lock = Lock()

    @staticmethod
    def bind_socket(socket_: Any, bind_addr: Any) -> Any:
        """Bind, or close the socket, which nobody else would."""
        try:
            socket_.bind(bind_addr)
        except OSError:
            socket_.close()
            raise
        return socket_

    def process_conn(self, conn: Any) -> None:
        """A new connection waits for its first byte where idle ones wait, without a thread."""
        if conn.last_used is not None:
            super().process_conn(conn)
        elif self.can_add_keepalive_connection:
            self.put_conn(conn)
        else:
            conn.close()

    @contextmanager
    def turn(self, address: str) -> Iterator[bool]:
        """Whether the address may occupy one more thread."""
        with self._lock:
            self._turns[address] += 1
            admitted = self._turns[address] <= THREADS_PER_ADDRESS
        try:
            yield admitted
        finally:
            with self._lock:
                self._turns[address] -= 1
                self._turns += Counter()  # drops addresses that hold no thread

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  as in cheroot
        """Broken connections are everyday life at a door; whoever looks for one turns this on."""
        _LOG.debug("%s", msg, exc_info=traceback)


class _Gateway(Gateway):
    def respond(self) -> None:
        self.req.write_answer(self.req.server.answer(self.req))


class _Connection(HTTPConnection):
    RequestHandlerClass = Request

    def communicate(self) -> bool:
        """One step, the handshake or a request; whether the connection stays open."""
        with self.server.turn(self.remote_addr) as admitted:
            if not admitted:
                return False
            if self.socket.version() is not None:
                return bool(super().communicate())  # type: ignore[no-untyped-call]
            return self._shake_hands()

    def _shake_hands(self) -> bool:
        self.socket.allow(HEAD_SECONDS)
        try:
            self.socket.do_handshake()
        except OSError:
            return False
        return True


class _PatientSocket(ssl.SSLSocket):
    """A connection whose present exchange must be over by a deadline, however its bytes drip."""

    _deadline = 0.0

    def allow(self, seconds: float) -> None:
        self._deadline = monotonic() + seconds

    def do_handshake(self, block: bool = False) -> None:  # noqa: FBT001, FBT002  as in ssl
        self._hurry()
        super().do_handshake(block)

    def recv_into(self, *args: Any, **options: Any) -> int:
        self._hurry()
        return super().recv_into(*args, **options)

    def send(self, *args: Any, **options: Any) -> int:
        self._hurry()
        return super().send(*args, **options)

    def _hurry(self) -> None:
        left = self._deadline - monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self.settimeout(left)


class _Tls(Adapter):
    """Leaves the handshake to a worker, so that it cannot hold up `accept`."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__("", "")
        self.context = context

    def bind(self, sock: Any) -> Any:
        return sock

    def wrap(self, sock: Any) -> tuple[Any, dict[str, str]]:
        wrapped = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return wrapped, {}

    def get_environ(self) -> dict[str, str]:
        return {}

    def makefile(self, sock: Any, mode: str = "r", bufsize: int = -1) -> Any:
        return MakeFile(sock, mode, bufsize)
