"""What a node asks of itself about a partner; `decide` answers with events or a Refusal."""

from dataclasses import dataclass

from tongban.core.catalogues.events import PublishedLine, RuleKind, WithdrawnLine
from tongban.core.entry import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueCommand:
    """publisher: name of the node whose catalogue it is, always the one that is asked."""

    publisher: str
    actor: Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class Publish(CatalogueCommand):
    """Tell the partner the next version of the list, which is these lines further on.

    after: number of the version from which the lines were computed, so that of two who tell at the
    same moment one says nothing; None where they hold whatever the list says.
    """

    published: tuple[PublishedLine, ...] = ()
    withdrawn: tuple[WithdrawnLine, ...] = ()
    after: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishRule(CatalogueCommand):
    """Tell the partner a version of a standard, a mandate or advice; document: its digest."""

    kind: RuleKind
    number: str
    version: int
    document: str
