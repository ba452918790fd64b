"""A clause of an agreement: its words, and beside them what is said in fields."""

from dataclasses import dataclass
from enum import StrEnum

from tongban.core.agreements.provisions import (
    Compensation,
    DataLine,
    DisputeStage,
    Indicator,
    JoiningCost,
    LiabilityLine,
    MaterialsStandard,
    Notice,
    SecurityDuty,
    Transport,
    Window,
)
from tongban.core.cases.events import Mode
from tongban.core.cases.process import CARRIED_OUT, LegKind, Power
from tongban.core.later import later
from tongban.core.words import Words

#: Four years; what is promised for longer binds nobody.
LEG_DAYS_MAX = 1_000


class RunOff(StrEnum):
    """What becomes of cases under way when the agreement ends or is suspended."""

    FINISH = "finish"
    STOP = "stop"


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """Enforced: the granter lets the grantee use these powers for these items in these modes.

    granter, grantee: node names. items: implementation codes of the granter's own authorities.
    daily_limit: how many cases a calendar day of China time may reach the granter under the clause,
    0 where there is no limit.
    """

    granter: str
    grantee: str
    items: tuple[str, ...]
    modes: tuple[Mode, ...]
    powers: tuple[Power, ...]
    daily_limit: int = later(0)

    @property
    def enforced(self) -> bool:
        """Whether any of its powers is one that the software carries out."""
        return not CARRIED_OUT.isdisjoint(self.powers)


@dataclass(frozen=True, kw_only=True, slots=True)
class LegLimit:
    """Promised working days for one leg of a case (时限)."""

    leg: LegKind
    working_days: int

    @property
    def runs(self) -> bool:
        """Whether it becomes a deadline of cases.

        Before its dispatch a case rests on no text yet. Texts from before authors were asked may
        say any number.
        """
        return self.leg is not LegKind.INTAKE and 0 <= self.working_days <= LEG_DAYS_MAX


@dataclass(frozen=True, kw_only=True, slots=True)
class LiaisonOffice:
    """Whom to call (联络员): an office and its phone, never a person."""

    node: str
    office: Words
    phone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One clause: number such as "2.1", words, and beside them what the software can read.

    Only grants of powers that are carried out, limits by leg, run_off and the notice before an end
    are enforced. A clause without them is between people, and screens and printed texts say so.
    """

    number: str
    title: Words
    text: Words
    grants: tuple[Grant, ...] = ()
    limits: tuple[LegLimit, ...] = ()
    liaison: tuple[LiaisonOffice, ...] = ()
    run_off: RunOff | None = None
    transports: tuple[Transport, ...] = later(())
    windows: tuple[Window, ...] = later(())
    standards: tuple[MaterialsStandard, ...] = later(())
    data: tuple[DataLine, ...] = later(())
    security: tuple[SecurityDuty, ...] = later(())
    liability: tuple[LiabilityLine, ...] = later(())
    indicators: tuple[Indicator, ...] = later(())
    compensation: tuple[Compensation, ...] = later(())
    costs: tuple[JoiningCost, ...] = later(())
    disputes: tuple[DisputeStage, ...] = later(())
    notices: tuple[Notice, ...] = later(())

    @property
    def enforced(self) -> bool:
        """Whether the software acts on this clause by itself."""
        held = any(notice.ends for notice in self.notices)
        granted = any(grant.enforced for grant in self.grants)
        timed = any(limit.runs for limit in self.limits)
        return granted or timed or self.run_off is not None or held
