"""The rules, in the order in which they are looked at; a file for each matter."""

from collections.abc import Sequence

from tongban.conformance.rule import Rule
from tongban.conformance.rules.answers import ANSWERS
from tongban.conformance.rules.door import DOOR
from tongban.conformance.rules.effects import EFFECTS, KEPT
from tongban.conformance.rules.entries import ENTRIES
from tongban.conformance.rules.envelopes import ENVELOPES
from tongban.conformance.rules.messages import MESSAGES
from tongban.conformance.rules.mirroring import MIRRORING
from tongban.conformance.rules.misbehaviour import MISBEHAVIOUR
from tongban.conformance.rules.pushes import PUSHES, REFUSED_PUSHES
from tongban.conformance.rules.starts import GIVING_BACK, LATE_PUSHES, STARTS

#: Those of misbehaviour come last: a node that keeps them takes nothing of the runner any more.
RULES: Sequence[Rule] = (
    *DOOR,
    *ENVELOPES,
    *MESSAGES,
    *STARTS,
    *PUSHES,
    *EFFECTS,
    *ENTRIES,
    *GIVING_BACK,
    *KEPT,
    *LATE_PUSHES,
    *REFUSED_PUSHES,
    *MIRRORING,
    *ANSWERS,
    *MISBEHAVIOUR,
)
