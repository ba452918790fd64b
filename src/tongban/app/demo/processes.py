"""Child processes of the demonstration: they write to log files and end with their parent."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tongban.app.demo.faults import DemonstrationStopped
from tongban.app.serving import WITH_PARENT_VARIABLE

_STOP_SECONDS = 10.0


class Child:
    """A process of this program that can be killed and started again on the same log."""

    def __init__(self, name: str, arguments: Sequence[str], log: Path) -> None:
        self.name = name
        self._command = [sys.executable, "-m", *arguments]
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process's number; it must have been started."""
        if self._process is None:
            raise ChildNotStarted(f"{self.name} was not started")
        return self._process.pid

    def start(self) -> None:
        """Start it, and have it end when this process ends."""
        environment = {**os.environ, WITH_PARENT_VARIABLE: str(os.getpid())}
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program and arguments
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
            )

    def died(self) -> bool:
        """Whether it ended by itself."""
        return self._process is not None and self._process.poll() is not None

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def ask_to_stop(self) -> None:
        """Ask it to end, without waiting."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def stop(self) -> None:
        """Ask it to end; kill it when it does not."""
        self.ask_to_stop()
        if self._process is None:
            return
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def last_words(self) -> str:
        """The end of its log."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:]


class ChildNotStarted(Exception):
    """A child was used before `start`."""


class ChildFailed(DemonstrationStopped):
    """A child did not come up; its last words are in the message."""


def wait_until_ready(child: Child, ready: Callable[[], bool], seconds: float) -> None:
    """Wait until the check passes; raises ChildFailed."""
    deadline = time.monotonic() + seconds
    while not ready():
        if child.died():
            raise ChildFailed(f"{child.name} ended by itself:\n{child.last_words()}")
        if time.monotonic() > deadline:
            raise ChildFailed(f"{child.name} is not ready after {seconds:g} seconds")
        time.sleep(0.05)
