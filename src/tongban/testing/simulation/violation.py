"""What a checker raises."""

import traceback

#: Where checkers are; what is raised anywhere else, production code raised itself.
_CHECKERS = "tongban.testing.simulation.checkers."


class Violation(Exception):
    """Something that must hold does not; invariant: its letter in docs/explanation/promises.md."""

    def __init__(self, invariant: str, words: str) -> None:
        super().__init__(f"{invariant}: {words}")
        self.invariant = invariant


def is_same(one: Violation, other: Violation) -> bool:
    """Whether both are of one kind: the invariant, who saw it, and what was raised."""
    return _kind(one) == _kind(other)


def _kind(violation: Violation) -> tuple[str, str, type[BaseException]]:
    return violation.invariant, seen_by(violation), type(violation.__cause__ or violation)


def seen_by(violation: Violation) -> str:
    """The checker that saw it, by its module, or the exception with which the program stopped."""
    error = violation.__cause__ or violation
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    module = str(frames[-1].f_globals["__name__"]) if frames else ""
    if module.startswith(_CHECKERS):
        return module.removeprefix(_CHECKERS)
    return f"the program's own invariant: {type(error).__name__}"
