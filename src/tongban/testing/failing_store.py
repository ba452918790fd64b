"""A store that fails when told to, to see what a node leaves behind."""

from collections.abc import Callable
from typing import Any, cast

from tongban.logs.store import Store


class StoreFell(Exception):
    """The store was told to fail here; whoever called must have left nothing."""


class FailingStore:
    """Passes every call on and counts it; fails at the call whose turn `fail_at` names.

    fail_at: 1 is the next call; 0 fails never.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.calls = 0
        self.fail_at = 0

    def arm(self, fail_at: int) -> None:
        """Count anew, and fail at this call."""
        self.calls, self.fail_at = 0, fail_at

    def as_store(self) -> Store:
        """Itself, in the type of what it stands in for."""
        return cast("Store", self)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method: Callable[..., Any] = getattr(self._store, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls == self.fail_at:
                raise StoreFell(name)
            return method(*arguments, **named)

        return call
