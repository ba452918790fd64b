"""Agreements: `tongban agreement import | sign | suspend | show | list`.

Bilateral, enough for two nodes to work on: a document is laid before the partner and both sign
it. Negotiation, amendment and several parties are not here yet.
"""

from typing import Any

import yaml

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.core.agreements.commands import AgreementCommand, Offer, Sign, Suspend
from tongban.core.agreements.document import (
    Agreement,
    document_bytes,
    document_digest,
    parse_agreement,
)
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.entry import Actor, ActorKind
from tongban.core.faults import CoreFault
from tongban.core.grounds import words_for
from tongban.core.refusal import Refusal
from tongban.evidence.notes import encode_note, sign_note

_OPERATOR = Actor(kind=ActorKind.OFFICER, role="agreement_officer")


def import_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Keep a document and lay it before the partner that it names."""
    agreement = _read(arguments["text"])
    _check_parties(desk, agreement)
    digest = document_digest(agreement)
    with desk.node.kernel.database.write() as connection:
        desk.node.kernel.library.put(connection, document_bytes(agreement), kind="agreement")
    _do(desk, agreement, Offer(document=digest, actor=_OPERATOR))
    return {"document": digest, "title": agreement.title.zh}


def sign_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Sign a document in the name of the office that it names for this node."""
    agreement = _agreement(desk, arguments["document"])
    party = agreement.party(desk.node.name)
    if party is None:
        raise _no_party(desk, agreement)
    now = desk.node.kernel.clock.now()
    text = signing_text(arguments["document"], party.node, party.office.zh, now)
    note = sign_note(text, name=key_name(party.node), signer=desk.secrets.signer)
    command = Sign(
        document=arguments["document"],
        actor=_OPERATOR,
        party=party.node,
        note=encode_note(note).decode(),
    )
    _do(desk, agreement, command)
    return {"document": arguments["document"], "office": party.office.zh}


def suspend_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Stop delegated acts under an agreement at once, for some items or for all."""
    agreement = _agreement(desk, arguments["document"])
    command = Suspend(
        document=arguments["document"],
        actor=_OPERATOR,
        ground=arguments["ground"],
        items=tuple(arguments["items"]),
    )
    _do(desk, agreement, command)
    return {"document": arguments["document"]}


def list_agreements(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every agreement with a partner, and who has signed."""
    found = []
    for row in desk.node.channels():
        for state in desk.node.agreements_with(row.peer):
            agreement = _agreement(desk, state.document)
            found.append(
                {
                    "document": state.document,
                    "partner": row.peer,
                    "title": agreement.title.zh,
                    "signed": sorted(line.party for line in state.signatures),
                    "in_force": {line.party for line in state.signatures} >= agreement.nodes,
                    "suspended": bool(state.suspensions),
                }
            )
    return found


def show_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """The document's words, clause by clause, and which of them the software enforces."""
    agreement = _agreement(desk, arguments["document"])
    return {
        "number": agreement.number,
        "title": agreement.title.zh,
        "valid": [str(agreement.valid_from), str(agreement.valid_until)],
        "parties": [party.name.zh for party in agreement.parties],
        "clauses": [
            {
                "number": clause.number,
                "title": clause.title.zh,
                "text": clause.text.zh,
                "enforced": clause.enforced,
            }
            for clause in agreement.clauses
        ],
    }


def _agreement(desk: OperatorDesk, digest: str) -> Agreement:
    with desk.node.kernel.database.read() as connection:
        document = desk.node.kernel.library.agreement(connection, digest)
    if not isinstance(document, Agreement):
        raise OperationRefused(
            f"no agreement {digest} is kept here; `tongban agreement list` shows those that are"
        )
    return document


def _read(text: str) -> Agreement:
    try:
        return parse_agreement(yaml.safe_load(text))
    except (CoreFault, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise OperationRefused(
            f"the document is not an agreement: {reason}. Nothing was kept; mend the file and "
            "import it again"
        ) from error


def _check_parties(desk: OperatorDesk, agreement: Agreement) -> None:
    """Before anything is kept: this node is a party, and a partner of every other."""
    if agreement.party(desk.node.name) is None:
        raise _no_party(desk, agreement)
    for partner in sorted(agreement.nodes - {desk.node.name}):
        if desk.node.kernel.peers.get(partner) is None:
            raise OperationRefused(
                f"{partner} is no partner of this node yet; `tongban peer add` first. Nothing was "
                "kept"
            )


def _no_party(desk: OperatorDesk, agreement: Agreement) -> OperationRefused:
    parties = ", ".join(sorted(agreement.nodes))
    return OperationRefused(
        f"{desk.node.name} is no party of this agreement; its parties are {parties}, and only they "
        "can import and sign it"
    )


def _do(desk: OperatorDesk, agreement: Agreement, command: AgreementCommand) -> None:
    for partner in sorted(agreement.nodes - {desk.node.name}):
        answer = desk.node.execute(command, partner=partner)
        if isinstance(answer, Refusal):
            words = words_for(answer.ground)
            raise OperationRefused(
                f"{words.what.zh}{words.why.zh}{words.next.zh}\n"
                f"{words.what.en} {words.why.en} {words.next.en}"
            )
