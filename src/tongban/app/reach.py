"""Runs an operation where the node is: in the running process, or here when none runs."""

from pathlib import Path
from typing import Any

from tongban.app.composition import build_node, load
from tongban.app.control import Arguments, Tell, ask, tell_nobody
from tongban.app.first_start import note_database
from tongban.app.operations import operate
from tongban.app.operations.desk import OperatorDesk
from tongban.app.pages import prepare_pages, publish_catalogue, show_node
from tongban.node.instance_lock import instance_lock


def reach(folder: Path, operation: str, arguments: Arguments, tell: Tell = tell_nobody) -> Any:
    """What the operation answers; tell: told how far it is, where the operation says so.

    Raises OperationRefused, OperationFailed, or a fault of the folder or its keys.
    """
    try:
        return ask(folder, operation, arguments, tell)
    except ConnectionError:
        return _here(folder, operation, arguments, tell)


def _here(root: Path, operation: str, arguments: Arguments, tell: Tell) -> Any:
    folder, settings, secrets = load(root)
    with instance_lock(folder.root):
        _, database, projectors = prepare_pages(folder, settings, secrets)
        node = build_node(folder, settings, secrets, database, projectors=projectors)
        note_database(folder)
        # Working on the files is a start like any other: what concerns partners waits as an
        # intent until the next process has compared with them.
        node.start()
        publish_catalogue(node)
        show_node(node, settings)
        desk = OperatorDesk(node=node, folder=folder, settings=settings, secrets=secrets, tell=tell)
        return operate(desk, operation, arguments)
