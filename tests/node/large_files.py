"""A case with a file of several megabytes between two nodes."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from tests.node.looking import rows_of

from tongban.core.body import Body
from tongban.core.cases.commands import CaseCommand, TakeIn
from tongban.core.refusal import Refusal
from tongban.logs.rows import LogKind
from tongban.node.desk import Executed
from tongban.node.node import Node
from tongban.testing.applications import HEFEI, OFFICER, SONGJIANG, online_application
from tongban.testing.memory_nodes import MemoryFederation

#: Ten pieces, the last one shorter: more than one message carries.
SIZE = 9_300_000


def scan(size: int = SIZE, page: str = "a") -> bytes:
    """A made-up file; every page has other bytes."""
    block = sha256(page.encode()).digest()
    return b"%PDF-" + (block * (size // len(block) + 1))[: size - 5]


def chunks(content: bytes) -> Iterator[bytes]:
    """As a web server hands a file on."""
    return (content[at : at + 65_536] for at in range(0, len(content), 65_536))


def keep(node: Node, name: str, content: bytes) -> Body:
    return node.files.keep(name, "application/pdf", chunks(content))


def application(pair: MemoryFederation, content: bytes) -> TakeIn:
    """An application of which one material is a large file."""
    command = online_application(pair)
    *others, last = command.bodies
    return replace(command, bodies=(*others, keep(pair[SONGJIANG], last.name, content)))


def name_of(command: TakeIn) -> str:
    """The body that is a large file."""
    return next(body.name for body in command.bodies if body.blob)


def hand_in(pair: MemoryFederation, content: bytes) -> TakeIn:
    command = application(pair, content)
    done = done_by(pair[SONGJIANG], command)
    assert (done.waiting, done.crossing) == (True, True)
    return command


def done_by(node: Node, command: CaseCommand) -> Executed:
    answer = node.execute(command)
    assert not isinstance(answer, Refusal), answer
    return answer


def read(node: Node, command: TakeIn) -> bytes:
    reading = node.read_file(command.case, name_of(command), reader=OFFICER, purpose="decide")
    assert reading is not None
    content = b"".join(reading.chunks)
    assert len(content) == reading.size
    return content


def types(node: Node, kind: LogKind, peer: str) -> list[str]:
    return [row.type for row in rows_of(node, kind, peer)]


def dispatched(pair: MemoryFederation) -> int:
    """How many cases came to Hefei."""
    return types(pair[HEFEI], LogKind.MIRROR, SONGJIANG).count("case.dispatched")


def held(pair: MemoryFederation, name: str) -> int:
    """How many pieces the node has."""
    return len(list(pair[name].kernel.pieces.names()))


def letters_with_pieces(pair: MemoryFederation) -> int:
    """How many letters were so large that they carried pieces."""
    return sum(len(letter.envelope) > 250_000 for letter in pair.letters)
