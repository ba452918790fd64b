"""The state after a change, which is most of what folding does."""

from typing import Any

from msgspec.structs import replace

from tongban.core.cases.state import CaseState


def changed(state: CaseState, **parts: Any) -> CaseState:
    """The same state with other values in these fields; raises TypeError for unknown ones."""
    return replace(state, **parts)
