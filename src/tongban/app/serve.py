"""`tongban serve`: the parent process, which starts and watches the one worker."""

import os
import socket
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tongban.app.production import check_profile
from tongban.app.serving import FOLDER_VARIABLE, PARENT_VARIABLE, end_with_starter
from tongban.app.settings import Folder, Settings, read_settings
from tongban.channels.faults import DoorBlocked
from tongban.node.instance_lock import instance_lock
from tongban.node.keystore import read_credential

_THREADS = 4
_LEAVE_SECONDS = 2


def serve_folder(root: Path) -> int:
    """Serve until stopped; the exit code. Raises what keeps the node from starting."""
    end_with_starter()
    folder = Folder(root)
    settings = read_settings(folder)
    check_profile(settings)
    read_credential(folder.credential)
    with instance_lock(root):
        # The worker takes the lock for good; this look gives the operator the answer at once.
        pass
    _check_port(settings.pages.host, settings.pages.port, "pages.port")
    if settings.door is not None:
        _check_port(settings.door.host, settings.door.port, "door.port")
    os.environ[FOLDER_VARIABLE] = str(root)
    os.environ[PARENT_VARIABLE] = str(os.getpid())
    _serve(settings)
    return 0


def _serve(settings: Settings) -> None:
    Granian(
        target="tongban.app.serving:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.pages.host,
        port=settings.pages.port,
        workers=1,
        blocking_threads=_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=False,
        # What was acknowledged is on the disk, so a worker that is slow to leave may be killed.
        workers_kill_timeout=_LEAVE_SECONDS,
    ).serve()


def _check_port(host: str, port: int, setting: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise DoorBlocked(
                f"port {port} of {host} is in use by another program; stop it, or choose "
                f"another port as {setting} in tongban.toml"
            ) from error
