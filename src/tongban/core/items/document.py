"""An item as bytes that travel, and as its author wrote it."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from tongban.core import canonical
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid, NotCanonical
from tongban.core.items.consistency import find_contradictions
from tongban.core.items.item import Item
from tongban.core.items.problem import Problem
from tongban.core.items.publication import find_omissions
from tongban.core.kinds import decoder_of
from tongban.core.later import leave_out


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


def reread_item(document: bytes, name: str) -> Item:
    """Read a document that `item_document` made here before, by its digest.

    The digest stands for every check that it passed then: a city's whole catalogue is read at each
    start, and making all its documents again would take longer than everything else. Raises
    NotCanonical for other bytes.
    """
    if canonical.digest(document) != name:
        raise NotCanonical(f"the document {name} has other bytes than were put there")
    try:
        return decoder_of(Item).decode(document)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotCanonical(f"not an Item: {error}") from error


def item_document(item: Item) -> bytes:
    """The canonical bytes that are published and that travel with a case."""
    return canonical.encode(leave_out(item))


def item_digest(item: Item) -> str:
    """What a case pins."""
    return canonical.digest(item_document(item))


def _raise_first(problems: Iterator[Problem]) -> None:
    for problem in problems:
        raise DocumentInvalid(problem.field, problem.reason.en, problem.remedy.en)
