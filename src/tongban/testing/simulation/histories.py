"""Whether a backup is still of the history that a machine's partners have."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from shutil import copytree
from sqlite3 import connect
from tempfile import TemporaryDirectory

from tongban.logs.sqlite.sql import load
from tongban.testing.simulation.machine import Machine

_SQL = load("histories.sql", __package__)

#: Origin and leaf of each entry of a log, by the log's kind and the partner's name.
_Logs = Mapping[tuple[str, str], Sequence[tuple[str, bytes]]]


def is_left_behind(name: str, copy: Path, partners: Iterable[Machine]) -> bool:
    """Whether a partner has gone on without what is in this copy of a machine's disk.

    That takes two who lost what the copy has; then it is of another history than theirs.
    """
    ours = _logs(copy)
    for partner in partners:
        theirs = _logs(partner.folder)
        for kind, other in (("own", "mirror"), ("mirror", "own")):
            if not _is_one(ours[kind, partner.name], theirs[other, name]):
                return True
    return False


def _logs(folder: Path) -> _Logs:
    """Read from a copy: who looks into a database changes files beside it."""
    found: dict[tuple[str, str], list[tuple[str, bytes]]] = defaultdict(list)
    with TemporaryDirectory() as apart:
        copytree(folder, apart, dirs_exist_ok=True)
        with closing(connect(Path(apart) / "node.db")) as connection:
            for kind, peer, origin, leaf_hash in connection.execute(_SQL["leaves"]):
                found[kind, peer].append((origin, leaf_hash))
    return found


def _is_one(one: Sequence[tuple[str, bytes]], other: Sequence[tuple[str, bytes]]) -> bool:
    """Whether one log is the beginning of the other."""
    return all(left == right for left, right in zip(one, other, strict=False))
