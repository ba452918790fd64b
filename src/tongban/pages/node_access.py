"""The one door through which pages reach the node, set once by the composition root."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from tongban.core.agreements.document import Document
from tongban.core.body import Body
from tongban.core.cases.commands import CaseCommand
from tongban.core.cases.state import CaseState
from tongban.core.catalogues.state import Withdrawal
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.decided import Decided
from tongban.core.entry import Actor
from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.core.items.providers import Provider
from tongban.core.refusal import Refusal
from tongban.node.blobs.files import Reading
from tongban.node.ports import Clock, Connection, Randomness
from tongban.node.records import Side


class SurroundingsMissing(Exception):
    """Pages were asked for before the composition root called `surround`; start it first."""


class Executed(Protocol):
    """A command took effect here; `waiting`: the line to the partner is not open yet."""

    @property
    def subject(self) -> str:
        """Identifier of the case or agreement."""
        ...

    @property
    def waiting(self) -> bool:
        """Whether it is kept to be sent when the partner answers again."""
        ...

    @property
    def held_until(self) -> datetime | None:
        """From when on it goes, where no more may go today; None otherwise."""
        ...

    @property
    def crossing(self) -> bool:
        """Whether it goes when its large files have crossed."""
        ...


class OwnCatalogue(Protocol):
    """This node's own items; every call is one transaction of its own."""

    def newest(self) -> Mapping[str, Item]:
        """By code, each in the version that was published last."""
        ...

    def versions(self) -> Mapping[str, tuple[Item, ...]]:
        """By code the version that holds, then those that are to come."""
        ...

    def publish(
        self,
        items: Sequence[Item],
        *,
        actor: Actor,
        bases: Mapping[str, int] = MappingProxyType({}),
        beside: Callable[[Connection], None] | None = None,
    ) -> None:
        """Put versions into the catalogue, and that on the home log.

        bases: by code the version that was changed, where its first day does not say it.
        beside: writes something of its own in the same transaction. Raises ItemsChanged, and does
        nothing, where one does not follow on what stands.
        """
        ...


class NodeFacade(Protocol):
    """What pages may ask of the node; every call is one transaction of its own."""

    def execute(
        self, command: CaseCommand, *, beside: Callable[[Connection], None] | None = None
    ) -> Executed | Refusal:
        """Carry out a command, or say why not; a Refusal left no effect.

        beside: writes something of its own in the same transaction, unless it is refused.
        """
        ...

    def consider(self, command: CaseCommand) -> Sequence[Decided] | Refusal:
        """What would be decided if this were asked now, basis included; nothing is done."""
        ...

    def new_case(self, place: str) -> str:
        """A fresh case number (办件编号) for an intake at this place."""
        ...

    def read_body(self, case: str, name: str, *, reader: Actor, purpose: str) -> bytes | None:
        """Content of a body, recording the read on the home log; None when it is not here."""
        ...

    def find_body(self, case: str, name: str, *, reader: Actor, purpose: str) -> Body | None:
        """A body as it stands in the case, recorded likewise; a large file's is its manifest."""
        ...

    def read_file(self, case: str, name: str, *, reader: Actor, purpose: str) -> Reading | None:
        """Content of a body of any size in chunks, recorded likewise; raises FileIncomplete."""
        ...

    def keep_file(self, name: str, media: str, chunks: Iterable[bytes]) -> Body:
        """The body that lists a large file's pieces; raises FileTooLarge or DiskFull."""
        ...

    def items(self) -> Sequence[Item]:
        """Every item that this node knows, its own and its partners'."""
        ...

    @property
    def own(self) -> OwnCatalogue:
        """The items that this node decides itself."""
        ...

    def item_version(self, digest: str) -> Item | None:
        """The version of an item that a case pins, whatever stands today."""
        ...

    def withdrawn_item(self, code: str) -> Item | None:
        """What an item was last that takes nothing new any more; None for any other."""
        ...

    def withdrawal(self, case: CaseState) -> Withdrawal | None:
        """What the competent party told of a case's item, if it withdrew it."""
        ...

    def document(self, digest: str) -> Document | None:
        """The agreement or instrument that a basis names; None where it is not kept here."""
        ...

    def case_state(self, case: str) -> CaseState | None:
        """The case as this node sees it."""
        ...


def _nothing_one_sided(_case: str) -> Mapping[int, Side]:
    return {}


def _kept_by_nobody(_node: str) -> str:
    return ""


def _no_places() -> tuple[Place, ...]:
    return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What pages stand in: the node, its clock and dice, and the places people choose from.

    here: codes of the places that this node serves; places: those that are known from the start,
    its own included. partner_places: those for which partners answer now. providers: who opens data
    and certificates to others. keeper_of: the node whose people sign for the node of this name now,
    "" where its own people do. sides_of: what keepers signed about a case, by the number of its
    line in the journal. file_bytes_max: of one file that is uploaded.
    """

    node: NodeFacade
    clock: Clock
    calendar: WorkingCalendar
    randomness: Randomness
    places: tuple[Place, ...]
    here: tuple[str, ...]
    providers: tuple[Provider, ...] = ()
    keeper_of: Callable[[str], str] = _kept_by_nobody
    sides_of: Callable[[str], Mapping[int, Side]] = _nothing_one_sided
    partner_places: Callable[[], tuple[Place, ...]] = _no_places
    file_bytes_max: int = 200_000_000


_current: list[Surroundings] = []


def surround(surroundings: Surroundings) -> None:
    """Let every page of this process work with this node from now on."""
    _current[:] = [surroundings]


def surroundings() -> Surroundings:
    """What `surround` was given; raises SurroundingsMissing before that."""
    if not _current:
        raise SurroundingsMissing("the composition root has not called tongban.pages.surround yet")
    return _current[0]


def current_node() -> NodeFacade:
    """The node of this process."""
    return surroundings().node


def find_item(code: str) -> Item | None:
    """The item with this implementation code; None where it is not published here."""
    return next((item for item in current_node().items() if item.code == code), None)


def pinned_item(case: CaseState) -> Item | None:
    """The item as the case pins it, though it be changed or withdrawn since."""
    return current_node().item_version(case.item_digest)


def pinned_document(case: CaseState) -> Document | None:
    """The agreement or instrument on which a case rests; None where it rests on none."""
    basis = case.pinned_basis
    return current_node().document(basis.document) if basis and basis.document else None


def now() -> datetime:
    """The node's instant."""
    return surroundings().clock.now()


def draw(count: int) -> bytes:
    """Unpredictable bytes from the node."""
    return surroundings().randomness.draw(count)
