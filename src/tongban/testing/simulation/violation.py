"""What a checker raises."""


class Violation(Exception):
    """Something that must hold does not; invariant: its letter in docs/explanation/promises.md."""

    def __init__(self, invariant: str, words: str) -> None:
        super().__init__(f"{invariant}: {words}")
        self.invariant = invariant
