"""What a check of a proof of misbehaviour found, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.core.home.events import SignedAs
from tongban.core.words import Words
from tongban.node.bundles.report import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One of the two checkpoints; root: in hexadecimal digits."""

    origin: str
    size: int
    root: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MisbehaviourReport:
    """Verified when no problem was found; then `accused` signed both statements.

    signed_as, statements: None and empty where files were changed, so that nothing was looked at.
    noticed_at: when the accuser says that it saw this, None where the file does not say. case and
    entries are those of every report of `tongban evidence verify`, and empty here.
    """

    verified: bool
    accused: str
    signed_as: SignedAs | None
    statements: tuple[Statement, ...]
    noticed_at: datetime | None
    exported_by: str
    exported_at: datetime
    anchored: bool
    problems: tuple[Problem, ...]
    proven: tuple[Words, ...]
    not_proven: tuple[Words, ...]
    fingerprints: Mapping[str, str]
    case: str = ""
    entries: tuple[object, ...] = ()
