"""A node's folder for every test, and one node that runs for a module of tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.folders import make_node
from tests.workbench.conftest import desks, federation

from tongban.app.control import ask
from tongban.app.demo.processes import Child, wait_until_ready
from tongban.app.settings import Folder

__all__ = ["desks", "federation"]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return make_node(tmp_path / "node")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    root = tmp_path_factory.mktemp("running")
    folder = make_node(root / "node")
    arguments = ["tongban.app.cli", "serve", "--folder", str(folder.root)]
    child = Child("node", arguments, root / "node.log")
    child.start()
    wait_until_ready(child, lambda: answers(folder), 60)
    yield folder
    child.stop()


def answers(folder: Folder) -> bool:
    try:
        return bool(ask(folder.root, "status", {}))
    except ConnectionError:
        return False
