"""Standards, mandates and advice that a node publishes beside its list; none binds anybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.core.catalogues.events import (
    AdvicePublished,
    MandatePublished,
    RuleKind,
    RulePublished,
    StandardPublished,
)
from tongban.core.catalogues.refusals import CatalogueGround, refuse
from tongban.core.items.standard import Standard
from tongban.core.mandates.advice import Advice
from tongban.core.mandates.mandate import Mandate
from tongban.core.refusal import Refusal

Rule = Standard | Mandate | Advice

PUBLISHED: Mapping[RuleKind, type[RulePublished]] = {
    RuleKind.STANDARD: StandardPublished,
    RuleKind.MANDATE: MandatePublished,
    RuleKind.ADVICE: AdvicePublished,
}
_KINDS = {published: kind for kind, published in PUBLISHED.items()}
_CONTENTS: Mapping[RuleKind, type[Rule]] = {
    RuleKind.STANDARD: Standard,
    RuleKind.MANDATE: Mandate,
    RuleKind.ADVICE: Advice,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleVersion:
    """One that was published; document: its digest. at: when the other side was told."""

    kind: RuleKind
    number: str
    version: int
    document: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingRule:
    """One whose outcome its own writer does not know yet."""

    entry: str
    rule: RuleVersion


def kind_of(event: RulePublished) -> RuleKind:
    """What the event publishes."""
    return _KINDS[type(event)]


def rule_version(event: RulePublished, at: datetime) -> RuleVersion:
    """What stands beside the list once the event took effect."""
    return RuleVersion(
        kind=kind_of(event),
        number=event.number,
        version=event.version,
        document=event.document,
        at=at,
    )


def newest_version(standing: Iterable[RuleVersion], kind: RuleKind, number: str) -> int:
    """The greatest version of a rule; 0 before the first."""
    series = (each.version for each in standing if (each.kind, each.number) == (kind, number))
    return max(series, default=0)


def with_rule(standing: Iterable[RuleVersion], rule: RuleVersion) -> tuple[RuleVersion, ...]:
    """What stands after one more took effect; earlier ones stay."""
    return tuple(sorted((*standing, rule), key=_place))


def permit_rule(
    standing: Iterable[RuleVersion],
    event: RulePublished,
    rule: Rule | None,
    *,
    publisher: str,
) -> Refusal | None:
    """Why this version is refused, or None; rule: what can be read of its document."""
    kind = kind_of(event)
    unreadable, out_of_order = _GROUNDS[kind]
    if not isinstance(rule, _CONTENTS[kind]):
        return refuse(unreadable, event.number)
    if rule.publisher != publisher:
        return refuse(CatalogueGround.NOT_THE_PUBLISHER, event.number)
    if (rule.number, rule.version) != (event.number, event.version):
        return refuse(unreadable, event.number)
    if event.version <= newest_version(standing, kind, event.number):
        return refuse(out_of_order, event.number)
    return None


def _place(rule: RuleVersion) -> tuple[str, str, int]:
    return rule.kind, rule.number, rule.version


_GROUNDS: Mapping[RuleKind, tuple[CatalogueGround, CatalogueGround]] = {
    RuleKind.STANDARD: (CatalogueGround.STANDARD_UNREADABLE, CatalogueGround.STANDARD_OUT_OF_ORDER),
    RuleKind.MANDATE: (CatalogueGround.MANDATE_UNREADABLE, CatalogueGround.MANDATE_OUT_OF_ORDER),
    RuleKind.ADVICE: (CatalogueGround.ADVICE_UNREADABLE, CatalogueGround.ADVICE_OUT_OF_ORDER),
}
