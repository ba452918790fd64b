"""The items and processes that this node knows: today's, and those of any day before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tongban.core.cases.process import Process, process_document
from tongban.core.china_time import china_day
from tongban.core.items.document import item_document
from tongban.core.items.item import Item
from tongban.logs.rows import Publication
from tongban.node.faults import UnknownItem
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection


class Published:
    """Versions by implementation code; a running case keeps the version it pinned."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._items: dict[str, tuple[Item, ...]] = {}
        self._processes: dict[str, Process] = {}

    def publish(self, items: Iterable[Item], processes: Iterable[Process]) -> None:
        """Keep the documents for ever and offer these versions from now on.

        For each code they take the place of what stood; several of one code are versions that
        take effect one after the other.
        """
        by_code: defaultdict[str, dict[int, Item]] = defaultdict(dict)
        for item in items:
            by_code[item.code][item.version] = item
        by_name = {process.name: process for process in processes}
        with self._kernel.database.write() as connection:
            for process in by_name.values():
                self._kernel.library.put(connection, process_document(process))
            self._note(connection, by_code)
        self._items |= {code: tuple(found.values()) for code, found in by_code.items()}
        self._processes |= by_name

    def withdraw(self, codes: Iterable[str]) -> None:
        """Offer these items no more; what they were stays readable, and cases go on."""
        gone = set(codes)
        with self._kernel.database.write() as connection:
            today = self.today()
            for row in self._kernel.store.standing_publications(connection):
                if row.item in gone:
                    self._end(connection, row, today)
        for code in gone:
            self._items.pop(code, None)

    def items(self) -> Sequence[Item]:
        """Every item that can be applied for today, this node's own and its partners'."""
        today = self.today()
        return tuple(
            item
            for versions in self._items.values()
            for item in versions
            if item.in_effect_on(today)
        )

    def find(self, code: str) -> Item | None:
        """The version of this item in effect today, else the last one; None for no item."""
        versions = self._items.get(code, ())
        if len(versions) > 1:
            today = self.today()
            versions = tuple(each for each in versions if each.in_effect_on(today)) or versions
        return versions[-1] if versions else None

    def item(self, code: str) -> Item:
        """The item of this code; raises UnknownItem."""
        found = self.find(code)
        if found is None:
            raise UnknownItem(f"no item {code} is published here")
        return found

    def process(self, name: str) -> Process:
        """The process of this name, as items name it."""
        return self._processes[name]

    def standing(self) -> Sequence[Publication]:
        """What stands now, also versions that are not in effect yet."""
        with self._kernel.database.read() as connection:
            return self._kernel.store.standing_publications(connection)

    def on(self, day: date) -> Sequence[tuple[Publication, Item]]:
        """What stood at some time of that day."""
        with self._kernel.database.read() as connection:
            rows = self._kernel.store.publications_on(connection, day)
            return self._with_items(connection, rows)

    def history(self, code: str) -> Sequence[tuple[Publication, Item]]:
        """Every version of one item, oldest first."""
        with self._kernel.database.read() as connection:
            rows = self._kernel.store.publications_of(connection, code)
            return self._with_items(connection, rows)

    def _note(self, connection: Connection, by_code: dict[str, dict[int, Item]]) -> None:
        """Write down what begins to stand, and end what it takes the place of."""
        standing: defaultdict[str, dict[str, Publication]] = defaultdict(dict)
        for row in self._kernel.store.standing_publications(connection):
            standing[row.item][row.digest] = row
        today = self.today()
        for code, versions in by_code.items():
            begun = {self._put(connection, item): item for item in versions.values()}
            for digest, row in standing[code].items():
                if digest not in begun:
                    self._end(connection, row, today)
            for digest, item in begun.items():
                if digest not in standing[code]:
                    self._begin(connection, digest, item, today)

    def _put(self, connection: Connection, item: Item) -> str:
        return self._kernel.library.put(connection, item_document(item))

    def _begin(self, connection: Connection, digest: str, item: Item, today: date) -> None:
        added = Publication(
            item=item.code,
            version=item.version,
            competent=item.competent,
            digest=digest,
            first_day=today,
        )
        self._kernel.store.add_publication(connection, added)

    def _end(self, connection: Connection, row: Publication, today: date) -> None:
        self._kernel.store.end_publication(connection, row.item, row.digest, today)

    def _with_items(
        self, connection: Connection, rows: Iterable[Publication]
    ) -> list[tuple[Publication, Item]]:
        read = ((row, self._kernel.library.item(connection, row.digest)) for row in rows)
        return [(row, item) for row, item in read if item is not None]

    def today(self) -> date:
        """The day in China on which this node stands."""
        return china_day(self._kernel.clock.now())
