"""What both sides ask of a version of a catalogue, so that they answer alike."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tongban.core.cases.process import Process
from tongban.core.catalogues.events import (
    CataloguePublished,
    PublishedLine,
    RulePublished,
)
from tongban.core.catalogues.refusals import CatalogueGround, refuse
from tongban.core.catalogues.rules import Rule, permit_rule
from tongban.core.catalogues.state import CatalogueState, advanced, list_digest
from tongban.core.china_time import read_day
from tongban.core.entry import Event
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal

#: A version fits into an entry with room to spare.
LINES_MAX = 50

_ANY_INSTANT = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """What can be read of the documents that travelled beside the entry, by digest."""

    items: Mapping[str, Item]
    processes: Mapping[str, Process]
    rules: Mapping[str, Rule] = field(default_factory=dict)


def permit(
    state: CatalogueState | None, publisher: str, event: Event, *, writer: str, shelf: Shelf
) -> Refusal | None:
    """Why this version of the list or of a rule is refused, or None where it is not.

    publisher: whose catalogue the entry is about. writer: of the log on which it stands.
    """
    known = (state or CatalogueState(publisher=publisher)).foreseen
    if publisher == writer and isinstance(event, CataloguePublished):
        refusals = (rule(known, event, shelf) for rule in _RULES)
        return next((refusal for refusal in refusals if refusal), None)
    if publisher == writer and isinstance(event, RulePublished):
        rule = shelf.rules.get(event.document)
        return permit_rule(known.rules, event, rule, publisher=publisher)
    return refuse(CatalogueGround.NOT_THE_PUBLISHER, publisher)


def _order(state: CatalogueState, event: CataloguePublished, _shelf: Shelf) -> Refusal | None:
    if event.version == state.version + 1:
        return None
    return refuse(CatalogueGround.VERSION_OUT_OF_ORDER, str(event.version))


def _form(_state: CatalogueState, event: CataloguePublished, _shelf: Shelf) -> Refusal | None:
    items = Counter([line.item for line in event.published])
    items.update(line.item for line in event.withdrawn)
    if not 0 < items.total() <= LINES_MAX:
        return refuse(CatalogueGround.CATALOGUE_MALFORMED, f"{items.total()} lines")
    twice = next((item for item, times in items.items() if times > 1), None)
    if twice is not None:
        return refuse(CatalogueGround.CATALOGUE_MALFORMED, twice)
    if not all(read_day(line.from_day) for line in event.withdrawn):
        return refuse(CatalogueGround.CATALOGUE_MALFORMED, "from_day")
    return None


def _items(state: CatalogueState, event: CataloguePublished, shelf: Shelf) -> Refusal | None:
    refusals = (_item(state.publisher, line, shelf) for line in event.published)
    return next((refusal for refusal in refusals if refusal), None)


def _item(publisher: str, line: PublishedLine, shelf: Shelf) -> Refusal | None:
    """Only the authority that decides an item publishes it; what nobody could apply for is no item.

    Its processes travel with it, since the one who takes an application in follows them.
    """
    item = shelf.items.get(line.document)
    if item is None or item.code != line.item:
        return refuse(CatalogueGround.ITEM_UNREADABLE, line.item)
    if item.competent != publisher:
        return refuse(CatalogueGround.NOT_COMPETENT_FOR_ITEM, line.item)
    read = [shelf.processes.get(digest) for digest in line.processes]
    brought = {(process.name, process.mode) for process in read if process is not None}
    if brought != {(offer.process, offer.mode) for offer in item.modes} or None in read:
        return refuse(CatalogueGround.ITEM_PROCESS_MISSING, line.item)
    return None


def _listed(state: CatalogueState, event: CataloguePublished, _shelf: Shelf) -> Refusal | None:
    listed = {line.item: line for line in state.lines}
    for gone in event.withdrawn:
        if gone.item not in listed:
            return refuse(CatalogueGround.NOT_ON_THE_LIST, gone.item)
    return None


def _list(state: CatalogueState, event: CataloguePublished, _shelf: Shelf) -> Refusal | None:
    if list_digest(advanced(state, event, _ANY_INSTANT)) == event.list_digest:
        return None
    return refuse(CatalogueGround.LIST_DIFFERS, event.list_digest)


#: In this order: what comes first makes sense of what follows.
_RULES: tuple[Callable[[CatalogueState, CataloguePublished, Shelf], Refusal | None], ...] = (
    _order,
    _form,
    _items,
    _listed,
    _list,
)
