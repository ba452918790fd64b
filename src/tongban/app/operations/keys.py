"""The key sets of this node: `tongban key rotate | list`."""

import threading
from typing import Any

from tongban.app.composition import descriptor_of
from tongban.app.control import Arguments
from tongban.app.operations.desk import OperatorDesk
from tongban.channels.descriptors import fingerprints, read_descriptor
from tongban.logs.rows import LogKind
from tongban.node.faults import DiskFull, StorageFailed
from tongban.node.keystore import SET_ENTROPY_BYTES, add_key_set

#: Each command has a thread of its own, and the file and the running node must grow alike.
_ROTATING = threading.Lock()


def rotate(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Add a key set to the key file, and go on under it wherever a line is open."""
    node, signer = desk.node, desk.secrets.signer
    with _ROTATING:
        entropy = node.kernel.randomness.draw(SET_ENTROPY_BYTES)
        # First the file: what is announced before it is durable could be lost with the keys.
        added = add_key_set(
            desk.folder.keystore,
            desk.secrets.passphrase,
            entropy,
            after=signer.number,
            suite=arguments.get("suite") or signer.suite.name,
        )
        number = signer.add(added)
    try:
        announced, trouble = node.renew_keys(), ""
    except (DiskFull, StorageFailed) as fault:
        # The set is in the file, whatever the database's disk does; the duty announces it.
        announced, trouble = 0, str(fault)
    waiting = len(node.kernel.peers.names()) - announced
    said = {"number": number, "announced": announced, "waiting": waiting, "trouble": trouble}
    return {**_newest(desk), **said}


def list_keys(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every key set of this node, and which one is in force where."""
    kernel = desk.node.kernel
    used = {"home": _in_force(desk, LogKind.HOME, "")} | {
        peer: _in_force(desk, LogKind.OWN, peer) for peer in kernel.peers.names()
    }
    return [
        {
            "number": number,
            "suite": kernel.identity.signer.of(number).suite.name,
            "fingerprint": fingerprint,
            "in_force": sorted(log for log, keys in used.items() if keys == number),
        }
        for number, fingerprint in enumerate(_fingerprints(desk), 1)
    ]


def _newest(desk: OperatorDesk) -> dict[str, Any]:
    return {"name": desk.node.name, "fingerprint": _fingerprints(desk)[-1]}


def _fingerprints(desk: OperatorDesk) -> tuple[str, ...]:
    data = descriptor_of(desk.settings, desk.folder, desk.secrets.signer)
    return fingerprints(read_descriptor(data))


def _in_force(desk: OperatorDesk, kind: LogKind, peer: str) -> int:
    """Number of the set that signs a log now; 0 where it has no entry yet."""
    store, database = desk.node.kernel.store, desk.node.kernel.database
    with database.read() as connection:
        log = store.find_log(connection, kind=kind, peer=peer)
        head = store.head(connection, log) if log is not None else None
    return head.keys if head else 0
