"""Versions of common standards (统一标准) that stand beside a node's list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tongban.core.catalogues.events import StandardPublished
from tongban.core.catalogues.refusals import CatalogueGround, refuse
from tongban.core.items.standard import Standard
from tongban.core.refusal import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardVersion:
    """One that was published; document: its digest. at: when the other side was told."""

    number: str
    version: int
    document: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingStandard:
    """One whose outcome its own writer does not know yet."""

    entry: str
    at: datetime
    event: StandardPublished


def newest_version(standing: Iterable[StandardVersion], number: str) -> int:
    """The greatest version of a standard; 0 before the first."""
    return max((each.version for each in standing if each.number == number), default=0)


def with_standard(
    standing: Iterable[StandardVersion], event: StandardPublished, at: datetime
) -> tuple[StandardVersion, ...]:
    """What stands after one more took effect; earlier ones stay."""
    added = StandardVersion(
        number=event.number, version=event.version, document=event.document, at=at
    )
    return tuple(sorted((*standing, added), key=lambda each: (each.number, each.version)))


def permit_standard(
    standing: Iterable[StandardVersion],
    event: StandardPublished,
    standard: Standard | None,
    *,
    publisher: str,
) -> Refusal | None:
    """Why this version is refused, or None; standard: what can be read of its document."""
    if standard is None:
        return refuse(CatalogueGround.STANDARD_UNREADABLE, event.number)
    if standard.publisher != publisher:
        return refuse(CatalogueGround.NOT_THE_PUBLISHER, event.number)
    if (standard.number, standard.version) != (event.number, event.version):
        return refuse(CatalogueGround.STANDARD_UNREADABLE, event.number)
    if event.version <= newest_version(standing, event.number):
        return refuse(CatalogueGround.STANDARD_OUT_OF_ORDER, event.number)
    return None
