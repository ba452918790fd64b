"""Finding the node's items in plain words; the index follows what the node publishes."""

import threading
from collections.abc import Sequence

from django.conf import settings

from tongban.catalogue.acts import load_acts
from tongban.catalogue.colloquial import load_colloquial
from tongban.catalogue.divisions import load_divisions
from tongban.catalogue.other_authorities import load_other_matters
from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.pages.node_access import current_node
from tongban.pages.places import every_place
from tongban.pages.reach import NodeReach
from tongban.search.acts import Acts
from tongban.search.elsewhere import Elsewhere
from tongban.search.engines import engine_for
from tongban.search.entry import entry_of
from tongban.search.finder import Finder, Found, Wanted
from tongban.search.index import SearchIndex
from tongban.search.meaning import Meaning
from tongban.search.models import load_model
from tongban.search.question import Colloquial, PlaceNames
from tongban.search.vocabulary import Vocabulary


class _Indexed:
    """The items as they were when they were indexed, and the finder over them."""

    def __init__(self, items: Sequence[Item], places: Sequence[Place]) -> None:
        self.items = {item.code: item for item in items}
        self._told = tuple(items)
        self._places = tuple(places)
        self.index: SearchIndex = engine_for(len(items)).write(map(entry_of, items), None)
        names = PlaceNames(load_divisions(), places)
        colloquial = Colloquial(load_colloquial())
        self.finder = Finder(
            self.index,
            names,
            colloquial,
            NodeReach(self.items),
            elsewhere=Elsewhere(load_other_matters()),
            acts=Acts(load_acts()),
            meaning=_meaning(self.index),
        )

    def stands_for(self, items: Sequence[Item], places: Sequence[Place]) -> bool:
        """Whether these are the very same items; a new version of one is another object."""
        return (
            len(items) == len(self._told)
            and all(one is other for one, other in zip(items, self._told, strict=True))
            and tuple(places) == self._places
        )


def _meaning(index: SearchIndex) -> Meaning | None:
    """Search by meaning, where the operator wants it; the model reads the items aside."""
    model = load_model() if settings.TONGBAN_SEARCH_BY_MEANING else None
    return Meaning(index, model, waits=False) if model else None


_current: list[_Indexed] = []
_making = threading.Lock()


def find_items(wanted: Wanted) -> Found:
    """What fits of the items that this node knows, and whether it works from here."""
    return _indexed().finder.find(wanted)


def found_item(code: str) -> Item:
    """The item of a result."""
    return _indexed().items[code]


def known_words() -> Vocabulary:
    """The words of the items that this node knows."""
    return _indexed().index.vocabulary


def _indexed() -> _Indexed:
    """Made at the first search, and again for other items or places."""
    items = current_node().items()
    with _making:
        places = every_place()
        if not _current or not _current[0].stands_for(items, places):
            _current[:] = [_Indexed(items, places)]
        return _current[0]
