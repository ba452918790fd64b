"""Puts a bug into a module as it is loaded; files stay as they are."""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import cast

from tongban.testing.simulation.planted.bug import Bug


class NotPlantable(Exception):
    """The code has changed where a bug is to be planted; plant it anew, as the text says."""


def plant(bug: Bug) -> None:
    """Let the module be loaded with the bug in it; before anything has loaded it."""
    if bug.module in sys.modules:
        raise NotPlantable(f"{bug.module} was loaded before {bug.name} could be planted")
    sys.meta_path.insert(0, _Planter(bug))


class _Planter(MetaPathFinder):
    def __init__(self, bug: Bug) -> None:
        self._bug = bug

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._bug.module:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = cast("Loader", _Planted(self._bug, spec.origin))
            spec.cached = None
        return spec


class _Planted(SourceFileLoader):
    def __init__(self, bug: Bug, path: str) -> None:
        super().__init__(bug.module, path)
        self._bug = bug

    def get_code(self, fullname: str) -> CodeType | None:
        """Compiled anew each time, since the cache holds the honest code."""
        source = self.get_data(self.get_filename(fullname)).decode()
        found = source.count(self._bug.before)
        if found != 1:
            raise NotPlantable(f"{self._bug.name}: {fullname} holds its place {found} times, not 1")
        changed = source.replace(self._bug.before, self._bug.after)
        return compile(changed, self.get_filename(fullname), "exec")
