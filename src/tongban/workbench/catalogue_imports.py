"""From a catalogue officer's file to a draft, and from a draft to what is published."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from django.db import transaction

from tongban.accounts.models import Person
from tongban.catalogue.sheets.checking import (
    Change,
    Checked,
    Standing,
    change_of,
    check_book,
)
from tongban.catalogue.sheets.editions import edition_of
from tongban.catalogue.sheets.english import Heading
from tongban.catalogue.sheets.mistakes import Mistake
from tongban.catalogue.sheets.opening import open_book
from tongban.catalogue.sheets.tables import Tell, silent
from tongban.catalogue.sheets.xlsx_writing import write_report
from tongban.core.china_time import china_day
from tongban.core.entry import Actor
from tongban.core.items.document import item_document, read_item
from tongban.core.kinds import converted
from tongban.core.words import Words
from tongban.pages.node_access import current_node, draw, now
from tongban.pages.places import served_places
from tongban.workbench.models import CatalogueImport, ImportState

_NAME_MAX = 200
_TOKEN_BYTES = 16
_LEVEL = 6


class DraftGone(Exception):
    """The draft was published or replaced meanwhile; show what became of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Complaint(Heading):
    """A mistake as it is kept; cell: such as C7, "" for the sheet as a whole.

    remedy: None only where the file was checked by a version that had none for this.
    """

    row: int
    cell: str
    item: str
    what: Words
    remedy: Words | None


def import_file(
    data: bytes, file_name: str, *, officer: Person | None, keep: bool, tell: Tell = silent
) -> CatalogueImport:
    """Check a file and keep what was found; as the draft where it can be published and keep is set.

    Raises SheetFault for a file that cannot be read, and keeps nothing then.
    """
    book = open_book(data, tell)
    checked = check_book(book, standing(), tell)
    kept = CatalogueImport(
        token=draw(_TOKEN_BYTES).hex(),
        officer=officer,
        file_name=file_name[-_NAME_MAX:],
        at=now(),
        state=_state(checked, keep=keep),
        items=checked.items,
        added=sum(change.before is None for change in checked.changes),
        changed=sum(change.before is not None for change in checked.changes),
        mistakes=[msgspec.to_builtins(_complaint(each)) for each in checked.mistakes],
        report=write_report(book, checked.mistakes) if checked.mistakes else b"",
        documents=_pack(checked.changes),
    )
    with transaction.atomic():
        if kept.state == ImportState.DRAFT:
            _replace_draft()
        # What was looked at and not kept is looked at once.
        CatalogueImport.objects.filter(
            state__in=(ImportState.REFUSED, ImportState.CHECKED), officer=officer
        ).delete()
        kept.save(force_insert=True)
    return kept


def publish_draft(draft: CatalogueImport, actor: Actor) -> None:
    """Publish it once; raises DraftGone, or ItemsChanged where it does not fit any more."""
    changes = changes_of(draft)
    bases = {each.item.code: each.before.version for each in changes if each.before}
    done_at = now()

    def close(_connection: object) -> None:
        closed = CatalogueImport.objects.filter(token=draft.token, state=ImportState.DRAFT).update(
            state=ImportState.PUBLISHED, published_at=done_at, documents=b""
        )
        if not closed:
            raise DraftGone

    items = [each.item for each in changes]
    current_node().own.publish(items, actor=actor, bases=bases, beside=close)


def current_draft() -> CatalogueImport | None:
    """The draft that waits to be published."""
    return CatalogueImport.objects.filter(state=ImportState.DRAFT).first()


def discard_draft(draft: CatalogueImport) -> None:
    """Throw it away, unless it was published meanwhile."""
    CatalogueImport.objects.filter(token=draft.token, state=ImportState.DRAFT).delete()


def changes_of(kept: CatalogueImport, first: int = 0, count: int | None = None) -> list[Change]:
    """Some of what a draft would change, beside what stands now."""
    lines = zlib.decompress(kept.documents).split(b"\n") if kept.documents else []
    stop = None if count is None else first + count
    own, today = current_node().own.versions(), china_day(now())
    found = []
    for line in lines[first:stop]:
        base, _, document = line.partition(b" ")
        item = read_item(document)
        edition = edition_of(
            own.get(item.code, ()), version=int(base), first_day=item.effective_from, today=today
        )
        found.append(change_of(edition, item))
    return found


def complaints_of(kept: CatalogueImport) -> list[Complaint]:
    """What is wrong with the file, sheet by sheet and row by row."""
    return converted(kept.mistakes, list[Complaint])


def standing() -> Standing:
    """What this node's catalogue holds now."""
    node, here = current_node(), served_places()
    own = node.own.versions()
    return Standing(
        node=here[0].node,
        places=frozenset(place.code for place in here),
        today=china_day(now()),
        own=own,
        others=frozenset(item.code for item in node.items() if item.code not in own),
    )


def _state(checked: Checked, *, keep: bool) -> ImportState:
    if checked.mistakes:
        return ImportState.REFUSED
    return ImportState.DRAFT if keep and checked.changes else ImportState.CHECKED


def _replace_draft() -> None:
    CatalogueImport.objects.filter(state=ImportState.DRAFT).update(
        state=ImportState.REPLACED, documents=b""
    )


def _pack(changes: Sequence[Change]) -> bytes:
    """A line for each: the version that it changes, 0 for none, and the new one's document.

    A canonical document has no line break in it.
    """
    lines = [
        b"%d %s" % (each.before.version if each.before else 0, item_document(each.item))
        for each in changes
    ]
    return zlib.compress(b"\n".join(lines), _LEVEL) if lines else b""


def _complaint(each: Mistake) -> Complaint:
    return Complaint(
        sheet=each.spot.sheet,
        row=each.spot.row,
        heading=each.heading,
        cell=each.spot.cell,
        item=each.item,
        what=each.what,
        remedy=each.remedy,
    )
