"""What a connected system and the node say to each other (spec/connector.md).

Shared by the API and its client. What a system sends may have no unknown fields; what the node
answers may get more of them, which readers pass over.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tongban.core.cases.events import Delivery, MaterialForm, Mode, Verdict
from tongban.core.words import Words

FACTS_MAX = 100
CASES_MAX = 50
#: SQLite and JSON readers agree on integers up to here.
CURSOR_MAX = 2**53 - 1
_LINES_MAX = 200
_DEPTH_MAX = 32

#: Codes and numbers go into entries, which cannot be erased: no room for prose or names.
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:\-]{1,64}$")]
Label = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,60}$")]
Key = Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,64}$")]
#: RFC 3339 with an offset; anything finer than a millisecond is cut off.
Instant = Annotated[str, Field(max_length=40)]


class Sent(BaseModel):
    """What a system sends."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answered(BaseModel):
    """What the node answers."""

    model_config = ConfigDict(frozen=True)


class InTwoLanguages(Answered):
    """The same words in Chinese and English."""

    zh: str
    en: str

    @classmethod
    def of(cls, words: Words) -> Self:
        """The words as the API writes them."""
        return cls(zh=words.zh, en=words.en)


def _shallow(data: dict[str, Any]) -> dict[str, Any]:
    """The same data; ValueError where it is nested deeper than any document, to break readers."""
    level: list[Any] = [data]
    for _ in range(_DEPTH_MAX):
        level = [inner for value in level for inner in _inside(value)]
    if level:
        raise ValueError(f"nested deeper than {_DEPTH_MAX} levels")
    return data


def _inside(value: object) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


class TextDocument(Sent):
    """A document in words, shown to the applicant as they stand."""

    form: Literal["text"] = "text"
    text: Annotated[str, Field(min_length=1)]


class DataDocument(Sent):
    """A document as JSON."""

    form: Literal["json"] = "json"
    data: Annotated[dict[str, Any], AfterValidator(_shallow)]


class FileDocument(Sent):
    """A document as a file; data: base64 (RFC 4648, section 4)."""

    form: Literal["base64"] = "base64"
    media: Literal["application/pdf", "image/png", "image/jpeg", "application/ofd"]
    data: Annotated[str, Field(min_length=1)]


DOCUMENT_FORMS = ("text", "json", "base64")
Document = Annotated[TextDocument | DataDocument | FileDocument, Field(discriminator="form")]


class ReportedFact(Sent):
    """What every fact says; key: chosen by the system, the same for ever for the same fact."""

    key: Key
    acted_at: Instant


class StepFact(ReportedFact):
    """环节: a step inside the system, for the timeline; step: one of the codes the case lists."""

    kind: Literal["step"] = "step"
    step: Label


class AcceptedFact(ReportedFact):
    """受理; number: 受理文书编号."""

    kind: Literal["accepted"] = "accepted"
    number: Label


class NotAcceptedFact(ReportedFact):
    """不予受理; decision: reasons and remedies in words."""

    kind: Literal["not_accepted"] = "not_accepted"
    ground: Code
    decision: Document | None = None


class Defect(Sent):
    """One thing to mend: code of a material or form field of the item, and the defect's code."""

    code: Code
    defect: Code


class CorrectionFact(ReportedFact):
    """一次性告知 of everything that is missing; correction: the list in words."""

    kind: Literal["correction_notified"] = "correction_notified"
    lines: Annotated[list[Defect], Field(min_length=1, max_length=_LINES_MAX)]
    correction: Document | None = None


class DecidedFact(ReportedFact):
    """准予 or 不予; number: 结果文书编号. A missing document is flagged, not refused."""

    kind: Literal["decided"] = "decided"
    verdict: Verdict
    ground: Code | Literal[""] = ""
    number: Label | Literal[""] = ""
    decision: Document | None = None
    result: Document | None = None


FACT_KINDS = ("step", "accepted", "not_accepted", "correction_notified", "decided")
Fact = Annotated[
    StepFact | AcceptedFact | NotAcceptedFact | CorrectionFact | DecidedFact,
    Field(discriminator="kind"),
]


class Batch(Sent):
    """Facts of one case, taken one by one in this order."""

    facts: Annotated[list[Fact], Field(min_length=1, max_length=FACTS_MAX)]


class AnswerKind(StrEnum):
    """What became of a reported fact."""

    RECORDED = "recorded"
    REPEATED = "repeated"
    REFUSED = "refused"


class WhyRefused(Answered):
    """A refusal in words: what happened, why, and what to do next."""

    what: InTwoLanguages
    why: InTwoLanguages
    next: InTwoLanguages


class FactAnswer(Answered):
    """waiting: recorded here, and sent when the partner's line is open. ground: of a refusal."""

    key: str
    answer: AnswerKind
    waiting: bool = False
    ground: str = ""
    detail: str = ""
    words: WhyRefused | None = None


class BatchAnswer(Answered):
    """One answer a fact, in the order of the batch."""

    case: str
    answers: list[FactAnswer]


class MaterialReference(Answered):
    """A material that came with the case; body: to be read by this name, "" where none came."""

    code: str
    form: MaterialForm
    body: str


class DefectLine(Answered):
    """One line of the correction list of the case."""

    code: str
    defect: str


class StepLine(Answered):
    """A step that may be reported of the case."""

    code: str
    name: InTwoLanguages


class Instants(Answered):
    """When things happened; null where they did not yet."""

    taken_in_at: str
    received_at: str | None
    available_at: str | None
    days_run_from: str | None
    accepted_at: str | None
    not_accepted_at: str | None
    correction_notified_at: str | None
    corrected_at: str | None
    decided_at: str | None
    withdrawal_requested_at: str | None
    withdrawn_at: str | None


class CaseSheet(Answered):
    """A case as a system needs it.

    item: 实施编码. organisation: 统一社会信用代码 of the authority that decides. held: whether
    this node holds the case, which is when facts can be reported. form: the application, null
    where it was erased. due_on: of the earliest deadline that runs.
    """

    case: str
    item: str
    item_name: InTwoLanguages
    organisation: str
    mode: Mode
    delivery: Delivery
    stage: str
    held: bool
    ended: bool
    instants: Instants
    due_on: str | None
    form: dict[str, Any] | None
    materials: list[MaterialReference]
    correction: list[DefectLine]
    steps: list[StepLine]


class ArrivalKind(StrEnum):
    """Why a case is to be looked at."""

    APPLICATION = "application"
    CORRECTION = "correction"
    WITHDRAWAL_REQUESTED = "withdrawal_requested"


class Arrival(Answered):
    """Something that arrived for a case, with the case as it stands now."""

    cursor: int
    kind: ArrivalKind
    case: CaseSheet


class Arrivals(Answered):
    """Arrivals in their order; next: the cursor to ask with the next time."""

    arrivals: list[Arrival]
    next: int
    more: bool


class Pong(Answered):
    """Who the node is to this token, and what time it is here."""

    system: str
    organisations: list[str]
    now: str


class Flaw(Answered):
    """One thing wrong with a request; pointer: where in it (RFC 6901)."""

    pointer: str
    detail: str


class Problem(Answered):
    """Why a request was not answered (RFC 9457); words: in both languages, with what to do."""

    type: str
    title: str
    status: int
    detail: str
    words: InTwoLanguages
    errors: list[Flaw] = []
