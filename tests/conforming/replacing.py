"""Putting something else in the place of a piece of the node."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest


def around(patch: pytest.MonkeyPatch, owner: Any, name: str, other: Callable[..., Any]) -> None:
    """Let `other` stand in the place of a function; its first argument is the honest one."""
    honest = getattr(owner, name)

    @wraps(honest)
    def wrong(*arguments: Any, **named: Any) -> Any:
        return other(honest, *arguments, **named)

    patch.setattr(owner, name, wrong)
