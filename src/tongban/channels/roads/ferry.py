"""A stand-in for the exchange platform between drop-boxes, for demos and tests.

A real platform (共享交换平台) does the same: it sees who sends to whom and how much, nothing else.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from tongban.channels.envelopes import HEADER_BYTES_MAX, parse_header
from tongban.channels.faults import EnvelopeUnreadable
from tongban.channels.roads import folders
from tongban.channels.roads.gateway import stamped_name


class Ferry:
    """Moves envelopes from each node's `out/` into the receiver's `in/`.

    One rename moves a file, so it is always in exactly one of the two places and the ferry may be
    killed at any moment. All folders must be on one file system.
    """

    def __init__(self, routes: Mapping[str, Path]) -> None:
        """routes: each node's drop-box folder by the node's name."""
        self._routes = dict(routes)

    def run_once(self, *, now: datetime) -> int:
        """Move what waits, stamped as available at now, and return how many were moved."""
        moved = 0
        for sender, folder in self._routes.items():
            out = folder / "out"
            waiting = folders.waiting(out) if out.is_dir() else []
            moved += sum(self._move(path, sender, now) for path in waiting)
        return moved

    def _move(self, path: Path, sender: str, now: datetime) -> bool:
        try:
            target = self._target(path, sender)
        except FileNotFoundError:
            return False  # another ferry was faster
        except EnvelopeUnreadable as fault:
            folders.set_aside(path, path.parent.parent / "undeliverable", str(fault))
            return False
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(target / stamped_name(path.name, now))
        folders.sync(target)
        return True

    def _target(self, path: Path, sender: str) -> Path:
        header, _ = parse_header(folders.read(path, cap=HEADER_BYTES_MAX))
        if header.sender != sender:
            raise EnvelopeUnreadable(f"the drop-box of {sender} sends in its own name only")
        if header.receiver not in self._routes:
            raise EnvelopeUnreadable(f"{header.receiver} has no drop-box here")
        return self._routes[header.receiver] / "in"
