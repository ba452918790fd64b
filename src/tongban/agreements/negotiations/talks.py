"""One negotiation as this place sees it: what lies on the table, and who may do what now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404

from tongban.core.agreements.document import Agreement
from tongban.core.china_time import china_day
from tongban.core.negotiations.commands import NegotiationCommand
from tongban.core.negotiations.events import (
    NegotiationAccepted,
    NegotiationCommented,
    NegotiationCountered,
    NegotiationRejected,
    NegotiationWithdrawn,
)
from tongban.core.negotiations.order import foreseen, misplaced
from tongban.core.negotiations.state import (
    Act,
    Comment,
    MoveKind,
    NegotiationStanding,
    NegotiationState,
    Version,
)
from tongban.node.negotiation_acts import partners_at
from tongban.pages.node_access import now
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node


# Without slots: what is kept of a property needs a place.
@dataclass(frozen=True, kw_only=True)
class Talk:
    """A negotiation with everything of ours in it that the partner has not answered yet.

    peer: on whose channel it is. known: what took effect, and what waits for a receipt. waiting:
    what people here asked for and what goes out once the line is open.
    """

    peer: str
    known: NegotiationState
    waiting: tuple[NegotiationCommand, ...]

    @cached_property
    def state(self) -> NegotiationState:
        """As it will stand once everything written has taken effect."""
        return foreseen(self.known)

    @property
    def name(self) -> str:
        """磋商编号."""
        return self.known.id

    @property
    def partners(self) -> tuple[str, ...]:
        """Nodes of everybody else at the table."""
        return partners_at(whole_node(), self.known)

    @property
    def partner_names(self) -> list[str]:
        """Their places."""
        return [name_of_node(each) for each in self.partners]

    @property
    def number(self) -> int:
        """Of the version on the table."""
        return len(self.state.versions)

    @property
    def table(self) -> Version:
        """What lies on the table; raises Http404 where nothing does, which nobody can link to."""
        found = self.state.on_table
        if found is None:
            raise Http404
        return found

    @cached_property
    def text(self) -> Agreement:
        """The text on the table; raises Http404 where it is not kept here."""
        return self.text_of(self.number)

    @property
    def standing(self) -> NegotiationStanding:
        """Today."""
        return self.state.standing(china_day(now()))

    @property
    def is_open(self) -> bool:
        """Whether anybody can still move it."""
        return self.standing is NegotiationStanding.OPEN

    @property
    def ours(self) -> bool:
        """Whether it is this place's turn."""
        return self.is_open and self.state.holder == whole_node().name

    @property
    def unconfirmed(self) -> frozenset[str]:
        """Ids of our entries of which the partner's receipt is outstanding."""
        return frozenset(move.entry for move in self.known.pending)

    @property
    def answer_by(self) -> date:
        """The last day for an answer."""
        return date.fromisoformat(self.table.answer_by)

    @cached_property
    def may(self) -> frozenset[MoveKind]:
        """What this place may do now, by the rule that the acts themselves are held to."""
        if not self.is_open or self.waiting:
            return frozenset()
        me = whole_node().name
        return frozenset(
            kind for kind, act in _acts(self) if misplaced(self.state, act, me) is None
        )

    def text_of(self, number: int) -> Agreement:
        """The text of a version; raises Http404."""
        if not 0 < number <= self.number:
            raise Http404
        return agreement_or_404(self.state.versions[number - 1].document)

    @property
    def parties(self) -> list[str]:
        """Places of everybody in the text, of whom not all need to sit at this table."""
        return [name_of_node(party.node) for party in self.text.parties]

    def new_comments(self) -> Sequence[Comment]:
        """What others said after this place did something last."""
        me = whole_node().name
        laid = [each.at for each in self.state.versions if each.by == me]
        said = [each.at for each in self.state.comments if each.by == me]
        last = max((*laid, *said), default=None)
        return [
            each
            for each in self.state.comments
            if each.by != me and (last is None or each.at > last)
        ]


def talks() -> list[Talk]:
    """Every negotiation, what moved last first."""
    found = [talk for peer in whole_node().kernel.peers.names() for talk in _with(peer)]
    return sorted(found, key=lambda talk: talk.table.at, reverse=True)


def talk_of(name: str) -> Talk | None:
    """The negotiation of this name."""
    node = whole_node()
    found = node.negotiations.find(name)
    if found is None or not foreseen(found[1]).versions:
        return None
    peer, state = found
    return Talk(peer=peer, known=state, waiting=_about(node.negotiations.waiting(peer), name))


def talk_or_404(name: str) -> Talk:
    """The negotiation of this name; raises Http404."""
    found = talk_of(name)
    if found is None:
        raise Http404
    return found


def accepted_talk(document: str) -> Talk | None:
    """The negotiation in which this text was agreed."""
    return next((talk for talk in talks() if talk.state.accepted == document), None)


def agreement_or_404(digest: str) -> Agreement:
    """The agreement of this digest; raises Http404 for what is none, or not kept here."""
    document = whole_node().document(digest)
    if not isinstance(document, Agreement):
        raise Http404
    return document


def _with(peer: str) -> Iterator[Talk]:
    negotiations = whole_node().negotiations
    waiting = negotiations.waiting(peer)
    for state in negotiations.with_partner(peer):
        if foreseen(state).versions:
            yield Talk(peer=peer, known=state, waiting=_about(waiting, state.id))


def _about(waiting: Sequence[NegotiationCommand], name: str) -> tuple[NegotiationCommand, ...]:
    return tuple(command for command in waiting if command.negotiation == name)


def _acts(talk: Talk) -> Iterator[tuple[MoveKind, Act]]:
    for kind, act in _ACTS.items():
        yield kind, act(talk.number)


#: Whether an act has a place depends on the version that it names and on nothing that it says.
_ACTS: Mapping[MoveKind, Callable[[int], Act]] = {
    MoveKind.COUNTER: lambda number: NegotiationCountered(
        version=number, document="", answer_by=""
    ),
    MoveKind.COMMENT: lambda number: NegotiationCommented(version=number, clause=""),
    MoveKind.ACCEPT: lambda number: NegotiationAccepted(version=number, document=""),
    MoveKind.REJECT: lambda number: NegotiationRejected(version=number, ground=""),
    MoveKind.WITHDRAW: lambda number: NegotiationWithdrawn(version=number),
}
