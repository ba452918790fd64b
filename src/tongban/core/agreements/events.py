"""What happened to an agreement or instrument between two parties."""

from dataclasses import dataclass
from enum import StrEnum

from tongban.core.entry import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementOffered(Event):
    """A party laid the document with this digest before the other; it travels beside the entry."""

    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementSigned(Event):
    """A party's portable signature over the document's digest.

    party: node name. note: the signed note (spec/agreements.md), the same wherever it goes.
    """

    document: str
    party: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementSuspended(Event):
    """A party stops delegated acts under the agreement; cases under way go on.

    items: implementation codes it concerns; empty means all. ground: a code.
    """

    document: str
    ground: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementResumed(Event):
    """A party lifts what it had suspended itself; items: empty means all of that."""

    document: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementTerminated(Event):
    """A party ends the agreement after a day, by the notice that its text asks for.

    last_day: the last on which it is in force, in China time, as YYYY-MM-DD. ground: a code.
    """

    document: str
    ground: str
    last_day: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementWithdrawn(Event):
    """One of two parties wants a text no more that not both have signed; it is void then.

    ground: a code.
    """

    document: str
    ground: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InstrumentCited(Event):
    """A published legal instrument is cited and counts for this pair from here on."""

    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementPublished(Event):
    """A party made the agreement public where its text says, as it owed before the effect.

    party: node name. published_on: the day in China time, as YYYY-MM-DD.
    """

    document: str
    party: str
    published_on: str


class DepositStep(StrEnum):
    """What a depositary puts in order for all parties."""

    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"
    EXITED = "exited"


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyNote:
    """A party's portable note, and whose it is."""

    party: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementLeft(Event):
    """A party tells the depositary that it leaves: before all have signed, or by notice after.

    last_day: the last on which it is bound, as YYYY-MM-DD in China time. ground: a code. note: the
    party's portable note that says so.
    """

    document: str
    last_day: str
    ground: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementDeposited(Event):
    """The depositary's word on a step, whoever forwards it.

    note: the depositary's portable note. enclosed: the parties' notes on which it rests. party,
    last_day, ground: of the party that left, "" where all have signed.
    """

    document: str
    step: DepositStep
    note: str
    enclosed: tuple[PartyNote, ...]
    party: str = ""
    last_day: str = ""
    ground: str = ""
