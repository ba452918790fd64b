"""Free ports of this machine, for nodes and doors that tests start."""

import os
import re
import socket
from contextlib import suppress
from itertools import count

#: Pages from the base on, doors a hundred further on.
_OFFSETS = (*range(9), *range(100, 109))
#: Below the ports that systems give to outgoing connections, which would take them in between.
_LOWEST, _STEP, _STEPS, _LANES = 20_000, 110, 25, 4
#: Test processes that run side by side keep to lanes of their own.
_LANE = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0) % _LANES
_DRAWS = count(os.getpid())


def free_base() -> int:
    """A base from which every port of a demonstration is free, and given to nobody else soon.

    Between this look and the use of the ports time may pass, so none comes again for a while.
    """
    while True:
        base = _LOWEST + (_LANE * _STEPS + next(_DRAWS) % _STEPS) * _STEP
        if all(_is_free(base + offset) for offset in _OFFSETS):
            return base


def _is_free(port: int) -> bool:
    with socket.socket() as trial, suppress(OSError):
        trial.bind(("127.0.0.1", port))
        return True
    return False
