"""An item as bytes that travel, and as its author wrote it."""

from collections.abc import Iterator, Mapping
from typing import Any

from tongban.core import canonical
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid
from tongban.core.items.consistency import find_contradictions
from tongban.core.items.item import Item
from tongban.core.items.later import leave_out
from tongban.core.items.problem import Problem
from tongban.core.items.publication import find_omissions


def parse_item(mapping: Mapping[str, Any]) -> Item:
    """Read an item as its author wrote it; raises DocumentInvalid naming the field."""
    item = parse_document(mapping, Item)
    _raise_first(find_problems(item))
    return item


def find_problems(item: Item) -> Iterator[Problem]:
    """Everything that keeps the item from being published, as far as it can see by itself."""
    yield from find_contradictions(item)
    yield from find_omissions(item)


def check_item(item: Item) -> Item:
    """The same item, when its fields agree with each other; raises DocumentInvalid."""
    _raise_first(find_contradictions(item))
    return item


def read_item(document: bytes) -> Item:
    """Read an item's canonical document; raises NotCanonical or DocumentInvalid.

    Held only against what software relies on: a case may have pinned it before a rule for authors
    was made.
    """
    return check_item(canonical.decode(document, Item, item_document))


def item_document(item: Item) -> bytes:
    """The canonical bytes that are published and that travel with a case."""
    return canonical.encode(leave_out(item))


def item_digest(item: Item) -> str:
    """What a case pins."""
    return canonical.digest(item_document(item))


def _raise_first(problems: Iterator[Problem]) -> None:
    for problem in problems:
        remedy = problem.remedy.en if problem.remedy else ""
        raise DocumentInvalid(problem.field, problem.reason.en, remedy)
