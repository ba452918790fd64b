"""What an operator reads of agreements: `tongban agreement list | show`."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tongban.app.control import Arguments
from tongban.app.operations.agreement_names import digest_named, known_digests, short_name
from tongban.app.operations.agreements import kept_document
from tongban.app.operations.desk import OperatorDesk
from tongban.core.agreements.agreement import (
    Consent,
    LegalityReview,
    PartyLine,
    PublicationDuty,
)
from tongban.core.agreements.clauses import Grant
from tongban.core.agreements.document import Agreement, Clause, Document
from tongban.core.agreements.instrument import InstrumentClause
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.standing import DocumentStanding, standing_of
from tongban.core.agreements.state import AgreementState, PairAgreements
from tongban.core.grounds import words_for
from tongban.node.between import between


def list_agreements(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every agreement with a partner and how it stands, and every instrument and who cited it."""
    known = known_digests(desk)
    lines = [
        {**line, "short": short_name(line["document"], known)}
        for row in desk.node.channels()
        for line in _lines(desk, row.peer)
    ]
    return sorted(lines, key=lambda line: (line["number"], line["version"], line["partner"]))


def show_agreement(desk: OperatorDesk, arguments: Arguments) -> Any:
    """What a document gives, demands and needs, its words, and how it stands at each partner."""
    digest = digest_named(desk, arguments["document"])
    document = kept_document(desk, digest)
    return {
        "document": digest,
        "number": document.number,
        "title": document.title.zh,
        "illustrative": document.illustrative,
        "valid": [str(document.valid_from), str(document.valid_until or "")],
        **(_of_parties(document) if isinstance(document, Agreement) else _of_issuer(document)),
        "grants": list(_grants(desk, document)),
        "clauses": [
            {
                "number": clause.number,
                "title": clause.title.zh,
                "text": clause.text.zh,
                "enforced": clause.enforced,
            }
            for clause in document.clauses
        ],
        "standing": [
            line
            for row in desk.node.channels()
            for line in _lines(desk, row.peer)
            if line["document"] == digest
        ],
    }


def _lines(desk: OperatorDesk, peer: str) -> Iterator[dict[str, Any]]:
    pair, now = between(desk.node.kernel, peer).pair, desk.node.kernel.clock.now()
    for digest in pair.states:
        yield _line(pair, digest, peer, standing_of(pair, digest, now))


def _line(
    pair: PairAgreements, digest: str, partner: str, standing: DocumentStanding
) -> dict[str, Any]:
    """One document at one partner; days_left: until its last day, negative once that is past."""
    document, state = pair.documents[digest], pair.states[digest]
    agreement = document if isinstance(document, Agreement) else None
    return {
        "document": digest,
        "kind": "agreement" if agreement else "instrument",
        "partner": partner,
        "number": document.number,
        "version": agreement.version if agreement else 0,
        "title": document.title.zh,
        "valid_from": str(document.valid_from),
        "valid_until": str(document.valid_until or ""),
        "last_day": str(standing.last_day or ""),
        "days_left": standing.days_left,
        "standing": _words(document, state, standing),
        "ground": standing.ground or "",
        "signed": sorted({line.party for line in state.signatures}),
        "cited_by": state.offered_by if state.cited else "",
        "in_force": standing.in_force,
        "unpublished": sorted(standing.unpublished) if digest in pair.concluded else [],
        "suspended": any(not stop.is_lifted for stop in state.suspensions),
        "withdrawn": state.withdrawn,
        "ends_on": str(state.ended_on or ""),
    }


def _words(document: Document, state: AgreementState, standing: DocumentStanding) -> str:
    """How it stands, plainly."""
    if standing.ground is not None:
        say = _STOPPED.get(standing.ground)
        return say(document, state, standing) if say else words_for(standing.ground).why.en
    cited = f", cited by {state.offered_by}" if state.cited else ""
    ends = f", ends after {state.ended_on}" if state.ended_on else ""
    stopped = f", suspended for {len(standing.stopped)} items" if standing.stopped else ""
    return f"in force{cited}{ends}{stopped}"


def _unsigned(_document: Document, _state: AgreementState, standing: DocumentStanding) -> str:
    if not standing.unsigned:
        return "signed by all, waits for its depositary"
    return f"waits for the signature of {', '.join(standing.unsigned)}"


def _unpublished(_document: Document, _state: AgreementState, standing: DocumentStanding) -> str:
    return f"signed, to be published by {', '.join(standing.unpublished)}"


def _suspended(_document: Document, state: AgreementState, _standing: DocumentStanding) -> str:
    stoppers = dict.fromkeys(stop.by for stop in state.suspensions if not stop.is_lifted)
    return f"suspended by {', '.join(stoppers)}"


