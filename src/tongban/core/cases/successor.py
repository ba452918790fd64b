"""The state after a change, which is most of what folding does."""

from dataclasses import fields
from operator import attrgetter
from typing import Any

from tongban.core.cases.state import CaseState

_NAMES = tuple(field.name for field in fields(CaseState))
_values_of = attrgetter(*_NAMES)
_SETTERS = tuple(getattr(CaseState, name).__set__ for name in _NAMES)


def changed(state: CaseState, **parts: Any) -> CaseState:
    """The same state with other values in these fields; raises AttributeError for unknown ones.

    As `dataclasses.replace` does, in a third of its time: a node that lost its disk folds every
    entry of every partner at once, and each case has forty fields.
    """
    after = object.__new__(CaseState)
    for put, value in zip(_SETTERS, _values_of(state), strict=True):
        put(after, value)
    for name, value in parts.items():
        object.__setattr__(after, name, value)
    return after
