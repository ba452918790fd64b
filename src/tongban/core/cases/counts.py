"""How often each act took place; what never happened has no line, so that equal is equal."""

from tongban.core.cases.process import ActKind
from tongban.core.cases.state import CaseState
from tongban.core.cases.successor import changed


def counted(state: CaseState, act: ActKind, by: int) -> CaseState:
    """The same state with one more, or one less, of this act."""
    return changed(state, counts=counts_with(state, act, by))


def counts_with(state: CaseState, act: ActKind, by: int) -> dict[ActKind, int]:
    """The counts alone, for who changes more of the state at once."""
    counts = {**state.counts, act: state.done(act) + by}
    return {kind: times for kind, times in counts.items() if times}
