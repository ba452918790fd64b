"""Folding what was published beside one catalogue, list and rules, into where it stands."""

from dataclasses import replace

from tongban.core.catalogues.events import CataloguePublished, RulePublished
from tongban.core.catalogues.refusals import OF_ORDER
from tongban.core.catalogues.rules import PendingRule, rule_version, with_rule
from tongban.core.catalogues.state import CatalogueState, Pending, advanced
from tongban.core.entry import Entry
from tongban.core.faults import BrokenInvariant


def evolve(
    state: CatalogueState | None, entry: Entry, *, writer: str, viewer: str
) -> CatalogueState:
    """The state after an admitted version; for its own writer it waits until `settle`.

    Raises BrokenInvariant for any other entry.
    """
    known, event = state or CatalogueState(publisher=entry.subject.id), entry.event
    if isinstance(event, RulePublished):
        return _with_rule(known, entry, event, waits=viewer == writer)
    if not isinstance(event, CataloguePublished):
        raise BrokenInvariant(f"{type(event).__name__} on a catalogue")
    if viewer != writer:
        return advanced(known, event, entry.at)
    waiting = Pending(entry=entry.id, at=entry.at, event=event)
    return replace(known, pending=(*known.pending, waiting))


def settle(state: CatalogueState, entry: str, *, refused: str) -> CatalogueState:
    """The writer learns what became of a version; refused: the ground, "" where it took effect."""
    rule = next((each for each in state.rules_pending if each.entry == entry), None)
    if rule is not None:
        return _settled_rule(state, rule, refused)
    waiting = next((each for each in state.pending if each.entry == entry), None)
    if waiting is None:
        return state
    rest = replace(state, pending=tuple(each for each in state.pending if each is not waiting))
    if not refused:
        return advanced(rest, waiting.event, waiting.at)
    return rest if refused in OF_ORDER else _doubted(rest, waiting.event)


def _doubted(state: CatalogueState, event: CataloguePublished) -> CatalogueState:
    """One document of several may be what the partner did not take: each has to be told alone."""
    documents = tuple(line.document for line in event.published)
    if len(documents) == 1:
        return replace(state, refused=(*state.refused, *documents))
    return replace(state, suspects=(*state.suspects, *documents))


def _with_rule(
    state: CatalogueState, entry: Entry, event: RulePublished, *, waits: bool
) -> CatalogueState:
    rule = rule_version(event, entry.at)
    if not waits:
        return replace(state, rules=with_rule(state.rules, rule))
    waiting = PendingRule(entry=entry.id, rule=rule)
    return replace(state, rules_pending=(*state.rules_pending, waiting))


def _settled_rule(state: CatalogueState, waiting: PendingRule, refused: str) -> CatalogueState:
    """One that was refused is not told again: only the next version can be another."""
    rest = tuple(each for each in state.rules_pending if each is not waiting)
    state = replace(state, rules_pending=rest)
    if refused:
        return replace(state, refused=(*state.refused, waiting.rule.document))
    return replace(state, rules=with_rule(state.rules, waiting.rule))
