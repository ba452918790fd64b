"""Free ports for a demonstration's nodes."""

import socket
from contextlib import suppress

#: Pages from the base on, doors a hundred further on.
_OFFSETS = (*range(9), *range(100, 109))
#: Below the ports that systems give to outgoing connections, which would take them in between.
_LOWEST, _SPAN = 21_000, 9_000


def free_base() -> int:
    """A base from which every port of a demonstration is free at present."""
    while True:
        base = _LOWEST + _drawn_by_the_system() % _SPAN
        if all(_is_free(base + offset) for offset in _OFFSETS):
            return base


def _drawn_by_the_system() -> int:
    with socket.socket() as drawn:
        drawn.bind(("127.0.0.1", 0))
        return int(drawn.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as trial, suppress(OSError):
        trial.bind(("127.0.0.1", port))
        return True
    return False