def _terminated(_document: Document, state: AgreementState, _standing: DocumentStanding) -> str:
    enders = dict.fromkeys(line.by for line in state.ends)
    return f"ended after {state.ended_on} by {', '.join(enders)}"


_STOPPED: Mapping[AgreementGround, Callable[[Document, AgreementState, DocumentStanding], str]] = {
    AgreementGround.NOT_SIGNED_BY_ALL: _unsigned,
    AgreementGround.SIGNING_LAPSED: lambda *_: "not signed by all in time",
    AgreementGround.WITHDRAWN: lambda *_: "withdrawn before all had signed",
    AgreementGround.NOT_PUBLISHED: _unpublished,
    AgreementGround.NOT_YET_IN_FORCE: lambda document, *_: (
        f"signed, in force from {document.valid_from}"
    ),
    AgreementGround.EXPIRED: lambda document, *_: f"expired after {document.valid_until}",
    AgreementGround.SUSPENDED: _suspended,
    AgreementGround.TERMINATED: _terminated,
    AgreementGround.SUPERSEDED: lambda *_: "a newer version has taken its place",
}


def _of_parties(agreement: Agreement) -> dict[str, Any]:
    return {
        "kind": "agreement",
        "version": agreement.version,
        "parties": [party.name.zh for party in agreement.parties],
        "signatories": [_signatory(party) for party in agreement.parties],
        "depositary": agreement.depositary,
        "supersedes": agreement.supersedes,
        "supersedes_also": list(agreement.supersedes_also),
        "sign_by": str(agreement.sign_by or ""),
        "template": agreement.template,
        "run_off": agreement.run_off.value,
        "notices": [
            {"clause": clause.number, "matter": notice.matter.value, "days": notice.days}
            for clause in agreement.clauses
            for notice in clause.notices
        ],
        "leg_limits": [
            {"clause": clause.number, "leg": limit.leg.value, "working_days": limit.working_days}
            for clause in agreement.clauses
            for limit in clause.limits
        ],
        "consents": [_consent(each) for each in agreement.consents],
        "reviews": [_review(each) for each in agreement.reviews],
        "publications": [_publication(each) for each in agreement.publications],
    }


def _signatory(party: PartyLine) -> dict[str, Any]:
    return {
        "node": party.node,
        "name": party.name.zh,
        "level": party.level.value,
        "office": party.office.zh,
    }


def _review(review: LegalityReview) -> dict[str, Any]:
    return {
        "party": review.party,
        "office": review.office.zh,
        "number": review.number,
        "reviewed_on": str(review.reviewed_on),
    }


def _publication(duty: PublicationDuty) -> dict[str, Any]:
    return {"party": duty.party, "where": duty.where.zh, "publish_by": str(duty.publish_by)}


def _of_issuer(document: Document) -> dict[str, Any]:
    issuer = [] if isinstance(document, Agreement) else [document.issuer.zh]
    return {"kind": "instrument", "parties": issuer}


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "organisation": consent.organisation,
        "name": consent.name.zh,
        "granter": consent.granter,
        "items": list(consent.items),
        "given_on": str(consent.given_on),
    }


def _grants(desk: OperatorDesk, document: Document) -> Iterator[dict[str, Any]]:
    """Each grant in its direction; an instrument's go from every place to every other."""
    names = _item_names(document)
    for clause in document.clauses:
        if isinstance(clause, InstrumentClause):
            yield _published(clause)
        else:
            yield from (_grant(desk, clause, grant, names) for grant in clause.grants)


def _grant(
    desk: OperatorDesk, clause: Clause, grant: Grant, names: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "clause": clause.number,
        "granter": grant.granter,
        "grantee": grant.grantee,
        "powers": [power.value for power in grant.powers],
        "modes": [mode.value for mode in grant.modes],
        "daily_limit": grant.daily_limit,
        "items": [
            {"code": code, "name": names.get(code) or _known_name(desk, code)}
            for code in grant.items
        ],
    }


def _published(clause: InstrumentClause) -> dict[str, Any]:
    return {
        "clause": clause.number,
        "granter": "",
        "grantee": "",
        "powers": [power.value for power in clause.powers],
        "modes": [mode.value for mode in clause.modes],
        "daily_limit": 0,
        "items": [{"code": code, "name": ""} for code in clause.catalogue_codes],
    }


def _item_names(document: Document) -> dict[str, str]:
    """What the document itself calls its items, by code."""
    consents = document.consents if isinstance(document, Agreement) else ()
    return {
        code: name.zh
        for consent in consents
        for code, name in zip(consent.items, consent.item_names, strict=False)
    }


def _known_name(desk: OperatorDesk, code: str) -> str:
    item = desk.node.published.find(code)
    return item.name.zh if item else ""
