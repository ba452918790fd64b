"""The items and processes that this node knows: today's, and those of any day before.

Its own are published here; its partners' come over the channels (node/partner_items.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from tongban.core.cases.events import Mode
from tongban.core.cases.process import Process, process_document
from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.china_time import china_day
from tongban.core.items.document import item_document
from tongban.core.items.item import Item
from tongban.logs.rows import OwnWithdrawal, Publication
from tongban.node.faults import UnknownItem
from tongban.node.kernel import Kernel
from tongban.node.partner_items import PartnerItem, PartnerItems
from tongban.node.ports import Connection


class Published:
    """Versions by implementation code; a running case keeps the version it pinned."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._items: dict[str, tuple[Item, ...]] = {}
        self._processes: dict[str, Process] = {}
        self._partners = PartnerItems(kernel)
        self._withdrawn: dict[str, OwnWithdrawal] = {}
        self.revision = 0

    def remember(self) -> None:
        """Read what officers withdrew before this start; once, when the tables are there."""
        with self._kernel.database.read() as connection:
            rows = self._kernel.store.withdrawals(connection)
        self._withdrawn = {row.item: row for row in rows}

    def publish(
        self,
        items: Iterable[Item],
        processes: Iterable[Process],
        *,
        beside: Callable[[Connection], None] | None = None,
    ) -> None:
        """Keep the documents for ever and offer these versions from now on.

        For each code they take the place of what stood; several of one code are versions that
        take effect one after the other. What was withdrawn stays so until it has another version.
        beside: called last in the same transaction; when it raises, nothing was done.
        """
        by_code: defaultdict[str, dict[int, Item]] = defaultdict(dict)
        leaving: defaultdict[str, dict[int, Item]] = defaultdict(dict)
        for item in items:
            kept = leaving if self._stays_withdrawn(item) else by_code
            kept[item.code][item.version] = item
        by_name = {process.name: process for process in processes}
        with self._kernel.database.write() as connection:
            for process in by_name.values():
                self._kernel.library.put(connection, process_document(process))
            self._note(connection, by_code)
            for code in by_code.keys() & self._withdrawn.keys():
                self._kernel.store.forget_withdrawal(connection, code)
            if beside is not None:
                beside(connection)
        for code in by_code:
            self._withdrawn.pop(code, None)
        self.revision += 1
        # What is withdrawn from a later day on is taken in until then, also after a restart.
        for code, found in (leaving | by_code).items():
            self._items[code] = tuple(found.values())
        self._processes |= by_name

    def withdraw(
        self,
        codes: Iterable[str],
        *,
        reason: WithdrawalReason = WithdrawalReason.CLOSED,
        from_day: date | None = None,
        number: str = "",
    ) -> None:
        """Offer these items no more; what they were stays readable, and cases go on.

        from_day: the first on which nothing is taken in, today at the earliest. number: of the
        officer. Partners learn of it with the next version of the catalogue. What was said of an
        item that is withdrawn already stays.
        """
        gone = set(codes) - self._withdrawn.keys()
        today = self.today()
        first = max(from_day or today, today)
        said: dict[str, OwnWithdrawal] = {}
        with self._kernel.database.write() as connection:
            for row in self._kernel.store.standing_publications(connection):
                if row.item not in gone:
                    continue
                self._end(connection, row, first)
                if row.competent == self._kernel.identity.name:
                    line = OwnWithdrawal(
                        item=row.item,
                        digest=row.digest,
                        reason=reason,
                        from_day=first,
                        number=number,
                    )
                    self._kernel.store.put_withdrawal(connection, line)
                    said[row.item] = line
        for code in gone - said.keys():
            self._items.pop(code, None)
        self._withdrawn |= said
        self.revision += 1

    def items(self) -> Sequence[Item]:
        """Every item that can be applied for today, this node's own and its partners'."""
        today = self.today()
        partners = self._partners.by_code()
        own = (
            item
            for code, versions in self._items.items()
            if (item := _in_effect(versions, today)) is not None
            and self._is_taken(code, today)
            and not _tells(partners, item)
        )
        told = (
            each.item
            for code, each in partners.items()
            if each.taken_on(today) and not self._is_own(code)
        )
        return (*own, *told)

    def find(self, code: str) -> Item | None:
        """The version of this item in effect today, else the last one; None for no item."""
        told = self._partners.by_code().get(code)
        if told is not None and not self._is_own(code):
            return told.item if told.stands_on(self.today()) else None
        today = self.today()
        versions = self._items.get(code, ()) if self._is_taken(code, today) else ()
        if len(versions) > 1:
            return _in_effect(versions, today) or versions[-1]
        return versions[-1] if versions else None

    def version(self, digest: str) -> Item | None:
        """The version of an item with this document; None where it is not kept here."""
        with self._kernel.database.read() as connection:
            return self._kernel.library.item(connection, digest)

    def own(self) -> Sequence[Item]:
        """Every item that this node decides and that can be applied for today."""
        me = self._kernel.identity.name
        return tuple(item for item in self.items() if item.competent == me)

    def withdrawn(self) -> Sequence[OwnWithdrawal]:
        """Items of this node that take no new applications, or will not from a day on."""
        return tuple(self._withdrawn.values())

    def item(self, code: str) -> Item:
        """The item of this code; raises UnknownItem."""
        found = self.find(code)
        if found is None:
            raise UnknownItem(f"no item {code} is published here")
        return found

    def process(self, name: str) -> Process:
        """This node's process of this name, as its items name it."""
        return self._processes[name]

    def newest(self, competent: str) -> dict[str, Item]:
        """The last version of every item that this node decides, also if not in effect yet.

        Withdrawn ones are among them: what is published of them next follows on what they were.
        """
        gone = {row.item: self.version(row.digest) for row in self._withdrawn.values()}
        standing = {code: versions[-1] for code, versions in self._items.items()}
        found = standing | gone
        return {
            code: item
            for code, item in found.items()
            if item is not None and item.competent == competent
        }

    def process_for(self, code: str, mode: Mode) -> Process | None:
        """The process by which an item is handled in a mode, as its authority has it; or None."""
        item = self.find(code)
        name = item.process_for(mode) if item else None
        if item is None or name is None:
            return None
        told = self._partners.by_code().get(code)
        if told is not None and told.item is item:
            return told.processes.get(name)
        return self._processes.get(name)

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

    def _is_own(self, code: str) -> bool:
        versions = self._items.get(code, ())
        return any(item.competent == self._kernel.identity.name for item in versions)

    def _is_taken(self, code: str, day: date) -> bool:
        gone = self._withdrawn.get(code)
        return gone is None or day < gone.from_day

    def _stays_withdrawn(self, item: Item) -> bool:
        """Only a later version than the one that was withdrawn opens an item again."""
        gone = self._withdrawn.get(item.code)
        was = self.version(gone.digest) if gone else None
        return was is not None and item.version <= was.version

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

    def withdrawn_item(self, code: str) -> Item | None:
        """What an item was last that takes nothing new any more; None for any other."""
        if self.find(code) is not None:
            return None
        told = self._partners.by_code().get(code)
        own = self._withdrawn.get(code)
        if told is not None:
            return told.item
        return self.version(own.digest) if own else None

    def today(self) -> date:
        """The day in China on which this node stands."""
        return china_day(self._kernel.clock.now())


def _in_effect(versions: tuple[Item, ...], today: date) -> Item | None:
    """The last that may be applied for; a later version takes the place of an earlier one."""
    return next((each for each in reversed(versions) if each.in_effect_on(today)), None)


def _tells(partners: Mapping[str, PartnerItem], item: Item) -> bool:
    """Whether the authority itself has told of the item, which is what counts then."""
    told = partners.get(item.code)
    return told is not None and told.item.competent == item.competent
