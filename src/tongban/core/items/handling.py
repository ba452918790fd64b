"""How an item is handled: ways, steps, limits, fees and results."""

from dataclasses import dataclass
from enum import StrEnum

from tongban.core.cases.events import Mode
from tongban.core.items.classification import ProcedureKind
from tongban.core.later import later
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition(Words):
    """One of the 受理条件; basis: the law that sets it (优化营商环境条例 35)."""

    basis: Words | None = later(None)


@dataclass(frozen=True, kw_only=True, slots=True)
class ModeOffer:
    """A way in which the item is handled across places; process: name of its definition."""

    mode: Mode
    process: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HandlingItem:
    """业务办理项: one situation of the item, such as the change of a name or of a seat.

    code: 业务办理项编码, the item's code and two digits more. materials: codes of those of the
    item's materials that this situation needs; all of them where it is empty.
    """

    code: str
    name: Words
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """法定办结时限 and 承诺办结时限, in working days from acceptance.

    legal_days is None where no law sets a limit in working days; legal_note says then what the
    law sets otherwise. promised_days never exceeds legal_days, and is 0 where it is done at once.
    """

    legal_days: int | None
    promised_days: int
    basis: Words
    legal_note: Words | None = later(None)
    promised_note: Words | None = later(None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of the 办理流程.

    days: at most, in working days that the item's legal limit counts (where it has none, its
    promise); None where the step has no limit of its own, or lies before acceptance or after the
    decision. 0 is at once.
    """

    name: Words
    what: Words
    days: int | None = None
    basis: Words | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SpecialProcedure:
    """特别程序; counted: whether its working days count in the legal limit (行政许可法 45)."""

    name: Words
    kind: ProcedureKind
    days: int
    basis: Words
    counted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Fee:
    """What it costs, in fen, and on which basis.

    reducible: 允许减免; reduction says when.
    """

    amount_fen: int
    basis: Words
    name: Words | None = later(None)
    reducible: bool = later(default=False)
    reduction: Words | None = later(None)


class ResultKind(StrEnum):
    """审批结果类型."""

    LICENCE = "licence"
    CERTIFICATE = "certificate"
    RECORD = "record"
    PAYMENT = "payment"


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultDocument:
    """审批结果: what the applicant gets when the application is granted; sample: file name."""

    name: Words
    kind: ResultKind
    sample: str = later("")
    validity: Words | None = later(None)
