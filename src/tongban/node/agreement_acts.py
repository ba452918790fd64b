"""What officers and operators do about agreements, at every partner that is a party.

Each act is a command of its own for each partner; a partner that has it already refuses it, which
changes nothing, so that an act which reached some of several partners can be repeated.
"""

from collections.abc import Mapping
from datetime import date

from tongban.core.agreements.commands import (
    AgreementCommand,
    Cite,
    Offer,
    Resume,
    Sign,
    Suspend,
    Terminate,
)
from tongban.core.agreements.document import (
    Agreement,
    Document,
    Instrument,
    PartyLine,
    document_bytes,
    document_digest,
)
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.entry import Actor
from tongban.core.refusal import Refusal
from tongban.evidence.notes import encode_note, sign_note
from tongban.node.desk import Executed
from tongban.node.faults import NoParty
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


def check_parties(node: Node, agreement: Agreement) -> None:
    """This node is a party and a partner of every other; raises NoParty or UnknownPeer."""
    own_party(node, agreement)
    for partner in partners_of(node, agreement):
        node.kernel.peers.require(partner)


def offer(node: Node, agreement: Agreement, actor: Actor) -> Answers:
    """Keep an agreement and lay it before the other parties; raises what `check_parties` does."""
    check_parties(node, agreement)
    digest = _keep(node, agreement)
    return _at_every_partner(node, agreement, Offer(document=digest, actor=actor))


def sign(node: Node, agreement: Agreement, actor: Actor, *, authorisation: str = "") -> Answers:
    """Sign in the name of the office that the agreement names for this node; raises NoParty.

    authorisation: number of the paper under which the actor signs; where none is named, one that
    is recorded for the actor's office and covers this agreement today.
    """
    party, digest = own_party(node, agreement), document_digest(agreement)
    text = signing_text(digest, party.node, party.office.zh, node.kernel.clock.now())
    # Every partner checks it under keys that it knows already.
    signer = signer_for(node.kernel, partners_of(node, agreement)[0])
    note = encode_note(sign_note(text, name=key_name(party.node), signer=signer)).decode()
    command = Sign(
        document=digest,
        actor=actor,
        party=party.node,
        note=note,
        authorisation=authorisation or node.signers.paper_for(agreement, actor),
    )
    return _at_every_partner(node, agreement, command)


def suspend(
    node: Node, agreement: Agreement, actor: Actor, *, ground: str, items: tuple[str, ...]
) -> Answers:
    """Stop delegated acts for these items, or for all where none is named."""
    digest = document_digest(agreement)
    command = Suspend(document=digest, actor=actor, ground=ground, items=items)
    return _at_every_partner(node, agreement, command)


def resume(node: Node, agreement: Agreement, actor: Actor, *, items: tuple[str, ...]) -> Answers:
    """Lift what this node suspended, for these items, or for all where none is named."""
    command = Resume(document=document_digest(agreement), actor=actor, items=items)
    return _at_every_partner(node, agreement, command)


def terminate(
    node: Node, agreement: Agreement, actor: Actor, *, ground: str, last_day: date
) -> Answers:
    """Give an agreement a last day."""
    digest = document_digest(agreement)
    command = Terminate(document=digest, actor=actor, ground=ground, last_day=last_day)
    return _at_every_partner(node, agreement, command)


def cite(node: Node, instrument: Instrument, actor: Actor, *, partner: str) -> Executed | Refusal:
    """Keep an instrument and let it count between this node and a partner; raises UnknownPeer."""
    node.kernel.peers.require(partner)
    return node.execute(Cite(document=_keep(node, instrument), actor=actor), partner=partner)


def _keep(node: Node, document: Document) -> str:
    with node.kernel.database.write() as connection:
        node.kernel.library.put(connection, document_bytes(document), kind="agreement")
    return document_digest(document)


def _at_every_partner(node: Node, agreement: Agreement, command: AgreementCommand) -> Answers:
    return {
        partner: node.execute(command, partner=partner) for partner in partners_of(node, agreement)
    }
