"""`tongban serve`: the parent process, which starts and watches the one worker."""

import copy
import logging
import os
import sys
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LOGGING_CONFIG, LogLevels

from tongban.app.composition import load
from tongban.app.database_place import look_at
from tongban.app.memory import take_memory_sparingly
from tongban.app.ports import check_ports
from tongban.app.serving import FOLDER_VARIABLE, PARENT_VARIABLE, end_with_starter
from tongban.app.settings import Settings
from tongban.node.instance_lock import instance_lock

_THREADS = 4
_STOPPED, _WORKER_ENDED = 0, 2


def serve_folder(root: Path) -> int:
    """Serve until stopped; the exit code. Raises what keeps the node from starting.

    Everything that an operator can have got wrong is looked at here, before a worker is forked.
    """
    end_with_starter()
    take_memory_sparingly()
    # The worker opens the keys for itself; this process lets go of them at once.
    folder, settings, _ = load(root)
    look_at(folder, settings)
    with instance_lock(root):
        # The worker takes the lock for good; this look gives the operator the answer at once.
        pass
    check_ports(settings)
    os.environ[FOLDER_VARIABLE] = str(root)
    os.environ[PARENT_VARIABLE] = str(os.getpid())
    return _serve(settings)


def _serve(settings: Settings) -> int:
    server = Granian(
        target="tongban.app.serving:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.pages.host,
        port=settings.pages.port,
        workers=1,
        blocking_threads=_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=_log_lines(),
        respawn_failed_workers=False,
    )
    try:
        server.serve()
    except SystemExit:
        sys.stderr.write(
            "The node's worker process has ended, so nothing is served any more. If no line above "
            "says why, the system ended it; `tongban doctor` looks at the node\n"
        )
        return _WORKER_ENDED
    return _STOPPED


def _log_lines() -> dict[str, Any]:
    """The web server's own lines on standard error, where all lines go."""
    config: dict[str, Any] = copy.deepcopy(LOGGING_CONFIG)
    for handler in config["handlers"].values():
        handler |= {"stream": "ext://sys.stderr", "filters": ["own_words"]}
    config["filters"] = {"own_words": {"()": f"{__name__}.OwnWords"}}
    return config


class OwnWords(logging.Filter):
    """Drops the web server's line about an ended worker, which says less than ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        return not record.getMessage().startswith("Unexpected exit from worker")
