"""What the system knows about processes: who descends from whom, and who has a file open."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tongban.app.demo.federation import Federation
from tongban.app.settings import Folder


def children_of(parent: int) -> set[int]:
    """The living children of a process."""
    return {pid for pid in _numbers() if _parent_of(pid) == parent}


def users_of(file: Path) -> set[int]:
    """The processes that have a file open."""
    return {pid for pid in _numbers() if file.resolve() in _open_files(pid)}


def mentioning(folder: Path) -> list[bytes]:
    """Command lines of living processes that name something in a folder."""
    found = []
    for pid in _numbers():
        with suppress(OSError):
            found.append(Path(f"/proc/{pid}/cmdline").read_bytes())
    return [line for line in found if os.fsencode(folder) in line]


def restart(federation: Federation, node: str) -> None:
    """Start a city again and wait until it answers."""
    federation.nodes[node].start()
    federation.await_node(node)


def cut_power(federation: Federation, node: str) -> None:
    """Kill the whole tree of a serving process, the worker first or last as it happens."""
    for pid in children_of(federation.nodes[node].pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    federation.nodes[node].kill()


def one_worker_runs(federation: Federation, node: str) -> bool:
    """Whether exactly one process works on the node's folder: the serving process's own child."""
    folder = Folder(federation.cities[node].folder)
    working = users_of(folder.root / "lock") | users_of(folder.database)
    # A process that has only just taken the lock has not written its number yet.
    named = int((folder.root / "lock").read_text(encoding="ascii") or 0)
    return working == {named} == children_of(federation.nodes[node].pid)


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _numbers() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _parent_of(pid: int) -> int | None:
    """The parent of a process that lives; a dead one that nobody has buried yet is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    state, parent = stat.rpartition(")")[2].split()[:2]
    return None if state in {"Z", "X"} else int(parent)


def _open_files(pid: int) -> set[Path]:
    found = set()
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                found.add(link.readlink())
    return found
