"""Processes (办理流程) as data: stages, and which act moves a case from which to which.

A process is a content-addressed document: its digest is pinned by the case, it travels beside the
hand-over, and a node that does not know a digest refuses the case (spec/cases.md, "Process").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

from tongban.core import canonical
from tongban.core.cases.events import Delivery, Mode, PersonCheck
from tongban.core.document import parse_document
from tongban.core.entry import BasisKind
from tongban.core.faults import DocumentInvalid
from tongban.core.plain_codes import is_step
from tongban.core.words import Words


class Party(StrEnum):
    """Whose act it is; the applicant acts through the intake party's node.

    HOLDER: whichever of the two parties holds the case.
    """

    INTAKE = "intake"
    COMPETENT = "competent"
    APPLICANT = "applicant"
    HOLDER = "holder"


class Power(StrEnum):
    """What the owner of a power may let another do in its name; none can be passed on."""

    RECEIVE = "receive"  # 收件
    NOTIFY = "notify"  # 代为一次性告知
    CHECK_ORIGINALS = "check_originals"  # 原件核验
    REVIEW = "review"  # 初审
    DELIVER = "deliver"  # 送达
    PRINT = "print"  # 打印


#: Powers that an act of the software uses; the others are granted between people, who use them by
#: hand, and screens say so.
CARRIED_OUT = frozenset({Power.RECEIVE, Power.NOTIFY, Power.CHECK_ORIGINALS, Power.DELIVER})


#: Without which a power is of no use; one clause or instrument has to grant both.
NEEDED_WITH: Mapping[Power, tuple[Power, ...]] = {Power.NOTIFY: (Power.RECEIVE,)}


class ActKind(StrEnum):
    """The acts that a process can order; each has one command and one event."""

    TAKE_IN = "take_in"
    DISPATCH = "dispatch"
    OPEN = "open"
    ACCEPT = "accept"
    REFUSE_ACCEPTANCE = "refuse_acceptance"
    DEEM_ACCEPTED = "deem_accepted"
    NOTIFY_CORRECTION = "notify_correction"
    COMPLETE_CORRECTION = "complete_correction"
    REPORT_STEP = "report_step"
    DECIDE = "decide"
    DELIVER = "deliver"
    RATE = "rate"
    REQUEST_WITHDRAWAL = "request_withdrawal"
    CONFIRM_WITHDRAWAL = "confirm_withdrawal"


class LegKind(StrEnum):
    """Legs of a case: each runs against one party, so that delay can be attributed."""

    INTAKE = "intake"
    TRANSIT = "transit"
    ACCEPTANCE = "acceptance"
    CORRECTION = "correction"
    REVIEW = "review"
    DELIVERY = "delivery"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A stage of the case; leg: the clock that runs in it, None once nothing is owed (办结)."""

    code: str
    name: Words
    leg: LegKind | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredStep:
    """A step (环节) that the authority's own system may report, by its code."""

    code: str
    name: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One thing that may be done, by whom, when, and what it needs.

    during: stages in which it may happen. to: the stage it leads to, "" where it stays.
    hands_over_to: who holds the case afterwards, None where custody stays. additive: needs no
    custody. power: what a clause or instrument must grant. bases: kinds of basis it may rest on;
    empty for what the competent party does in its own power. at_most: how often in one case.
    delivery: only for cases delivered in these ways; dispatched_on: only for cases that were
    dispatched on such a basis; empty means all. then: acts that follow at once by the same party.
    materials: every required material must be there. bodies: names that must come with it;
    bodies_when_granted: more of them when the verdict is granted.
    """

    act: ActKind
    by: Party
    during: tuple[str, ...]
    to: str = ""
    hands_over_to: Party | None = None
    additive: bool = False
    power: Power | None = None
    bases: tuple[BasisKind, ...] = ()
    at_most: int | None = None
    delivery: tuple[Delivery, ...] = ()
    dispatched_on: tuple[BasisKind, ...] = ()
    then: tuple[ActKind, ...] = ()
    materials: bool = False
    person_checks: tuple[PersonCheck, ...] = ()
    bodies: tuple[str, ...] = ()
    bodies_when_granted: tuple[str, ...] = ()

    def fits(self, delivery: Delivery, dispatched_on: BasisKind | None) -> bool:
        """Whether it is the act for cases delivered in this way, dispatched on such a basis."""
        delivered = not self.delivery or delivery in self.delivery
        return delivered and (not self.dispatched_on or dispatched_on in self.dispatched_on)


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """Stages in their order (a case begins in the first) and the acts between them.

    steps: what may be reported from inside the authority; no other word gets into an entry.
    """

    name: str
    version: int
    title: Words
    mode: Mode
    stages: tuple[Stage, ...]
    acts: tuple[Act, ...]
    steps: tuple[DeclaredStep, ...] = ()

    def act(
        self, kind: ActKind, delivery: Delivery, dispatched_on: BasisKind | None, stage: str
    ) -> Act | None:
        """The act of this kind for a case with this way of delivery and basis of dispatch.

        Where the stages have acts of their own, that of this stage; in any other the first.
        """
        first = None
        for act in self.acts:
            if act.act is not kind or not act.fits(delivery, dispatched_on):
                continue
            if stage in act.during:
                return act
            first = first or act
        return first

    def rank(self, stage: str) -> int:
        """How far along a stage is; only facts that come late are compared by it."""
        return [known.code for known in self.stages].index(stage)

    def leg(self, stage: str) -> LegKind | None:
        """The leg that a case in this stage is on, None where nothing is owed any more."""
        return self.stages[self.rank(stage)].leg


def parse_process(mapping: Mapping[str, Any]) -> Process:
    """Read a process as its author wrote it; raises DocumentInvalid naming the field."""
    return check_process(parse_document(mapping, Process))


def read_process(document: bytes) -> Process:
    """Read a process's canonical document; raises NotCanonical or DocumentInvalid."""
    return check_process(canonical.decode(document, Process))


