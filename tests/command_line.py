"""The `tongban` command as a process of its own, as scripts and operators run it."""

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def tongban(
    *arguments: object, seconds: float = 120, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; environment: variables of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tongban.app.cli", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        timeout=seconds,
    )
