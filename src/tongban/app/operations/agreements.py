"""Agreements and instruments: `tongban agreement import | sign | suspend | resume | terminate …`.

An agreement is laid before the partner and both sign it; one of several parties goes to its
depositary, which passes it on. A published instrument needs no signature and is cited.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import yaml

from tongban.app.control import Arguments, OperationRefused
from tongban.app.guests.papers import papers_in
from tongban.app.operations.agreement_names import digest_named
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.ground import check_ground
from tongban.app.operations.items import day_of
from tongban.core.agreements.authority import REPRESENTATIVE, kind_of
from tongban.core.agreements.document import (
    Agreement,
    Document,
    Instrument,
    document_bytes,
    document_digest,
    parse_agreement,
    parse_instrument,
)
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, ActorKind
from tongban.core.faults import CoreFault
from tongban.core.grounds import words_for
from tongban.core.refusal import Refusal
from tongban.node import agreement_acts
from tongban.node.agreement_acts import Answers
from tongban.node.faults import DocumentTooLarge, NoParty

AGREEMENT_OFFICER = Actor(kind=ActorKind.OFFICER, role="agreement_officer")
Parsed = TypeVar("Parsed", Agreement, Instrument)


def import_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Keep a document and lay it before the partner that it names."""
    agreement = read(arguments["text"], parse_agreement)
    check_parties(desk, agreement)
    require_done(
        agreement_acts.offer(desk.node, agreement, AGREEMENT_OFFICER, papers=papers_in(arguments))
    )
    return {"document": document_digest(agreement), "title": agreement.title.zh}


def sign_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Sign a document in the name of the office that it names for this node.

    under: number of the written authorisation by which the office `office` signs, "" where the
    legal representative does, of whom a paper is recorded.
    """
    agreement = kept_agreement(desk, arguments["document"])
    check_parties(desk, agreement)
    actor, under = _signer(desk, agreement, arguments)
    require_done(
        agreement_acts.sign(
            desk.node, agreement, actor, authorisation=under, papers=papers_in(arguments)
        )
    )
    office = agreement_acts.own_party(desk.node, agreement).office
    return {"document": document_digest(agreement), "office": office.zh}


def _signer(desk: OperatorDesk, agreement: Agreement, arguments: Arguments) -> tuple[Actor, str]:
    """The office that signs and the number of its paper; raises OperationRefused.

    That somebody is the legal representative is a paper's word too (法定代表人身份证明书).
    """
    under = arguments.get("under", "")
    if under:
        return replace(AGREEMENT_OFFICER, role=arguments.get("office", "")), under
    representative = replace(AGREEMENT_OFFICER, role=REPRESENTATIVE)
    paper = desk.node.signers.paper_for(agreement, representative)
    if not paper:
        raise OperationRefused(
            "no paper is recorded that names the legal representative (法定代表人身份证明书) for "
            f"a {kind_of(agreement).value} agreement today. Record it with `tongban agreement "
            f"authorise NUMBER --office {REPRESENTATIVE} --kind {kind_of(agreement).value} --until "
            "DAY`, or act under an authorisation with --under. Nothing was done"
        )
    return representative, paper


def suspend_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Stop delegated acts under an agreement at once, for some items or for all."""
    agreement = kept_agreement(desk, arguments["document"])
    check_ground(arguments["ground"])
    items = tuple(arguments["items"])
    answers = agreement_acts.suspend(
        desk.node,
        agreement,
        AGREEMENT_OFFICER,
        ground=arguments["ground"],
        items=items,
        papers=papers_in(arguments),
    )
    require_done(answers)
    return {"document": document_digest(agreement)}


def resume_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Lift what this node suspended, for some items or for all."""
    agreement = kept_agreement(desk, arguments["document"])
    items = tuple(arguments["items"])
    require_done(
        agreement_acts.resume(
            desk.node, agreement, AGREEMENT_OFFICER, items=items, papers=papers_in(arguments)
        )
    )
    return {"document": document_digest(agreement)}


def terminate_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Give an agreement a last day; `under` and `office` as in signing."""
    agreement = kept_agreement(desk, arguments["document"])
    check_ground(arguments["ground"])
    actor, under = _signer(desk, agreement, arguments)
    last_day = day_of(arguments["last_day"], china_day(desk.node.kernel.clock.now()))
    answers = agreement_acts.terminate(
        desk.node,
        agreement,
        actor,
        ground=arguments["ground"],
        last_day=last_day,
        authorisation=under,
        papers=papers_in(arguments),
    )
    require_done(answers)
    return {
        "document": document_digest(agreement),
        "last_day": str(last_day),
        "run_off": agreement.run_off.value,
    }


