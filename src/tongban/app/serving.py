"""The worker process of `tongban serve`: one node, its pages, its lines, its watchers."""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from tongban.app.composition import Lines, build_node, load
from tongban.app.control import ControlSocket
from tongban.app.first_start import note_database
from tongban.app.known_faults import KNOWN_FAULTS, told
from tongban.app.memory import building_what_stays
from tongban.app.operations import operate
from tongban.app.operations.desk import OperatorDesk
from tongban.app.pages import prepare_pages, publish_catalogue, show_node
from tongban.node.instance_lock import instance_lock
from tongban.supervision.rounds import Rounds

FOLDER_VARIABLE = "TONGBAN_FOLDER"
PARENT_VARIABLE = "TONGBAN_PARENT"
#: Set by a program that starts nodes, such as the demonstration: they end when it ends.
WITH_PARENT_VARIABLE = "TONGBAN_WITH_PARENT"
_PR_SET_PDEATHSIG = 1
_PARENT_LOOK_SECONDS = 0.5
_NOT_STARTED = 2

Application = Callable[..., Any]

#: What must live as long as the process; the kernel drops the lock however the process ends, and
#: everything that was acknowledged is on the disk, so nothing needs closing in order.
_LIVING: list[object] = []


def application() -> Application:
    """Start the node of the folder in the environment and give its pages to the web server.

    Holds the folder's lock until the process ends, and ends with its parent: a worker that
    outlived it would write beside the next one. What keeps the node from starting is said in
    words, and ends the process.
    """
    end_with_parent(int(os.environ[PARENT_VARIABLE]))
    try:
        with building_what_stays():
            return _node_and_pages()
    except KNOWN_FAULTS as fault:
        sys.stderr.write(f"{told(fault)}\n")
        sys.stderr.flush()
        # Threads of half a node would hold up an ordinary exit.
        os._exit(_NOT_STARTED)


def _node_and_pages() -> Application:
    folder, settings, secrets = load(Path(os.environ[FOLDER_VARIABLE]))
    held = ExitStack()
    held.enter_context(instance_lock(folder.root))
    wsgi, database, projectors = prepare_pages(folder, settings, secrets)
    node = build_node(folder, settings, secrets, database, projectors=projectors)
    note_database(folder)
    node.start()
    node.files.clear_leftovers()
    publish_catalogue(node)
    show_node(node, settings)
    lines = Lines(node, settings, folder, secrets)
    lines.open()
    rounds = Rounds(node)
    rounds.start()
    desk = OperatorDesk(node=node, folder=folder, settings=settings, secrets=secrets)
    control = ControlSocket(
        folder.root,
        lambda name, arguments, tell: operate(replace(desk, tell=tell), name, arguments),
    )
    control.open()
    _LIVING.extend((held, lines, rounds, control))
    return wsgi


def end_with_parent(parent: int) -> None:
    """Die when the serving process dies, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        # It died before the call above, so that no signal will come.
        os._exit(1)
    # Elsewhere there is no such signal, and somebody has to look.
    threading.Thread(target=_watch_parent, args=(parent,), name="parent", daemon=True).start()


def end_with_starter() -> None:
    """Die with the program that asked for it, if one did."""
    starter = os.environ.pop(WITH_PARENT_VARIABLE, "")
    if starter:
        end_with_parent(int(starter))


def _watch_parent(parent: int) -> None:
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(_PARENT_LOOK_SECONDS)
    os._exit(1)
