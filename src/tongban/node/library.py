"""Content-addressed documents, parsed once: processes, items, agreements, instruments."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from tongban.channels.messages import AGREEMENT_BYTES_MAX, DOCUMENT_BYTES_MAX
from tongban.core.agreements.document import Document, read_document
from tongban.core.agreements.grants import DocumentGrants, grants_of
from tongban.core.canonical import digest
from tongban.core.cases.process import Process, read_process
from tongban.core.catalogues.commands import CatalogueCommand, Publish, PublishRule
from tongban.core.catalogues.events import CataloguePublished, RuleKind, RulePublished
from tongban.core.catalogues.permit import Shelf
from tongban.core.catalogues.rule_forms import FORMS, R, RuleForm
from tongban.core.catalogues.rules import kind_of
from tongban.core.entry import Event
from tongban.core.faults import CoreFault
from tongban.core.items.document import item_document, read_item, reread_item
from tongban.core.items.item import Item
from tongban.logs.store import Store
from tongban.node.faults import DocumentTooLarge
from tongban.node.ports import Connection

Parsed = TypeVar("Parsed")

#: The kind of agreements and instruments, which may be larger than other documents.
AGREEMENT = "agreement"


class Library:
    """Documents by digest; what a digest names never changes, so parsed values are kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parsed: dict[tuple[str, str], object] = {}
        #: Digests of items that were read here, by the identity of what stands in _parsed.
        self._names: dict[int, str] = {}
        self._grants: dict[str, DocumentGrants] = {}

    @staticmethod
    def name(data: bytes) -> str:
        """The digest under which a document would be kept."""
        return digest(data)

    def put(self, connection: Connection, data: bytes, *, kind: str = "cited") -> str:
        """Keep a document; returns its digest. Raises DocumentTooLarge."""
        most = AGREEMENT_BYTES_MAX if kind == AGREEMENT else DOCUMENT_BYTES_MAX
        if len(data) > most:
            raise DocumentTooLarge(
                f"a document of {len(data):,} bytes is over {most:,}, which no partner would take; "
                "divide it, or move what is long into files that it refers to"
            )
        return self.take(connection, data, kind=kind)

    def take(self, connection: Connection, data: bytes, *, kind: str = "cited") -> str:
        """Keep a document that a partner cites, of whatever size it came; returns its digest."""
        name = digest(data)
        self._store.put_document(connection, name, kind, data)
        return name

    def put_item(self, connection: Connection, item: Item) -> str:
        """Keep an item's document; returns its digest. One that was read here is kept already."""
        known = self._names.get(id(item))
        return known or self.put(connection, item_document(item))

    def has(self, connection: Connection, name: str) -> bool:
        """Whether the document is kept here."""
        return self._store.document(connection, name) is not None

    def process(self, connection: Connection, name: str) -> Process | None:
        """The process of this digest, or None when unknown or not a process."""
        return self._read(connection, "process", name, read_process)

    def item(self, connection: Connection, name: str) -> Item | None:
        """The item version of this digest, or None when unknown or not an item."""
        return self._read(connection, "item", name, read_item)

    def own_item(self, connection: Connection, name: str) -> Item | None:
        """The item version that this node itself published under this digest, or None."""
        item = self._read(connection, "item", name, lambda data: reread_item(data, name))
        if item is not None:
            self._names[id(item)] = name
        return item

    def agreement(self, connection: Connection, name: str) -> Document | None:
        """The agreement or instrument of this digest, or None when unknown or neither."""
        return self._read(connection, "agreement", name, read_document)

    def grants(self, name: str, document: Document) -> DocumentGrants:
        """What the agreement or instrument of this digest grants; indexed once and kept."""
        if name not in self._grants:
            self._grants[name] = grants_of(name, document)
        return self._grants[name]

    def rule(self, connection: Connection, form: RuleForm[R], name: str) -> R | None:
        """The version of a rule of this digest, or None when unknown or none of this form."""
        return self._read(connection, form.kind, name, form.read)

    def shelf(self, connection: Connection, about: Event | CatalogueCommand) -> Shelf:
        """What can be read of the documents that a version of a list, or a rule, names."""
        lines = about.published if isinstance(about, CataloguePublished | Publish) else ()
        items = {line.document: self.item(connection, line.document) for line in lines}
        named = {name for line in lines for name in line.processes}
        processes = {name: self.process(connection, name) for name in named}
        rules = {name: self.rule(connection, FORMS[kind], name) for kind, name in _rules_of(about)}
        return Shelf(items=_known(items), processes=_known(processes), rules=_known(rules))

    def _read(
        self, connection: Connection, kind: str, name: str, read: Callable[[bytes], Parsed]
    ) -> Parsed | None:
        if (kind, name) not in self._parsed:
            data = self._store.document(connection, name)
            if data is None:
                return None
            try:
                self._parsed[kind, name] = read(data)
            except CoreFault:
                # A partner may send anything under its own digest; it is no process then.
                return None
        parsed: Parsed = self._parsed[kind, name]  # type: ignore[assignment]  # keyed by kind
        return parsed


def _rules_of(about: Event | CatalogueCommand) -> Iterator[tuple[RuleKind, str]]:
    if isinstance(about, PublishRule):
        yield about.kind, about.document
    elif isinstance(about, RulePublished):
        yield kind_of(about), about.document


def _known(found: Mapping[str, Parsed | None]) -> dict[str, Parsed]:
    return {name: value for name, value in found.items() if value is not None}
