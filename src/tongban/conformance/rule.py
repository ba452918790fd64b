"""A rule of the specification, and how a node is found to keep it or not."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tongban.core.words import Words

if TYPE_CHECKING:
    from tongban.conformance.talk import Talk


class Judgement(StrEnum):
    """What became of one rule; a run conforms where every rule that was asked for passed."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One thing that the specification asks of a node.

    document, heading: where it stands in spec/. asks: what must be. probe: does what it takes to
    see, and says what was seen; raises Differs where it is otherwise.
    """

    id: str
    document: str
    heading: str
    asks: Words
    probe: Callable[["Talk"], str]

    @property
    def section(self) -> str:
        """Where it stands, for people."""
        return f"{self.document}, {self.heading}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What was found about one rule; seen: in plain words, with the values."""

    rule: Rule
    judgement: Judgement
    seen: str


class Differs(Exception):
    """The node does otherwise than the rule in hand asks; its text is what was seen."""


class Deviation(Exception):
    """On the way to another rule the node broke this one; its text is what was seen."""

    def __init__(self, rule: str, seen: str) -> None:
        super().__init__(seen)
        self.rule = rule


class NotReached(Exception):
    """The rule in hand could not be looked at, and nothing says that the node breaks it."""


def asks(zh: str, en: str) -> Words:
    """What a rule asks for, in Chinese and English."""
    return Words(zh=zh, en=en)
