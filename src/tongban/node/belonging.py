"""Whether a database is this node's: of its name, and of keys that it still has."""

from tongban.logs.rows import LogKind
from tongban.node.faults import AnotherName, KeysOutdated
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection

_NAME_MARK = "node_name"


def check_belongs(kernel: Kernel, connection: Connection) -> None:
    """Raises AnotherName or KeysOutdated where this node must not go on with the database."""
    _keep_name(kernel, connection)
    check_keys(kernel, connection)


def _keep_name(kernel: Kernel, connection: Connection) -> None:
    """A node's name stands on all its logs, so the first one is for ever."""
    name = kernel.identity.name
    known = kernel.store.mark(connection, _NAME_MARK)
    if known is None:
        kernel.store.put_mark(connection, _NAME_MARK, name)
    elif known != name:
        raise AnotherName(
            f"the database is that of {known}, and the settings call this node {name}; a name is "
            f"for ever: put `name` in tongban.toml back to {known}, or use the right folder"
        )


def check_keys(kernel: Kernel, connection: Connection) -> None:
    """Raises KeysOutdated where something was stated under keys that the key file lacks."""
    held = kernel.identity.signer.number
    used = max(kernel.store.newest_keys(connection, kind) for kind in (LogKind.OWN, LogKind.HOME))
    if used > held:
        raise KeysOutdated(
            f"the database was written under key set {used} and the key file holds {held}; put the "
            "newest key file in place, from the backup made after the last `tongban key rotate`. "
            "Where none is left, this node cannot go on under its name: start a new one under "
            "another name and pair it with the partners"
        )
