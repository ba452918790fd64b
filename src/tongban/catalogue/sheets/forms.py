"""Forms by the names that spreadsheets call them by, as they are in a place."""

from functools import lru_cache

from tongban.catalogue import expand_form_of, load_basic_codes
from tongban.core.items.form import Form
from tongban.core.items.item import Item
from tongban.core.items.lists import ListLine

#: More forms than the items of one city can name.
_KEPT = 4_096


def form_named(key: str, item: Item) -> Form:
    """The form of this basic entry, without what the item's list of data used brings."""
    lines = item.lists.data_used if item.lists else ()
    return _form(key, item.place, lines)


def name_of_form(item: Item) -> str | None:
    """The key of the basic entry whose form the item has; None for a form of its own."""
    key = load_basic_codes().get(item.basic_code)
    return key if key and form_named(key, item) == item.form else None


@lru_cache(maxsize=_KEPT)
def _form(key: str, place: str, lines: tuple[ListLine, ...]) -> Form:
    return expand_form_of(key, place, lines)
