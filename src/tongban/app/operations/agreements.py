"""Agreements and instruments: `tongban agreement import | sign | suspend | resume | terminate …`.

Bilateral: an agreement is laid before the partner and both sign it; a published instrument needs no
signature and is cited. Several parties are not here yet.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import yaml

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.ground import check_ground
from tongban.app.operations.items import day_of
from tongban.core.agreements.authority import REPRESENTATIVE
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
    Clause,
    Document,
    Instrument,
    document_bytes,
    document_digest,
    parse_agreement,
    parse_instrument,
)
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.agreements.state import AgreementState
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, ActorKind
from tongban.core.faults import CoreFault
from tongban.core.grounds import words_for
from tongban.core.refusal import Refusal
from tongban.evidence.notes import encode_note, sign_note
from tongban.node.rotations import signer_for

AGREEMENT_OFFICER = Actor(kind=ActorKind.OFFICER, role="agreement_officer")
Parsed = TypeVar("Parsed", Agreement, Instrument)


def import_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Keep a document and lay it before the partner that it names."""
    agreement = read(arguments["text"], parse_agreement)
    check_parties(desk, agreement)
    digest = document_digest(agreement)
    with desk.node.kernel.database.write() as connection:
        desk.node.kernel.library.put(connection, document_bytes(agreement), kind="agreement")
    do(desk, partners_of(desk, agreement), Offer(document=digest, actor=AGREEMENT_OFFICER))
    return {"document": digest, "title": agreement.title.zh}


def sign_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Sign a document in the name of the office that it names for this node.

    under: number of the written authorisation by which the office `office` signs, "" where the
    legal representative does.
    """
    agreement = kept_agreement(desk, arguments["document"])
    party = agreement.party(desk.node.name)
    if party is None:
        raise _no_party(desk, agreement)
    now = desk.node.kernel.clock.now()
    text = signing_text(arguments["document"], party.node, party.office.zh, now)
    partners = partners_of(desk, agreement)
    # The partner checks it under keys that it knows already.
    signer = signer_for(desk.node.kernel, min(partners))
    note = sign_note(text, name=key_name(party.node), signer=signer)
    under = arguments.get("under", "")
    role = arguments.get("office", "") if under else REPRESENTATIVE
    command = Sign(
        document=arguments["document"],
        actor=replace(AGREEMENT_OFFICER, role=role),
        party=party.node,
        note=encode_note(note).decode(),
        authorisation=under,
    )
    do(desk, partners, command)
    return {"document": arguments["document"], "office": party.office.zh}


def suspend_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Stop delegated acts under an agreement at once, for some items or for all."""
    agreement = kept_agreement(desk, arguments["document"])
    check_ground(arguments["ground"])
    command = Suspend(
        document=arguments["document"],
        actor=AGREEMENT_OFFICER,
        ground=arguments["ground"],
        items=tuple(arguments["items"]),
    )
    do(desk, partners_of(desk, agreement), command)
    return {"document": arguments["document"]}


def resume_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Lift what this node suspended, for some items or for all."""
    agreement = kept_agreement(desk, arguments["document"])
    command = Resume(
        document=arguments["document"], actor=AGREEMENT_OFFICER, items=tuple(arguments["items"])
    )
    do(desk, partners_of(desk, agreement), command)
    return {"document": arguments["document"]}


def terminate_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Give an agreement a last day."""
    agreement = kept_agreement(desk, arguments["document"])
    check_ground(arguments["ground"])
    last_day = day_of(arguments["last_day"], china_day(desk.node.kernel.clock.now()))
    command = Terminate(
        document=arguments["document"],
        actor=AGREEMENT_OFFICER,
        ground=arguments["ground"],
        last_day=last_day,
    )
    do(desk, partners_of(desk, agreement), command)
    return {
        "document": arguments["document"],
        "last_day": str(last_day),
        "run_off": agreement.run_off.value,
    }


