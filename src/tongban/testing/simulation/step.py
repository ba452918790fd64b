"""A step of a story; alone, so that who reads reports loads nothing in which bugs are planted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: when, what, and the seed of everything it draws itself."""

    at: float
    kind: str
    seed: int
