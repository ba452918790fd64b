"""Answering what a node asks of its own catalogue: one event, or a Refusal."""

from dataclasses import dataclass, replace
from datetime import datetime

from tongban.core.catalogues.commands import Publish, PublishRule
from tongban.core.catalogues.events import CataloguePublished
from tongban.core.catalogues.permit import Shelf, permit
from tongban.core.catalogues.refusals import CatalogueGround, refuse
from tongban.core.catalogues.rules import PUBLISHED
from tongban.core.catalogues.state import CatalogueState, advanced, list_digest
from tongban.core.decided import Decided
from tongban.core.refusal import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueContext:
    """party: this node. now: the instant that the entry will carry."""

    party: str
    now: datetime
    shelf: Shelf


def decide(
    state: CatalogueState | None, command: Publish | PublishRule, context: CatalogueContext
) -> tuple[Decided, ...] | Refusal:
    """The next version for the channel to the partner, of the list or of a rule, or why not."""
    if isinstance(command, PublishRule):
        return _rule(state, command, context)
    return _list(state, command, context)


def _rule(
    state: CatalogueState | None, command: PublishRule, context: CatalogueContext
) -> tuple[Decided, ...] | Refusal:
    event = PUBLISHED[command.kind](
        number=command.number, version=command.version, document=command.document
    )
    refusal = permit(state, command.publisher, event, writer=context.party, shelf=context.shelf)
    return refusal or (Decided(event=event),)


def _list(
    state: CatalogueState | None, command: Publish, context: CatalogueContext
) -> tuple[Decided, ...] | Refusal:
    known = (state or CatalogueState(publisher=command.publisher)).foreseen
    if command.after not in {None, known.version}:
        return refuse(CatalogueGround.VERSION_OUT_OF_ORDER, str(known.version + 1))
    unlisted = {line.item for line in command.withdrawn} - {line.item for line in known.lines}
    if unlisted:
        return refuse(CatalogueGround.NOT_ON_THE_LIST, min(unlisted))
    event = CataloguePublished(
        version=known.version + 1,
        list_digest="",
        published=command.published,
        withdrawn=command.withdrawn,
    )
    event = replace(event, list_digest=list_digest(advanced(known, event, context.now)))
    refusal = permit(state, command.publisher, event, writer=context.party, shelf=context.shelf)
    return refusal or (Decided(event=event),)
