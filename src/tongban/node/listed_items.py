"""Which 基本编码 an item has for published lists: the one that its authority told the other of."""

from tongban.core.catalogues.state import CatalogueState
from tongban.core.entry import BasisKind, Entry
from tongban.node.work import Work


def on_list(entry: Entry) -> bool:
    """Whether an entry says that it rests on a published list."""
    return entry.basis is not None and entry.basis.kind is BasisKind.INSTRUMENT


def told_basic_code(work: Work, catalogue: CatalogueState | None, item: str) -> str:
    """What the item's document on the authority's list says; "" where there is none.

    Also of a withdrawn item, whose cases go on. Both nodes hold list and document.
    """
    known = catalogue.foreseen if catalogue else None
    line = (known.line(item) or known.withdrawal(item)) if known else None
    told = work.kernel.library.item(work.connection, line.document) if line else None
    return told.basic_code if told else ""