def process_document(process: Process) -> bytes:
    """The canonical bytes that travel with a case."""
    return canonical.encode(process)


def process_digest(process: Process) -> str:
    """What a case pins."""
    return canonical.digest(process_document(process))


def check_process(process: Process) -> Process:
    """The same process, when its acts fit its stages; raises DocumentInvalid."""
    stages = {stage.code for stage in process.stages}
    if len(stages) != len(process.stages) or not stages:
        raise DocumentInvalid("stages", "a process has stages, each with a code of its own")
    _check_steps(process.steps)
    seen: set[tuple[ActKind, Delivery, BasisKind, str]] = set()
    for index, act in enumerate(process.acts):
        _check_act(act, f"acts[{index}]", stages)
        cases = set(
            product(
                [act.act], act.delivery or Delivery, act.dispatched_on or BasisKind, act.during
            ),
        )
        if cases & seen:
            raise DocumentInvalid(f"acts[{index}]", f"{act.act} is already said for such cases")
        seen |= cases
    return process


def _check_steps(steps: tuple[DeclaredStep, ...]) -> None:
    codes = [step.code for step in steps]
    if len(set(codes)) != len(codes):
        raise DocumentInvalid("steps", "each step has a code of its own")
    for code in codes:
        if not is_step(code):
            raise DocumentInvalid("steps", f"{code} is not a code such as site_inspection")


def _check_act(act: Act, where: str, stages: set[str]) -> None:
    for stage in (*act.during, *([act.to] if act.to else [])):
        if stage not in stages:
            raise DocumentInvalid(where, f"there is no stage {stage}")
    if act.additive and (act.to or act.hands_over_to):
        raise DocumentInvalid(where, "an additive act moves nothing")
    delegated = bool({BasisKind.CLAUSE, BasisKind.INSTRUMENT} & set(act.bases))
    if delegated != (act.power is not None):
        raise DocumentInvalid(where, "a power rests on a clause or instrument, and they on a power")
    if act.act is ActKind.DISPATCH and not act.bases:
        raise DocumentInvalid(where, "a dispatch always has a basis")
