"""The items and processes that this node knows, as they stand today."""

from collections.abc import Iterable, Sequence

from tongban.core.cases.process import Process, process_document
from tongban.core.items.document import item_document
from tongban.core.items.item import Item
from tongban.node.faults import UnknownItem
from tongban.node.kernel import Kernel


class Published:
    """Today's versions by implementation code; a running case keeps the versions it pinned."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._items: dict[str, Item] = {}
        self._processes: dict[str, Process] = {}

    def publish(self, items: Iterable[Item], processes: Iterable[Process]) -> None:
        """Keep the documents for ever and offer these versions from now on."""
        by_code = {item.code: item for item in items}
        by_name = {process.name: process for process in processes}
        with self._kernel.database.write() as connection:
            for process in by_name.values():
                self._kernel.library.put(connection, process_document(process))
            for item in by_code.values():
                self._kernel.library.put(connection, item_document(item))
        self._items |= by_code
        self._processes |= by_name

    def items(self) -> Sequence[Item]:
        """Every item, this node's own and its partners'."""
        return tuple(self._items.values())

    def find(self, code: str) -> Item | None:
        """The item of this code, or None."""
        return self._items.get(code)

    def item(self, code: str) -> Item:
        """The item of this code; raises UnknownItem."""
        found = self._items.get(code)
        if found is None:
            raise UnknownItem(f"no item {code} is published here")
        return found

    def process(self, name: str) -> Process:
        """The process of this name, as items name it."""
        return self._processes[name]
