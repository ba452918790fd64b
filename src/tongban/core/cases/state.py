"""Where a case stands, in the view of one node; computed from entry fields only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec

from tongban.core.cases.events import (
    CorrectionLine,
    Delivery,
    Grade,
    Intake,
    MaterialLine,
    Mode,
    PersonCheck,
    Verdict,
)
from tongban.core.cases.process import ActKind, DeclaredStep, LegKind, Party
from tongban.core.channel.events import AvailabilitySource
from tongban.core.entry import Basis, BasisKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """What the receiver's outcome says of the push that brought an entry."""

    received_at: datetime
    available_at: datetime
    source: AvailabilitySource


@dataclass(frozen=True, kw_only=True, slots=True)
class Transit:
    """A hand-over on its way; until the outcome the sender is responsible and nobody moves it.

    entry: id of the hand-over. act: which one it is. leg: the clock that starts on arrival.
    recalled: the sender has asked for it back.
    """

    entry: str
    act: ActKind
    sender: str
    receiver: str
    previous_stage: str
    leg: LegKind | None
    recalled: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """准予 or 不予; at: when the authority decided, number: 结果文书编号."""

    verdict: Verdict
    at: datetime
    ground: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Handover:
    """送达 as it happened; entry: which says so. stage: where the case stood before it."""

    method: Delivery
    at: datetime
    person_check: PersonCheck
    tracking: str
    entry: str
    stage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step of the authority's own system: its code, when it happened and was reported."""

    step: str
    acted_at: datetime
    reported_at: datetime
    system: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Leg:
    """A stretch of time that runs against one party; ended_at: None while it runs."""

    kind: LegKind
    party: str
    began_at: datetime
    ended_at: datetime | None = None


class FlagKind(StrEnum):
    """How a recorded fact departs from what the process expects."""

    OUT_OF_PROCESS = "out_of_process"
    REPEATED = "repeated"
    REPORTED_BEFORE_ACT = "reported_before_act"
    BODY_MISSING = "body_missing"
    REFUSED_BY_PARTNER = "refused_by_partner"


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """A departure that people should look at; entry: the id of the entry it is about."""

    kind: FlagKind
    entry: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BasisUse:
    """Which act rested on which basis, by the entry's id."""

    act: ActKind
    basis: Basis
    entry: str


class CaseState(msgspec.Struct, frozen=True, kw_only=True):
    """One case between an intake party and a competent party.

    A struct, because each entry replaces a few of its forty fields, which a dataclass does ten
    times slower: a node that lost its disk folds every entry of every partner at once.

    holder: the node that must do the next act; while `transit` is set it is still the sender.
    dispatched_on: kind of basis of the dispatch, None before it. available_at, received_at: of
    the dispatch; corrected_available_at: of the completed correction. deemed_due_on: the
    last day that passed when it was deemed accepted 视为受理, "" otherwise.
    counts: how often each act took place.
    bodies: names that came with the application. declared_steps: what the process lets the
    authority's system report. returned: ground on which the last hand-over came back, ""
    otherwise.
    """

    id: str
    stage: str
    intake_party: str
    competent: str
    organisation: str
    item: str
    item_digest: str
    process: str
    mode: Mode
    delivery: Delivery
    intake: Intake
    bodies: tuple[str, ...]
    declared_steps: tuple[DeclaredStep, ...]
    holder: str
    transit: Transit | None = None
    dispatched_on: BasisKind | None = None
    received_at: datetime | None = None
    available_at: datetime | None = None
    available_source: AvailabilitySource | None = None
    opened_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_number: str = ""
    deemed_due_on: str = ""
    not_accepted_at: datetime | None = None
    not_accepted_ground: str = ""
    correction: tuple[CorrectionLine, ...] = ()
    correction_notified_at: datetime | None = None
    correction_materials: tuple[MaterialLine, ...] = ()
    corrected_at: datetime | None = None
    corrected_available_at: datetime | None = None
    decided: Decision | None = None
    delivered: Handover | None = None
    grade: Grade | None = None
    withdrawal_requested_at: datetime | None = None
    withdrawn_at: datetime | None = None
    returned: str = ""
    counts: dict[ActKind, int] = {}
    steps: tuple[Step, ...] = ()
    legs: tuple[Leg, ...] = ()
    bases: tuple[BasisUse, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def deemed_accepted(self) -> bool:
        """Whether it counts as accepted because the authority let its limit pass (视为受理)."""
        return bool(self.deemed_due_on)

    @property
    def days_run_from(self) -> datetime | None:
        """When the authority received the papers, or the counter did on its behalf (代为受理)."""
        return self.intake.taken_in_at if self.intake.on_behalf else self.available_at

    @property
    def materials(self) -> tuple[MaterialLine, ...]:
        """What was handed in, with what the correction replaced or added."""
        replaced = {line.code for line in self.correction_materials}
        kept = (line for line in self.intake.materials if line.code not in replaced)
        return (*kept, *self.correction_materials)

    @property
    def leg(self) -> Leg | None:
        """The clock that runs now."""
        return self.legs[-1] if self.legs and self.legs[-1].ended_at is None else None

    @property
    def ended(self) -> bool:
        """Whether nothing is owed any more (办结)."""
        return self.leg is None

    @property
    def pinned_basis(self) -> Basis | None:
        """What the last dispatch rests on; None before it, and where it rests on nothing."""
        uses = (use for use in reversed(self.bases) if use.act is ActKind.DISPATCH)
        return next((use.basis for use in uses), None)

    def done(self, act: ActKind) -> int:
        """How often this act took place."""
        return self.counts.get(act, 0)

    def node_of(self, party: Party) -> str:
        """The node of this party; the intake party's acts for the applicant."""
        if party is Party.HOLDER:
            return self.holder
        return self.competent if party is Party.COMPETENT else self.intake_party

    def partner(self, node: str) -> str:
        """The other of the two parties."""
        return self.competent if node == self.intake_party else self.intake_party
