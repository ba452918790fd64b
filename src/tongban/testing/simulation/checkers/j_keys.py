"""J: keys change between two generations, where the last entry says so, and nowhere else."""

from base64 import b64decode
from hashlib import sha256
from itertools import groupby

from tongban.evidence.signer import KeyPurpose
from tongban.testing.memory_nodes import made_up_keys
from tongban.testing.simulation.checkers.database import SQL, Line, lines, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

_ANNOUNCED = {"channel.key_rotated", "home.key_rotated"}
_LOG = b"\x01"


class Keys:
    """Reads from the entries which keys a generation has, and looks who really signed it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Signatures are made after the commit; they are looked at when everything is said."""

    def look_at_last(self) -> None:
        """Every log of every machine that neither lied nor forgot."""
        for machine in self._world.honest:
            under = dict(_under(machine))
            for kind, peer, origin, signature, note in rows(machine, SQL["signed"]):
                if peer and self._world.parted(machine.name, peer):
                    continue
                for signed in filter(None, (signature, note)):
                    _check(machine, kind, origin, under[kind, peer, origin], bytes(signed).decode())


def _under(machine: Machine) -> list[tuple[tuple[str, str, str], int]]:
    """Each generation with the number of the key set that its log says it has."""
    found: list[tuple[tuple[str, str, str], int]] = []
    for (kind, peer), log in groupby(lines(machine), key=lambda line: (line.kind, line.peer)):
        keys = 0
        for origin, generation in groupby(log, key=lambda line: line.origin):
            entries = list(generation)
            # The first generation of a log is under whatever keys were newest then.
            found.append(((kind, peer, origin), keys))
            keys = _announced(machine, entries) or keys
    return found


def _announced(machine: Machine, entries: list[Line]) -> int:
    *before, last = entries
    if any(line.type in _ANNOUNCED for line in before):
        raise Violation("J", f"{machine.name} holds entries after a rotation: {last.origin}")
    return int(last.said["event"]["number"]) if last.type in _ANNOUNCED else 0


def _check(machine: Machine, kind: str, origin: str, keys: int, note: str) -> None:
    """The line under the log's own name is by the keys that the log says."""
    text, _, signatures = note.rpartition("\n\n")
    writer = origin.partition("/")[0]
    ids = {
        _id(origin, made_up_keys(writer, number).public(KeyPurpose.LOG)): number
        for number in range(1, 9)
    }
    for line in signatures.splitlines():
        _, name, encoded = line.split(" ")
        if name == origin and keys and ids.get(b64decode(encoded)[:4]) != keys:
            by = ids.get(b64decode(encoded)[:4])
            words = (
                f"{machine.name} holds {kind} {text.splitlines()[:2]} under set {by}, not {keys}"
            )
            raise Violation("J", words)


def _id(name: str, public: bytes) -> bytes:
    """C2SP signed-note, as it is written there."""
    return sha256(name.encode() + b"\n" + _LOG + public).digest()[:4]
