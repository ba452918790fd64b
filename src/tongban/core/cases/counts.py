"""How often each act took place; what never happened has no line, so that equal is equal."""

from dataclasses import replace

from tongban.core.cases.process import ActKind
from tongban.core.cases.state import CaseState


def counted(state: CaseState, act: ActKind, by: int) -> CaseState:
    """The same state with one more, or one less, of this act."""
    counts = {**state.counts, act: state.done(act) + by}
    return replace(state, counts={kind: times for kind, times in counts.items() if times})