def withdraw_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Want a text no more that not both have signed."""
    agreement = kept_agreement(desk, arguments["document"])
    check_ground(arguments["ground"])
    answers = agreement_acts.withdraw(
        desk.node,
        agreement,
        AGREEMENT_OFFICER,
        ground=arguments["ground"],
        papers=papers_in(arguments),
    )
    require_done(answers)
    return {"document": arguments["document"]}


def publish_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Record that a party published an agreement; `party`: this node's where it is ""."""
    agreement = kept_agreement(desk, arguments["document"])
    party = arguments.get("party", "") or desk.node.name
    on = day_of(arguments["on"], china_day(desk.node.kernel.clock.now()))
    answers = agreement_acts.publish(
        desk.node, agreement, AGREEMENT_OFFICER, on=on, party=party, papers=papers_in(arguments)
    )
    require_done(answers)
    return {"document": document_digest(agreement), "party": party, "published_on": str(on)}


def leave_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Tell the depositary that this node's party leaves; `under` and `office` as in signing."""
    agreement = kept_agreement(desk, arguments["document"])
    check_ground(arguments["ground"])
    actor, under = _signer(desk, agreement, arguments)
    last_day = day_of(arguments["last_day"], china_day(desk.node.kernel.clock.now()))
    answers = agreement_acts.leave(
        desk.node,
        agreement,
        actor,
        ground=arguments["ground"],
        last_day=last_day,
        authorisation=under,
        papers=papers_in(arguments),
    )
    require_done(answers)
    return {
        "document": document_digest(agreement),
        "last_day": str(last_day),
        "depositary": agreement.depositary,
        "run_off": agreement.run_off.value,
    }


def cite_instrument(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Make a published instrument count between this node and a partner."""
    instrument, partner = read(arguments["text"], parse_instrument), arguments["partner"]
    _check_partner(desk, partner)
    answer = agreement_acts.cite(
        desk.node, instrument, AGREEMENT_OFFICER, partner=partner, papers=papers_in(arguments)
    )
    require_done({partner: answer})
    return {
        "document": document_digest(instrument),
        "title": instrument.title.zh,
        "partner": partner,
    }


def agreement_document(desk: OperatorDesk, arguments: Arguments) -> Any:
    """The agreement itself, as its canonical text."""
    return {"text": document_bytes(kept_agreement(desk, arguments["document"])).decode()}


def kept_agreement(desk: OperatorDesk, digest: str) -> Agreement:
    """The agreement of this digest, or of what begins it; raises OperationRefused."""
    document = kept_document(desk, digest)
    if not isinstance(document, Agreement):
        raise OperationRefused(
            f"《{document.title.zh}》 is a published instrument; it counts once it is cited, and "
            "is neither signed nor suspended. Nothing was done"
        )
    return document


def kept_document(desk: OperatorDesk, digest: str) -> Document:
    """The agreement or instrument of this digest, or of what begins it; raises OperationRefused."""
    found = desk.node.document(digest_named(desk, digest))
    if found is None:
        raise OperationRefused(
            f"no agreement {digest} is kept here; `tongban agreement list` shows those that are"
        )
    return found


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
    try:
        agreement_acts.own_party(desk.node, agreement)
    except NoParty as fault:
        raise OperationRefused(str(fault)) from fault
    for partner in agreement_acts.partners_of(desk.node, agreement):
        _check_partner(desk, partner)
    try:
        agreement_acts.check_parties(desk.node, agreement)
    except DocumentTooLarge as fault:
        raise OperationRefused(f"{fault}. Nothing was kept") from fault


def _check_partner(desk: OperatorDesk, partner: str) -> None:
    if desk.node.kernel.peers.get(partner) is None:
        raise OperationRefused(
            f"{partner} is no partner of this node yet; `tongban peer add` first. Nothing was kept"
        )


def require_done(answers: Answers) -> None:
    """Go on only where every partner's command was taken; raises OperationRefused."""
    for answer in answers.values():
        if isinstance(answer, Refusal):
            raise in_words(answer)


def in_words(refusal: Refusal) -> OperationRefused:
    """What an operator reads of a refusal: what happened, why, and what to do next."""
    words = words_for(refusal.ground)
    return OperationRefused(
        f"{words.what.zh}{words.why.zh}{words.next.zh}\n"
        f"{words.what.en} {words.why.en} {words.next.en}"
    )
