"""A node's folder for every test, and one node that runs for a module of tests."""

from collections.abc import Iterator
from contextlib import contextmanager
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
    with serving(make_node(tmp_path_factory.mktemp("running") / "node")) as folder:
        yield folder


@contextmanager
def serving(folder: Folder) -> Iterator[Folder]:
    """The node of this folder, as a process of its own that answers."""
    arguments = ["tongban.app.cli", "serve", "--folder", str(folder.root)]
    child = Child(folder.root.name, arguments, Path(f"{folder.root}.log"))
    child.start()
    try:
        wait_until_ready(child, lambda: answers(folder), 60)
        yield folder
    finally:
        child.stop()


def answers(folder: Folder) -> bool:
    try:
        return bool(ask(folder.root, "status", {}))
    except ConnectionError:
        return False
