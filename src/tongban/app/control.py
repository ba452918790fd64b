"""How the command line reaches a running node: a socket in its folder that only its owner opens.

One JSON line asks, JSON lines answer: how far it is, and at last the result. Where no node runs,
the same operation takes the folder's lock and works on the files itself, so a command never needs
to know whether the node is up.
"""

import io
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import structlog

from tongban.app.known_faults import KNOWN_FAULTS, told, unforeseen

SOCKET_NAME = "control"
#: What is asked at once, with the files that go along.
REQUEST_BYTES_MAX = 16_000_000
_PATH_BYTES_MAX = 100

Arguments = Mapping[str, Any]
#: Told what is being done, how much of it is done, and how much there is.
Tell = Callable[[str, int, int], None]
Operate = Callable[[str, Arguments, Tell], Any]

_log = structlog.get_logger(__name__)


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    operation: str
    arguments: dict[str, Any]


#: Made before any thread is: see `core.kinds`.
_ASKED = msgspec.json.Decoder(_Asked)


class OperationRefused(Exception):
    """What was asked cannot be done; the message says what happened, why, and what next."""


class OperationFailed(Exception):
    """Something about the node must be mended first; the message says what, and how."""


class NodeStopped(OperationFailed):
    """The node ended while it was asked, and may have done it: start it, and look."""


class ControlSocket:
    """Answers the command line from inside the serving process."""

    def __init__(self, folder: Path, operate: Operate) -> None:
        self._path = folder / SOCKET_NAME
        self._operate = operate
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)

    def open(self) -> None:
        """Listen; the folder's lock says that no other node does."""
        self._path.unlink(missing_ok=True)
        with _short(self._path) as path:
            self._listener.bind(path)
        self._path.chmod(0o600)
        self._listener.listen(8)
        threading.Thread(target=self._serve, name="control", daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as stream, suppress(OSError):
            line = stream.readline(REQUEST_BYTES_MAX)
            if len(line) >= REQUEST_BYTES_MAX and not line.endswith(b"\n"):
                # Who is still writing hears the answer only once all was read.
                while (rest := stream.readline(REQUEST_BYTES_MAX)) and not rest.endswith(b"\n"):
                    pass
                _put(stream, {"refused": _too_large(REQUEST_BYTES_MAX)})
                return

            def tell(what: str, done: int, total: int) -> None:
                # Whoever asked may have gone; what was asked is done all the same.
                with suppress(OSError):
                    _put(stream, {"progress": [what, done, total]})

            _put(stream, self._result(line, tell))

    def _result(self, line: bytes, tell: Tell) -> dict[str, Any]:
        try:
            asked = _ASKED.decode(line)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            return {"refused": f"one line of JSON with operation and arguments is needed: {error}"}
        try:
            return {"result": self._operate(asked.operation, asked.arguments, tell)}
        except OperationRefused as refused:
            return {"refused": str(refused)}
        except OperationFailed as failed:
            return {"failed": str(failed)}
        except KNOWN_FAULTS as fault:
            return {"failed": told(fault)}
        except Exception as error:  # noqa: BLE001 - the thread must outlive any one failure
            _log.exception("operation_failed", operation=asked.operation)
            return {"failed": unforeseen(error)}


def tell_nobody(_what: str, _done: int, _total: int) -> None:
    """For what nobody waits for."""


def ask(folder: Path, operation: str, arguments: Arguments, tell: Tell = tell_nobody) -> Any:
    """Let the running node do it; tell: told how far it is, where the operation says so.

    Raises ConnectionError where none runs, NodeStopped where it ends meanwhile, OperationRefused
    or OperationFailed.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        with _short(folder / SOCKET_NAME) as path:
            try:
                connection.connect(path)
            except OSError as error:
                raise ConnectionError(f"no node runs on {folder}") from error
        request = {"operation": operation, "arguments": dict(arguments)}
        line = json.dumps(request, ensure_ascii=False).encode() + b"\n"
        if len(line) > REQUEST_BYTES_MAX:
            raise OperationRefused(_too_large(len(line)))
        answer = _talk(connection, line, tell)
    if "refused" in answer:
        raise OperationRefused(answer["refused"])
    if "failed" in answer:
        raise OperationFailed(answer["failed"])
    return answer["result"]


def _too_large(size: int) -> str:
    return (
        f"what is asked has {size:,} bytes or more, and a node takes at most "
        f"{REQUEST_BYTES_MAX:,} at once, files included; make the files smaller, or hand them in "
        "one by one. Nothing was done"
    )


def _put(stream: io.BufferedRWPair, answer: Mapping[str, Any]) -> None:
    stream.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
    stream.flush()


def _talk(connection: socket.socket, request: bytes, tell: Tell) -> dict[str, Any]:
    """The answer. A node that dies meanwhile may have done it, so nothing is tried again here."""
    try:
        with connection.makefile("rwb") as stream:
            stream.write(request)
            stream.flush()
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                answer: dict[str, Any] = json.loads(line)
                if "progress" not in answer:
                    return answer
                tell(*answer["progress"])
    except OSError:
        pass
    raise NodeStopped("the node stopped before it answered; start it, and look what was done")


@contextmanager
def _short(path: Path) -> Iterator[str]:
    """A name for the socket that fits into the 107 bytes that the system allows."""
    if len(os.fsencode(path)) <= _PATH_BYTES_MAX:
        yield str(path)
        return
    handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{path.name}"
    finally:
        os.close(handle)
