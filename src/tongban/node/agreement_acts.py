"""What officers and operators do about agreements, at every partner that is a party.

Each act is a command of its own for each partner; a partner that has it already refuses it, which
changes nothing, so that an act which reached some of several partners can be repeated. `papers`: on
which an act rests where this node is kept for a guest.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from tongban.channels.messages import DOCUMENT_BYTES_MAX, LARGE_DOCUMENTS
from tongban.core.agreements.commands import (
    AgreementCommand,
    Cite,
    Leave,
    Offer,
    RecordPublication,
    Resume,
    Sign,
    Suspend,
    Terminate,
    Withdraw,
)
from tongban.core.agreements.deposits import leaving_text
from tongban.core.agreements.document import (
    Agreement,
    Document,
    Instrument,
    PartyLine,
    document_bytes,
    document_digest,
)
from tongban.core.agreements.events import AgreementLeft
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.agreements.state import AgreementState
from tongban.core.body import Body
from tongban.core.entry import Actor
from tongban.core.refusal import Refusal
from tongban.evidence.notes import encode_note, sign_note
from tongban.node.desk import Executed
from tongban.node.faults import DocumentTooLarge, NoParty
from tongban.node.library import AGREEMENT
from tongban.node.node import Node
from tongban.node.rotations import signer_for

#: What came of an act, by partner.
Answers = Mapping[str, Executed | Refusal]


def own_party(node: Node, agreement: Agreement) -> PartyLine:
    """The party for which this node stands; raises NoParty."""
    party = agreement.party(node.name)
    if party is None:
        parties = ", ".join(sorted(agreement.nodes))
        raise NoParty(
            f"{node.name} is no party of this agreement; its parties are {parties}, and only they "
            "can import and sign it"
        )
    return party


def partners_of(node: Node, agreement: Agreement) -> tuple[str, ...]:
    """The other parties, by name."""
    return tuple(sorted(agreement.nodes - {node.name}))


def collectors(node: Node, agreement: Agreement) -> tuple[str, ...]:
    """To whom this node offers it and gives its signature: the others, or of many the depositary.

    The depositary passes on what it collects (`Deposits`).
    """
    if agreement.is_deposited and agreement.depositary != node.name:
        return (agreement.depositary,)
    return partners_of(node, agreement)


def check_parties(node: Node, agreement: Agreement) -> None:
    """This node is a party and a partner of every other, and each takes a text of this size.

    Raises NoParty, UnknownPeer or DocumentTooLarge.
    """
    own_party(node, agreement)
    for partner in partners_of(node, agreement):
        node.kernel.peers.require(partner)
    _check_size(node, agreement, partners_of(node, agreement))


def narrow_partner(node: Node, document: Document, partners: Iterable[str]) -> str:
    """The first partner whose older software takes no document of this size, "" for none."""
    if len(document_bytes(document)) <= DOCUMENT_BYTES_MAX:
        return ""
    return next((each for each in partners if not node.kernel.speaks(each, LARGE_DOCUMENTS)), "")


def _check_size(node: Node, document: Document, partners: Iterable[str]) -> None:
    narrow = narrow_partner(node, document, partners)
    if narrow:
        raise DocumentTooLarge(
            f"the text has more than {DOCUMENT_BYTES_MAX:,} bytes, the most that the software of "
            f"{narrow} takes; divide it, or ask {narrow} to update"
        )


def offer(
    node: Node, agreement: Agreement, actor: Actor, *, papers: tuple[Body, ...] = ()
) -> Answers:
    """Keep an agreement and lay it before the other parties; raises what `check_parties` does."""
    check_parties(node, agreement)
    digest = _keep(node, agreement)
    command = Offer(document=digest, actor=actor, bodies=papers)
    return _at_each(node, collectors(node, agreement), command)


def sign(
    node: Node,
    agreement: Agreement,
    actor: Actor,
    *,
    authorisation: str = "",
    papers: tuple[Body, ...] = (),
) -> Answers:
    """Sign in the name of the office that the agreement names for this node; raises NoParty.

    authorisation: number of the paper under which the actor signs; where none is named, one that
    is recorded for the actor's office and covers this agreement today.
    """
    party, digest = own_party(node, agreement), document_digest(agreement)
    text = signing_text(digest, party.node, party.office.zh, node.kernel.clock.now())
    command = Sign(
        document=digest,
        actor=actor,
        bodies=papers,
        party=party.node,
        note=_note(node, agreement, text),
        authorisation=authorisation or node.signers.paper_for(agreement, actor),
    )
    partners = collectors(node, agreement)
    if agreement.is_deposited:
        # Whom the depositary has not laid it before yet gets text and signature together.
        partners = tuple(p for p in partners if _state(node, p, digest)) or partners
    return _at_each(node, partners, command)


def leave(
    node: Node,
    agreement: Agreement,
    actor: Actor,
    *,
    ground: str,
    last_day: date,
    authorisation: str = "",
    papers: tuple[Body, ...] = (),
) -> Answers:
    """Tell who has to know that this node's party leaves an agreement of many; raises NoParty.

    Before the conclusion that is the depositary, and for the depositary whoever has the text. After
    it every partner is told, so that none of them depends on another to hear it.
    """
    party, digest = own_party(node, agreement), document_digest(agreement)
    said = AgreementLeft(document=digest, last_day=last_day.isoformat(), ground=ground, note="")
    text = leaving_text(agreement, said, party.node, node.kernel.clock.now())
    command = Leave(
        document=digest,
        actor=actor,
        bodies=papers,
        ground=ground,
        last_day=last_day,
        note=_note(node, agreement, text),
        authorisation=authorisation or node.signers.paper_for(agreement, actor),
    )
    bound = tuple(name for name in partners_of(node, agreement) if _is_bound(node, name, agreement))
    return _at_each(node, bound or collectors(node, agreement), command)


def _is_bound(node: Node, partner: str, agreement: Agreement) -> bool:
    """Whether a word that this node leaves still changes something with the partner."""
    state = _state(node, partner, document_digest(agreement))
    if state is None or state.withdrawn:
        return False
    if any(line.by in {node.name, partner} for line in state.ends):
        return False
    left = any(line.by == node.name for line in state.leavings)
    hears = agreement.depositary in {node.name, partner} or state.is_concluded(agreement)
    return hears and not left


def suspend(
    node: Node,
    agreement: Agreement,
    actor: Actor,
    *,
    ground: str,
    items: tuple[str, ...],
    papers: tuple[Body, ...] = (),
) -> Answers:
    """Stop delegated acts for these items, or for all where none is named."""
    digest = document_digest(agreement)
    command = Suspend(document=digest, actor=actor, bodies=papers, ground=ground, items=items)
    return _at_each(node, partners_of(node, agreement), command)


def resume(
    node: Node,
    agreement: Agreement,
    actor: Actor,
    *,
    items: tuple[str, ...],
    papers: tuple[Body, ...] = (),
) -> Answers:
    """Lift what this node suspended, for these items, or for all where none is named."""
    digest = document_digest(agreement)
    command = Resume(document=digest, actor=actor, bodies=papers, items=items)
    return _at_each(node, partners_of(node, agreement), command)


def terminate(
    node: Node,
    agreement: Agreement,
    actor: Actor,
    *,
    ground: str,
    last_day: date,
    authorisation: str = "",
    papers: tuple[Body, ...] = (),
) -> Answers:
    """Give an agreement a last day; authorisation: as in `sign`."""
    command = Terminate(
        document=document_digest(agreement),
        actor=actor,
        bodies=papers,
        ground=ground,
        last_day=last_day,
        authorisation=authorisation or node.signers.paper_for(agreement, actor),
    )
    return _at_each(node, partners_of(node, agreement), command)


def withdraw(
    node: Node,
    agreement: Agreement,
    actor: Actor,
    *,
    ground: str,
    papers: tuple[Body, ...] = (),
) -> Answers:
    """Want a text no more that lies before two and that not both have signed."""
    digest = document_digest(agreement)
    command = Withdraw(document=digest, actor=actor, bodies=papers, ground=ground)
    return _at_each(node, partners_of(node, agreement), command)


def publish(
    node: Node,
    agreement: Agreement,
    actor: Actor,
    *,
    on: date,
    party: str = "",
    papers: tuple[Body, ...] = (),
) -> Answers:
    """Record that this node's party published it on that day; party: another that owes it.

    What another party published is told to the rest; that party itself says so by itself.
    """
    speaker = party or own_party(node, agreement).node
    digest = document_digest(agreement)
    command = RecordPublication(
        document=digest, actor=actor, bodies=papers, party=speaker, published_on=on
    )
    others = tuple(name for name in partners_of(node, agreement) if name != speaker)
    return _at_each(node, others or partners_of(node, agreement), command)


def cite(
    node: Node,
    instrument: Instrument,
    actor: Actor,
    *,
    partner: str,
    papers: tuple[Body, ...] = (),
) -> Executed | Refusal:
    """Keep an instrument and let it count between this node and a partner.

    Raises UnknownPeer or DocumentTooLarge.
    """
    node.kernel.peers.require(partner)
    _check_size(node, instrument, [partner])
    command = Cite(document=_keep(node, instrument), actor=actor, bodies=papers)
    return node.execute(command, partner=partner)


def _keep(node: Node, document: Document) -> str:
    with node.kernel.database.write() as connection:
        node.kernel.library.put(connection, document_bytes(document), kind=AGREEMENT)
    return document_digest(document)


def _note(node: Node, agreement: Agreement, text: str) -> str:
    """A portable note of this node under keys that every other party knows already."""
    signer = signer_for(node.kernel, *partners_of(node, agreement))
    return encode_note(sign_note(text, name=key_name(node.name), signer=signer)).decode()


def _state(node: Node, partner: str, digest: str) -> AgreementState | None:
    states = (state for state in node.agreements_with(partner) if state.document == digest)
    return next(states, None)


def _at_each(node: Node, partners: Iterable[str], command: AgreementCommand) -> Answers:
    return {partner: node.execute(command, partner=partner) for partner in partners}
