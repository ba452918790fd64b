"""What happened to a case. Fields are codes, instants and digests; contents are in bodies."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tongban.core.entry import Event


class Mode(StrEnum):
    """How an item is handled across places (国办发〔2020〕35号)."""

    ALL_ONLINE = "all_online"  # 全程网办
    DELEGATED_INTAKE = "delegated_intake"  # 异地代收代办


class IntakeKind(StrEnum):
    """Where the application was taken in."""

    ONLINE = "online"
    COUNTER = "counter"


class PersonCheck(StrEnum):
    """How the person was identified (人证核验)."""

    ACCOUNT = "account"
    ID_CARD_SEEN = "id_card_seen"
    ID_CARD_READER = "id_card_reader"
    AGENT_AUTHORISATION = "agent_authorisation"


class MaterialForm(StrEnum):
    """What the counter officer had in hand for one material (原件核验)."""

    ORIGINAL_SEEN = "original_seen"
    COPY = "copy"
    ELECTRONIC = "electronic"


class Delivery(StrEnum):
    """送达方式, chosen at intake."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class Verdict(StrEnum):
    """准予 or 不予."""

    GRANTED = "granted"
    REFUSED = "refused"


class Grade(StrEnum):
    """好差评, by name because cities number them in opposite directions (GB/T 39046 A.8)."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    BASICALLY_SATISFIED = "basically_satisfied"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


@dataclass(frozen=True, kw_only=True, slots=True)
class MaterialLine:
    """One material handed in: its code in the item, its form, and the body that carries it."""

    code: str
    form: MaterialForm
    body: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionLine:
    """One thing to mend: which material or form field, and the defect's code."""

    code: str
    defect: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldAtIntake:
    """What the counter told the applicant once, for the authority, and what was brought then."""

    lines: tuple[CorrectionLine, ...]
    notified_at: datetime
    materials: tuple[MaterialLine, ...]
    completed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class OnBehalf:
    """代为受理: the counter receives for the authority, whose days run from that receipt.

    told: None where nothing had to be supplied.
    """

    told: ToldAtIntake | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """What the intake place vouches for: when, by which road, how the person was checked.

    on_behalf: only where a clause or instrument lets the counter notify for the authority.
    """

    kind: IntakeKind
    taken_in_at: datetime
    person_check: PersonCheck
    materials: tuple[MaterialLine, ...]
    place: str
    on_behalf: OnBehalf | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """Marks a fact that an authority's own system reported: when it acted, when it said so."""

    acted_at: datetime
    reported_at: datetime
    system: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseTakenIn(Event):
    """收件: home log only; the case waits at the intake place to be dispatched.

    Fields as in CaseDispatched, which repeats them to the competent party.
    """

    item: str
    item_digest: str
    process: str
    mode: Mode
    delivery: Delivery
    intake_party: str
    competent: str
    organisation: str
    intake: Intake


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseDispatched(Event):
    """Hand-over to the competent party: pins item and process for the life of the case.

    item: implementation code 实施编码. item_digest, process: document digests.
    intake_party, competent: node names. organisation: 统一社会信用代码 of the 实施主体.
    """

    item: str
    item_digest: str
    process: str
    mode: Mode
    delivery: Delivery
    intake_party: str
    competent: str
    organisation: str
    intake: Intake


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseOpened(Event):
    """An officer of the competent authority opened the case for the first time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseAccepted(Event):
    """受理."""

    number: str
    reported: Reported | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseNotAccepted(Event):
    """不予受理: the competent authority's alone; reasons and remedies in the body."""

    ground: str
    reported: Reported | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseDeemedAccepted(Event):
    """视为受理: no notice within five working days (行政许可法 32(4))."""

    due_on: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeemedAcceptanceReversed(Event):
    """A late report shows that the authority had acted within its limit.

    fact: the kind of act that the report, which follows at once, is about.
    """

    fact: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionNotified(Event):
    """一次性告知: the one correction list of the case.

    The authority's hands over to the intake party; the counter's for it stands before the dispatch.
    """

    lines: tuple[CorrectionLine, ...]
    reported: Reported | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionCompleted(Event):
    """补正: what was asked for is there; after a dispatch it hands back to the competent party."""

    materials: tuple[MaterialLine, ...]
    completed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class StepReported(Event):
    """A step inside the authority's own system (环节), for the timeline only."""

    step: str
    reported: Reported


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseDecided(Event):
    """准予 or 不予, with reasons and remedies in the body (行政许可法 38)."""

    verdict: Verdict
    ground: str = ""
    result_number: str = ""
    reported: Reported | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultDelivered(Event):
    """送达, by the way chosen at intake; closes the case."""

    method: Delivery
    person_check: PersonCheck
    tracking: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRated(Event):
    """The applicant's rating; additive, anyone may hold the case. Words are in the body."""

    grade: Grade


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawalRequested(Event):
    """The applicant asks the holder to stop; additive."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverRecalled(Event):
    """The sender wants a hand-over back; wins only in the same push as the hand-over."""

    handover: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseWithdrawn(Event):
    """撤回: the holder stops the case as the applicant asked; nothing is owed any more."""
