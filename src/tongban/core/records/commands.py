"""What a guest's officers may ask for about its record."""

from dataclasses import dataclass

from tongban.core.entry import Actor, Subject
from tongban.core.records.events import Objection


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordCommand:
    """guest: the node whose record it is, which is the one that asks."""

    guest: str
    actor: Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class AcknowledgeRecord(RecordCommand):
    """Stand behind what was recorded about a subject up to an entry, but for the objections."""

    about: Subject
    until: str
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawObjection(RecordCommand):
    """Stand behind an entry after all."""

    entry: str
