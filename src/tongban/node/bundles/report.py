"""What a check of a bundle found, as values that become JSON or a page for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from tongban.core.entry import Actor, BasisKind
from tongban.core.records.events import ObjectionGround
from tongban.core.records.state import Backing
from tongban.core.words import Words


class Effect(StrEnum):
    """What the addressee's outcome made of an entry.

    UNSETTLED: no outcome about the entry is in the bundle, or none that binds.
    NOT_DUE: outcomes, openings and home entries have no outcome.
    """

    TAKEN_EFFECT = "taken_effect"
    REFUSED = "refused"
    UNSETTLED = "unsettled"
    NOT_DUE = "not_due"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that does not hold; code is for programs, words are for people."""

    code: str
    words: Words

    @classmethod
    def of(cls, code: str, *, zh: str, en: str) -> Self:
        """The problem in both languages."""
        return cls(code=code, words=Words(zh=zh, en=en))


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyReport:
    """A body that an entry commits to; included: it is in the bundle, and is that body."""

    name: str
    media: str
    size: int
    included: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BasisReport:
    """By what right somebody acted; number: of the agreement or instrument, "" where unknown."""

    kind: BasisKind
    number: str
    clause: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryReport:
    """One entry, in causal order.

    event: the statement's own fields, as the entry has them. about_case: false for entries that
    only support the others. reader: "" for a home log. proven: in a bundle that is verified,
    signed by the writer and countersigned by the reader at cosigned_at, which is the reader's
    claim. received_at, available_at: what the addressee's outcome states. log_vkey, cosigner_vkeys:
    under which its proof file holds on its own, as the bundle's descriptors name them; "" where the
    writer has none. signed_for_by: the node whose people hold the key that signed it, "" where
    it is the writer's own; cosigned_for_by: the same of the countersignature. backing,
    cosignature_backing: whether the node for which it was done stands behind it by now;
    objection: why not, where it objects.
    """

    number: int
    type: str
    event: Mapping[str, Any]
    actor: Actor
    basis: BasisReport | None
    about_case: bool
    writer: str
    reader: str
    at: datetime
    proven: bool
    cosigned_at: datetime | None
    outcome: Effect
    ground: str
    received_at: datetime | None
    available_at: datetime | None
    log_vkey: str
    cosigner_vkeys: tuple[str, ...]
    bodies: tuple[BodyReport, ...]
    signed_for_by: str = ""
    cosigned_for_by: str = ""
    backing: Backing | None = None
    objection: ObjectionGround | None = None
    cosignature_backing: Backing | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BundleReport:
    """Verified when no problem was found.

    anchored: the keys were compared with a list of the reader's own. titles and fingerprints: of
    the parties, by node name; titles are what they call themselves, fingerprints what operators
    compare when they pair.
    """

    verified: bool
    case: str
    exported_by: str
    exported_at: datetime
    anchored: bool
    entries: tuple[EntryReport, ...]
    problems: tuple[Problem, ...]
    proven: tuple[Words, ...]
    not_proven: tuple[Words, ...]
    titles: Mapping[str, Words]
    fingerprints: Mapping[str, str]
