"""The items that officers of this node published themselves, as its home log says.

Each publication is an entry that names listings; a listing is a document that names items, their
versions and their documents. What stands is what the entries say one after the other, so nothing
needs a table of its own, and whoever reads the log can prove what was published when.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tongban.core import canonical
from tongban.core.entry import Actor, Subject, SubjectKind
from tongban.core.home.events import ItemsPublished
from tongban.core.items.document import item_digest
from tongban.core.items.item import Item
from tongban.core.items.succession import base_of, newest_of, succeeded
from tongban.logs.rows import LogKind
from tongban.node.desk import Beside
from tongban.node.effects import Effects
from tongban.node.faults import BrokenInvariant, ItemsChanged
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.published import Published
from tongban.node.work import Draft, Work, readable

#: A line is some 150 bytes, and a document at most a million.
_LINES_MAX = 5_000
_TYPE = "items.published"


@dataclass(frozen=True, kw_only=True, slots=True)
class ListingLine:
    """One version of one item; digest: of its document."""

    item: str
    version: int
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A part of one publication."""

    items: tuple[ListingLine, ...]


class OwnItems:
    """What this node's officers published; every call is one transaction of its own."""

    def __init__(self, kernel: Kernel, published: Published) -> None:
        self._kernel = kernel
        self._published = published

    def versions(self) -> Mapping[str, tuple[Item, ...]]:
        """This node's items by code: the version that holds, then those that are to come."""
        return self._published.versions(self._kernel.identity.name)

    def newest(self) -> Mapping[str, Item]:
        """This node's items by code, each in the version that was published last."""
        return {code: newest_of(each) for code, each in self.versions().items()}

    def publish(
        self,
        items: Sequence[Item],
        *,
        actor: Actor,
        bases: Mapping[str, int] = MappingProxyType({}),
        beside: Beside | None = None,
    ) -> None:
        """Offer these versions from now on, and put it on the home log.

        A version that takes effect later stands beside the one that holds until then. bases: by
        code the version that was changed, where its first day does not say it. beside: writes
        something of its own in the same transaction. Raises ItemsChanged, and does nothing, where
        one of them does not follow on what stands.
        """
        standing = self.versions()
        versions = [
            each
            for item in items
            for each in self._versions(item, standing.get(item.code, ()), bases.get(item.code))
        ]

        def record(connection: Connection) -> None:
            self._record(connection, versions, len(items), actor)
            if beside is not None:
                beside(connection)

        self._check_succession(items, standing)
        self._published.publish(versions, (), beside=record)

    def recall(self) -> list[Item]:
        """What the log says that stands, each item's versions in their order."""
        with self._kernel.database.read() as connection:
            standing: dict[str, list[ListingLine]] = {}
            for event in self._told(connection):
                fresh: dict[str, list[ListingLine]] = {}
                for line in self._lines(connection, event):
                    fresh.setdefault(line.item, []).append(line)
                standing |= fresh
            return [self._item(connection, line) for lines in standing.values() for line in lines]

    def _check_succession(
        self, items: Sequence[Item], standing: Mapping[str, tuple[Item, ...]]
    ) -> None:
        today = self._published.today()
        for item in items:
            versions = standing.get(item.code)
            before = newest_of(versions) if versions else None
            if before is not None and item.version != before.version + 1:
                raise ItemsChanged(
                    f"version {before.version} of {item.code} stands now, and version "
                    f"{item.version} does not follow on it; check the file again"
                )
            if item.effective_from is not None and item.effective_from < today:
                raise ItemsChanged(
                    f"the first day of {item.code}, {item.effective_from}, has passed before it "
                    "was published; check the file again with another one, or with none"
                )

    def _versions(self, item: Item, standing: tuple[Item, ...], base: int | None) -> Sequence[Item]:
        """This one, and those that hold before and after it."""
        if self._published.find(item.code) is None:
            return (item,)
        today = self._published.today()
        changed = next((each for each in standing if each.version == base), None)
        return succeeded(standing, item, changed or base_of(standing, item, today), today)

    def _record(
        self, connection: Connection, versions: Sequence[Item], count: int, actor: Actor
    ) -> None:
        work = Work(self._kernel, connection, self._kernel.clock.now())
        event = ItemsPublished(listings=self._put_listings(connection, versions), items=count)
        subject = Subject(kind=SubjectKind.NODE, id=self._kernel.identity.name)
        Effects(work, "").append_home([Draft(event=event, subject=subject, actor=actor)])
        work.close()

    def _put_listings(self, connection: Connection, versions: Sequence[Item]) -> tuple[str, ...]:
        lines = [
            ListingLine(item=each.code, version=each.version, digest=item_digest(each))
            for each in versions
        ]
        parts = [lines[n : n + _LINES_MAX] for n in range(0, len(lines), _LINES_MAX)]
        return tuple(
            self._kernel.library.put(connection, canonical.encode(Listing(items=tuple(part))))
            for part in parts
        )

    def _told(self, connection: Connection) -> Iterator[ItemsPublished]:
        store = self._kernel.store
        log = store.find_log(connection, kind=LogKind.HOME, peer="")
        for row in store.entries_of(connection, log, _TYPE) if log is not None else ():
            entry = readable(row.data)
            if entry is not None and isinstance(entry.event, ItemsPublished):
                yield entry.event

    def _lines(self, connection: Connection, event: ItemsPublished) -> Iterator[ListingLine]:
        for name in event.listings:
            document = self._kernel.store.document(connection, name)
            if document is None:
                raise BrokenInvariant(f"the home log names a listing {name} that is not kept here")
            yield from canonical.decode(document, Listing).items

    def _item(self, connection: Connection, line: ListingLine) -> Item:
        item = self._kernel.library.own_item(connection, line.digest)
        if item is None:
            raise BrokenInvariant(f"a listing names an item {line.digest} that is not kept here")
        return item
