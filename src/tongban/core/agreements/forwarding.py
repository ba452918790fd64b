"""What a node has yet to tell its partners of an agreement of many parties.

Everything is a function of where the document stands with each partner, so it can be asked at any
time and any number of times: after a crash, a lost line or a restored backup it comes to the same.
What one pair knows and another lacks is passed on by one of the two alone, so that nothing crosses
(spec/agreements.md, "Many parties").
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.commands import (
    AgreementCommand,
    Deposit,
    ForwardSignature,
    Offer,
    RecordPublication,
)
from tongban.core.agreements.events import AgreementDeposited, DepositStep, PartyNote
from tongban.core.agreements.state import AgreementState
from tongban.core.entry import Actor, ActorKind

_SYSTEM = Actor(kind=ActorKind.SYSTEM)


@dataclass(frozen=True, kw_only=True, slots=True)
class ManyParties:
    """An agreement of many parties as one of them knows it.

    digest: of the agreement. me: this node. states: where it stands with each other party, None
    where it has not come yet.
    """

    agreement: Agreement
    digest: str
    me: str
    states: Mapping[str, AgreementState | None]

    @property
    def is_depositary(self) -> bool:
        """Whether this node puts the steps in order."""
        return self.agreement.depositary == self.me

    @property
    def exited(self) -> frozenset[str]:
        """Parties whose exit is deposited as far as this node knows."""
        return frozenset(party for state in self.known() for party in state.exited)

    def deposits_exit_of(self, party: str) -> bool:
        """Whether it falls to this node: to the depositary, or to the first who is in it still."""
        staying = (name for name in self.agreement.keepers if name not in self.exited)
        return next((name for name in staying if name != party), "") == self.me

    def known(self) -> Iterator[AgreementState]:
        """Where it stands with those partners with whom it stands at all, in a fixed order."""
        for _, state in sorted(self.states.items()):
            if state is not None:
                yield state

    def signatures(self) -> dict[str, str]:
        """The portable signature of each party that has signed as far as this node knows."""
        lines = (line for state in self.known() for line in state.signatures)
        return {line.party: line.note for line in reversed(list(lines))}

    def deposits(self) -> list[AgreementDeposited]:
        """Every step that is known here, the conclusion first, then exits as keepers follow."""
        said = {
            (line.said.step, (*self.agreement.keepers, "").index(line.said.party)): line.said
            for state in self.known()
            for line in state.deposits
        }
        return [said[key] for key in sorted(said)]

    def published(self) -> dict[str, date]:
        """On which day each party published it, as far as this node knows."""
        lines = (line for state in self.known() for line in state.publications)
        return {line.party: line.day for line in reversed(list(lines))}


def owed(many: ManyParties) -> Iterator[tuple[str, AgreementCommand]]:
    """What to tell whom, in order; nothing where no partner knows of the agreement at all."""
    if not any(many.known()):
        return
    for partner, state in sorted(many.states.items()):
        if many.is_depositary:
            yield from ((partner, command) for command in _collected(many, partner, state))
        elif partner == many.agreement.depositary:
            yield from ((partner, command) for command in _said_again(many, state))
        if _is_told_by(many, partner):
            yield from ((partner, command) for command in _steps(many, partner, state))
        yield from ((partner, command) for command in _publications(many, partner, state))


def due(many: ManyParties) -> Iterator[AgreementDeposited]:
    """Steps that this node has to take now for all, their own notes yet to be written."""
    steps = {said.step for said in many.deposits()}
    if DepositStep.CONCLUDED in steps:
        left = (said for said in _left(many, DepositStep.EXITED) if said.party not in many.exited)
        yield from (said for said in left if many.deposits_exit_of(said.party))
    elif many.is_depositary and DepositStep.WITHDRAWN not in steps:
        # Who withdrew before the last signature came has withdrawn, and the text is void.
        yield from list(_left(many, DepositStep.WITHDRAWN))[:1] or _conclusion(many)


def _collected(
    many: ManyParties, partner: str, state: AgreementState | None
) -> Iterator[AgreementCommand]:
    """The text for who lacks it, and the signatures of the others as they come in."""
    if state is None:
        yield Offer(document=many.digest, actor=_SYSTEM)
        return
    if state.withdrawn:
        return
    for party, note in sorted(many.signatures().items()):
        if party != partner and not state.signed_by(party):
            yield ForwardSignature(document=many.digest, actor=_SYSTEM, party=party, note=note)


def _said_again(many: ManyParties, state: AgreementState | None) -> Iterator[AgreementCommand]:
    """The own signature, where the pair with the depositary forgot it and another still has it.

    Nobody else may bring it, and without it the depositary concludes nothing in this pair.
    """
    note = many.signatures().get(many.me)
    if note and state is not None and not state.withdrawn and not state.signed_by(many.me):
        yield ForwardSignature(document=many.digest, actor=_SYSTEM, party=many.me, note=note)


def _is_told_by(many: ManyParties, partner: str) -> bool:
    """Whether it is this node that passes steps on to the partner: the first who is in it still.

    The depositary is the first of all.
    """
    names = sorted(many.agreement.keepers, key=many.exited.__contains__)
    return names.index(many.me) < names.index(partner)


def _steps(
    many: ManyParties, partner: str, state: AgreementState | None
) -> Iterator[AgreementCommand]:
    for said in many.deposits():
        concludes = said.step is DepositStep.CONCLUDED
        if concludes and many.is_depositary and state and not state.signed_by(partner):
            # This pair forgot it; the partner signs again first, for a conclusion quotes that.
            return
        first = concludes and not many.is_depositary
        if state is None and not first:
            # Between two others a text begins with its conclusion; what never had one is not told.
            return
        if state is None or state.deposit(said.step, said.party) is None:
            yield Deposit(document=many.digest, actor=_SYSTEM, said=said)


def _publications(
    many: ManyParties, partner: str, state: AgreementState | None
) -> Iterator[AgreementCommand]:
    """A party's own to each partner, and to one that a third party owes who passes on to it."""
    if state is None:
        return
    told = _is_told_by(many, partner)
    for party, day in sorted(many.published().items()):
        mine = party == many.me or (told and party != partner)
        if mine and party in state.unpublished(many.agreement):
            yield RecordPublication(
                document=many.digest, actor=_SYSTEM, party=party, published_on=day
            )


def _left(many: ManyParties, step: DepositStep) -> Iterator[AgreementDeposited]:
    for state in many.known():
        for line in state.leavings:
            note = PartyNote(party=line.by, note=line.said.note)
            yield AgreementDeposited(
                document=many.digest,
                step=step,
                note="",
                enclosed=(note,),
                party=line.by,
                last_day=line.said.last_day,
                ground=line.said.ground,
            )


def _conclusion(many: ManyParties) -> Iterable[AgreementDeposited]:
    notes = many.signatures()
    parties = [party.node for party in many.agreement.parties]
    if any(party not in notes for party in parties):
        return ()
    enclosed = tuple(PartyNote(party=party, note=notes[party]) for party in parties)
    said = AgreementDeposited(
        document=many.digest, step=DepositStep.CONCLUDED, note="", enclosed=enclosed
    )
    return (said,)