def cite_instrument(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Make a published instrument count between this node and a partner."""
    instrument, partner = read(arguments["text"], parse_instrument), arguments["partner"]
    _check_partner(desk, partner)
    digest = document_digest(instrument)
    with desk.node.kernel.database.write() as connection:
        desk.node.kernel.library.put(connection, document_bytes(instrument), kind="agreement")
    do(desk, {partner}, Cite(document=digest, actor=AGREEMENT_OFFICER))
    return {"document": digest, "title": instrument.title.zh, "partner": partner}


def list_agreements(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every agreement with a partner and who has signed, and every instrument and who cited it."""
    return [
        _line(kept_document(desk, state.document), state, row.peer)
        for row in desk.node.channels()
        for state in desk.node.agreements_with(row.peer)
    ]


def _line(document: Document, state: AgreementState, partner: str) -> dict[str, Any]:
    signed = {line.party for line in state.signatures}
    in_force = signed >= document.nodes if isinstance(document, Agreement) else state.cited
    return {
        "document": state.document,
        "kind": "agreement" if isinstance(document, Agreement) else "instrument",
        "partner": partner,
        "title": document.title.zh,
        "signed": sorted(signed),
        "cited_by": state.offered_by if state.cited else "",
        "in_force": in_force,
        "suspended": any(not stop.is_lifted for stop in state.suspensions),
        "ends_on": str(state.ended_on or ""),
    }


def show_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """The document's words, clause by clause, and which of them the software enforces.

    Of an instrument it enforces every clause; its one party is whoever issued it.
    """
    document = kept_document(desk, arguments["document"])
    parties = (
        [party.name for party in document.parties]
        if isinstance(document, Agreement)
        else [document.issuer]
    )
    return {
        "number": document.number,
        "title": document.title.zh,
        "valid": [str(document.valid_from), str(document.valid_until or "")],
        "parties": [name.zh for name in parties],
        "clauses": [
            {
                "number": clause.number,
                "title": clause.title.zh,
                "text": clause.text.zh,
                "enforced": not isinstance(clause, Clause) or clause.enforced,
            }
            for clause in document.clauses
        ],
    }


def kept_agreement(desk: OperatorDesk, digest: str) -> Agreement:
    """The agreement of this digest; raises OperationRefused."""
    document = kept_document(desk, digest)
    if not isinstance(document, Agreement):
        raise OperationRefused(
            f"《{document.title.zh}》 is a published instrument; it counts once it is cited, and "
            "is neither signed nor suspended. Nothing was done"
        )
    return document


def kept_document(desk: OperatorDesk, digest: str) -> Document:
    """The agreement or instrument of this digest; raises OperationRefused."""
    document = desk.node.document(digest)
    if document is None:
        raise OperationRefused(
            f"no agreement {digest} is kept here; `tongban agreement list` shows those that are"
        )
    return document


def read(text: str, parse: Callable[[Any], Parsed]) -> Parsed:
    """The document in the operator's file; parse: says which kind it must be."""
    try:
        return parse(yaml.safe_load(text))
    except (CoreFault, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        kind, again = _KINDS[parse]
        raise OperationRefused(
            f"the document is not {kind}: {reason}. Nothing was kept; mend the file and {again} it "
            "again"
        ) from error


#: What a file is that this parser reads, and what an operator does with it.
_KINDS: Mapping[Callable[[Any], Any], tuple[str, str]] = {
    parse_agreement: ("an agreement", "import"),
    parse_instrument: ("a published instrument", "cite"),
}


def check_parties(desk: OperatorDesk, agreement: Agreement) -> None:
    """Before anything is kept: this node is a party, and a partner of every other."""
    if agreement.party(desk.node.name) is None:
        raise _no_party(desk, agreement)
    for partner in sorted(partners_of(desk, agreement)):
        _check_partner(desk, partner)


def _check_partner(desk: OperatorDesk, partner: str) -> None:
    if desk.node.kernel.peers.get(partner) is None:
        raise OperationRefused(
            f"{partner} is no partner of this node yet; `tongban peer add` first. Nothing was kept"
        )


def partners_of(desk: OperatorDesk, agreement: Agreement) -> frozenset[str]:
    """Every party but this node."""
    return agreement.nodes - {desk.node.name}


def _no_party(desk: OperatorDesk, agreement: Agreement) -> OperationRefused:
    parties = ", ".join(sorted(agreement.nodes))
    return OperationRefused(
        f"{desk.node.name} is no party of this agreement; its parties are {parties}, and only they "
        "can import and sign it"
    )


def do(desk: OperatorDesk, partners: Collection[str], command: AgreementCommand) -> None:
    """Carry a command out with each partner; raises OperationRefused."""
    for partner in sorted(partners):
        answer = desk.node.execute(command, partner=partner)
        if isinstance(answer, Refusal):
            raise in_words(answer)


def in_words(refusal: Refusal) -> OperationRefused:
    """What an operator reads of a refusal: what happened, why, and what to do next."""
    words = words_for(refusal.ground)
    return OperationRefused(
        f"{words.what.zh}{words.why.zh}{words.next.zh}\n"
        f"{words.what.en} {words.why.en} {words.next.en}"
    )
