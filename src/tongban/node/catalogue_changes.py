"""A token that changes with every catalogue, so that whoever keeps one in memory reads it anew."""

from tongban.node.kernel import Kernel
from tongban.node.ports import Connection

_MARK = "catalogues"
_TOKEN_BYTES = 8


def mark_catalogue_change(kernel: Kernel, connection: Connection) -> None:
    """A catalogue changes with this transaction, on whichever channel.

    Drawn and not counted: a number that was rolled back would come again for something else.
    """
    kernel.store.put_mark(connection, _MARK, kernel.randomness.draw(_TOKEN_BYTES).hex())


def catalogues_token(kernel: Kernel, connection: Connection) -> str:
    """The token of the last change; "" before the first."""
    return kernel.store.mark(connection, _MARK) or ""
