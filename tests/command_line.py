"""The `tongban` command, as scripts and operators run it."""

import ctypes
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from tongban.app.cli import command_line

REPOSITORY = Path(__file__).resolve().parents[1]

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """How a command ended; out and err with all white space made single."""

    code: int
    out: str
    err: str


def tongban(
    *arguments: object, seconds: float = 120, powerless: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as a process to its end.

    powerless: even for root, rights on files count. environment: variables of its own.
    """
    return subprocess.run(
        [sys.executable, "-m", "tongban.app.cli", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        timeout=seconds,
        preexec_fn=_give_up_powers if powerless else None,
    )


def ended(process: subprocess.CompletedProcess[str]) -> Ended:
    """The same of a process as of a command in here."""
    return Ended(code=process.returncode, out=_single(process.stdout), err=_single(process.stderr))


def invoke(*arguments: object) -> Ended:
    """Run a command in this process: for those that never set up the pages."""
    result = CliRunner().invoke(command_line(), [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(code=result.exit_code, out=_single(result.stdout), err=_single(result.stderr))


def _single(text: str) -> str:
    return " ".join(text.split())


def _give_up_powers() -> None:
    prctl = ctypes.CDLL(None).prctl
    for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
