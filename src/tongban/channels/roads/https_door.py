"""The https road, listening side: takes in envelopes from anyone and gives out the descriptor."""

import logging
import ssl
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Thread

from tongban.channels.envelopes import ENVELOPE_BYTES_MAX
from tongban.channels.faults import (
    ChannelFault,
    DoorBlocked,
    EnvelopeUnreadable,
    MessageUnreadable,
    OverQuota,
    Oversize,
)
from tongban.channels.roads.certificates import DoorCertificate
from tongban.channels.roads.patient_server import Answer, PatientServer, Request
from tongban.channels.roads.road import Receive

#: Bodies over the first size are large; more of them than the second are not read at once, so
#: that strangers cannot fill the memory.
LARGE_BODY_BYTES = 1_000_000
LARGE_BODIES_MAX = 4

_BUSY_SECONDS = 5
_LOG = logging.getLogger(__name__)


class PeerDoor:
    """Listens for peers in threads of this process that do not outlive it."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        certificate: DoorCertificate,
        passphrase: bytes,
        receive: Receive,
        descriptor: Callable[[], bytes],
    ) -> None:
        """Raises DoorBlocked when the passphrase does not open the certificate's key.

        port: 0 takes a free one. descriptor: gives this node's present descriptor.
        """
        self._asked = (host, port)
        self._server = PatientServer(
            (host, port),
            tls=_context(certificate, passphrase),
            body_bytes_max=ENVELOPE_BYTES_MAX,
            answer=_Reception(receive=receive, descriptor=descriptor).answer,
        )
        self._thread: Thread | None = None

    @property
    def port(self) -> int:
        """The port on which the door listens, once it has started."""
        port: int = self._server.bind_addr[1]
        return port

    def start(self) -> None:
        """Listen until `stop`; raises DoorBlocked when the port is taken."""
        opened: Future[None] = Future()
        self._thread = Thread(target=self._serve, args=(opened,), name="peer door", daemon=True)
        self._thread.start()
        opened.result()

    def stop(self) -> None:
        """Stop listening, give requests under way two seconds, and cut off the rest."""
        self._server.stop()
        if self._thread is not None:
            self._thread.join()

    def _serve(self, opened: Future[None]) -> None:
        # The workers are started here because threads take over the daemon flag of this one.
        try:
            self._server.prepare()
        except OSError as error:
            host, port = self._asked
            opened.set_exception(
                DoorBlocked(
                    f"cannot listen for peers on {host} port {port}: {error}; stop the program "
                    "that holds the port, or set another port for peers"
                )
            )
            return
        opened.set_result(None)
        self._server.serve()


class _Reception:
    """What the door answers to each request."""

    def __init__(self, *, receive: Receive, descriptor: Callable[[], bytes]) -> None:
        self._receive = receive
        self._descriptor = descriptor
        self._large_bodies = BoundedSemaphore(LARGE_BODIES_MAX)
        self._acts: Mapping[bytes, tuple[bytes, Callable[[Request], Answer]]] = {
            b"/envelopes": (b"POST", self._take_in),
            b"/descriptor": (b"GET", self._give_descriptor),
        }

    def answer(self, request: Request) -> Answer:
        if request.path not in self._acts:
            return Answer(status="404 Not Found")
        method, act = self._acts[request.path]
        if request.method != method:
            return Answer(status="405 Method Not Allowed", headers={"Allow": method.decode()})
        return act(request)

    def _give_descriptor(self, _: Request) -> Answer:
        return Answer(status="200 OK", body=self._descriptor())

    def _take_in(self, request: Request) -> Answer:
        length = request.stated_length()
        if length is None:
            return Answer(status="411 Length Required")
        with self._room_for(length) as room:
            if not room:
                return _busy()
            body = request.read_body(length)
            return (
                self._hand_over(body) if len(body) == length else Answer(status="400 Bad Request")
            )

    @contextmanager
    def _room_for(self, length: int) -> Iterator[bool]:
        if length <= LARGE_BODY_BYTES:
            yield True
        elif self._large_bodies.acquire(blocking=False):
            try:
                yield True
            finally:
                self._large_bodies.release()
        else:
            yield False

    def _hand_over(self, envelope: bytes) -> Answer:
        try:
            reply = self._receive(envelope)
        except ChannelFault as fault:
            return _refusal(fault)
        except Exception:  # noqa: BLE001  whatever it is, the peer must keep its envelope
            _LOG.exception("an envelope could not be taken in")
            return _busy()
        if reply is None:
            return Answer(status="204 No Content")
        return Answer(status="200 OK", body=reply)


def _refusal(fault: ChannelFault) -> Answer:
    if isinstance(fault, OverQuota):
        return _busy("429 Too Many Requests", fault.retry_after_seconds)
    status = _STATUS.get(type(fault))
    return _busy() if status is None else Answer(status=status)


def _busy(status: str = "503 Service Unavailable", seconds: int = _BUSY_SECONDS) -> Answer:
    return Answer(status=status, headers={"Retry-After": str(seconds)})


_STATUS: Mapping[type[ChannelFault], str] = {
    EnvelopeUnreadable: "400 Bad Request",
    MessageUnreadable: "400 Bad Request",
    Oversize: "413 Content Too Large",
}


def _context(certificate: DoorCertificate, passphrase: bytes) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # The library loads keys from files only; what lies there for a moment is still encrypted.
    with tempfile.TemporaryDirectory() as folder:
        pem = Path(folder, "door.pem")
        pem.write_bytes(certificate.key + _pem(certificate.certificate))
        try:
            context.load_cert_chain(pem, password=passphrase)
        except ssl.SSLError as error:
            raise DoorBlocked(
                "the passphrase does not open the key of the door's certificate; "
                "give the passphrase it was made with, or make a new certificate"
            ) from error
    return context


def _pem(certificate: bytes) -> bytes:
    return ssl.DER_cert_to_PEM_cert(certificate).encode("ascii")
