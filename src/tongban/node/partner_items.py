"""Partners' items, as the newest versions of their catalogues name them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tongban.core.canonical import decode
from tongban.core.cases.process import Process
from tongban.core.catalogues.state import CatalogueState, StandingLine, Withdrawal
from tongban.core.items.item import Item
from tongban.logs.rows import View
from tongban.node.catalogue_changes import catalogues_token
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerItem:
    """An item with the processes that its modes name; withdrawal: None while it is on the list."""

    item: Item
    processes: Mapping[str, Process]
    withdrawal: Withdrawal | None = None

    def taken_on(self, day: date) -> bool:
        """Whether applications are taken in on that day."""
        gone = self.withdrawal
        open_yet = gone is None or day < date.fromisoformat(gone.from_day)
        return open_yet and self.item.in_effect_on(day)


class PartnerItems:
    """Kept in memory, and read anew when a catalogue changed; one a node, for every thread."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._known: tuple[str, Mapping[str, PartnerItem]] = ("", {})

    def by_code(self) -> Mapping[str, PartnerItem]:
        """Everything that partners published, also what they withdrew since."""
        with self._kernel.database.read() as connection:
            token = catalogues_token(self._kernel, connection)
            known = self._known
            if known[0] != token:
                known = self._known = (token, dict(self._read(connection)))
        return known[1]

    def _read(self, connection: Connection) -> Iterator[tuple[str, PartnerItem]]:
        for state in catalogues_of_partners(self._kernel, connection):
            yield from self._of(connection, state)

    def _of(
        self, connection: Connection, state: CatalogueState
    ) -> Iterator[tuple[str, PartnerItem]]:
        lines: Iterable[StandingLine | Withdrawal] = (*state.withdrawn, *state.lines)
        for line in lines:
            item = self._kernel.library.item(connection, line.document)
            if item is None:
                # It was readable when it was admitted; an update may have grown stricter.
                continue
            gone = line if isinstance(line, Withdrawal) else None
            processes = dict(self._processes(connection, line.processes))
            yield line.item, PartnerItem(item=item, processes=processes, withdrawal=gone)

    def _processes(
        self, connection: Connection, digests: Iterable[str]
    ) -> Iterator[tuple[str, Process]]:
        for digest in digests:
            process = self._kernel.library.process(connection, digest)
            if process is not None:
                yield process.name, process


def catalogues_of_partners(kernel: Kernel, connection: Connection) -> Iterator[CatalogueState]:
    """Where each partner's catalogue stands here."""
    for row in kernel.store.states(connection, View.OWN, "catalogue"):
        peer, _, publisher = row.id.partition("/")
        if row.data and peer == publisher:
            yield decode(row.data, CatalogueState)
