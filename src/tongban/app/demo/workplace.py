"""The folder in which a demonstration's nodes live, and what stays of it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EVIDENCE, LOGS = "evidence", "logs"


def make_private(root: Path) -> Path:
    """The folder; where it is new, its owner alone can look into it."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


@contextmanager
def passing_workplace() -> Iterator[Path]:
    """A folder for one performance: afterwards only the evidence is left of it, and no key.

    Where the performance breaks off, the logs are left as well, because they say why.
    """
    root = Path(tempfile.mkdtemp(prefix="tongban-demo-"))
    left = {EVIDENCE, LOGS}
    try:
        yield root
        left = {EVIDENCE}
    finally:
        _clear(root, left)


def _clear(root: Path, left: set[str]) -> None:
    for path in root.iterdir():
        if path.name in left:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if not any(root.iterdir()):
        root.rmdir()
