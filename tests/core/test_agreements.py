"""Agreements between two nodes: documents, signatures, suspensions."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tongban.core import canonical
from tongban.core.agreements.admit import admit
from tongban.core.agreements.agreement import LegalityReview
from tongban.core.agreements.commands import AgreementCommand, Cite
from tongban.core.agreements.decide import decide
from tongban.core.agreements.document import (
    Document,
    RunOff,
    document_bytes,
    parse_agreement,
    parse_instrument,
    read_document,
)
from tongban.core.agreements.events import AgreementOffered, AgreementSigned, AgreementSuspended
from tongban.core.agreements.evolve import evolve, settle
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.signature import key_name, read_signature, signing_text
from tongban.core.agreements.state import AgreementState
from tongban.core.cases.events import CaseOpened
from tongban.core.decided import Decided
from tongban.core.entry import Entry, Event
from tongban.core.faults import BrokenInvariant, DocumentInvalid, NotCanonical, NotEncodable
from tongban.core.refusal import Refusal
from tongban.core.words import Words

from .examples import FUND, MORNING, OFFICER
from .talks import (
    AGREEMENT,
    DIGEST,
    DOCUMENTS,
    HANGZHOU,
    LIST,
    LIST_DIGEST,
    SUZHOU,
    asked,
    context,
    entry,
    note,
    offer,
    refused,
    sign,
    suspend,
    verify,
    withdraw,
)


def mapping(document: Document = AGREEMENT) -> dict[str, Any]:
    plain = yaml.safe_load(document_bytes(document))
    assert isinstance(plain, dict)
    return deepcopy(plain)


def test_an_agreement_is_offered_and_signed_by_both() -> None:
    state = asked(None, offer())
    state = asked(state, sign(SUZHOU))
    state = asked(state, sign(HANGZHOU), HANGZHOU)
    assert state.signed_by(SUZHOU)
    assert state.signed_by(HANGZHOU)
    assert canonical.decode(canonical.encode(state), AgreementState) == state


def test_of_two_that_lay_one_text_at_once_both_count() -> None:
    """If both fell, an act written on one of them would stand at one side alone."""
    one, other = (entry(AgreementOffered(document=DIGEST), number=n) for n in (1, 2))
    ways = ((one, SUZHOU), (other, HANGZHOU))
    states = [laid(*ways), laid(*reversed(ways))]
    assert states[0] == states[1]
    assert states[0].is_laid_by(SUZHOU)
    assert states[0].is_laid_by(HANGZHOU)
    assert refused(states[0], offer()) == AgreementGround.ALREADY_OFFERED
    assert settle(states[0], one.id, refused="x") == laid(ways[1])
    assert settle(states[0], other.id, refused="x") == laid(ways[0])


def laid(*ways: tuple[Entry, str]) -> AgreementState:
    """The state after these entries of these writers, each admitted."""
    state = None
    for line, writer in ways:
        peer = HANGZHOU if writer == SUZHOU else SUZHOU
        refusal = admit(
            state,
            line,
            writer=writer,
            receiver=peer,
            documents=DOCUMENTS,
            verify=verify,
            at=MORNING,
        )
        assert refusal is None
        state = evolve(state, line, writer=writer, reader=peer)
    assert state is not None
    return state


def test_of_two_each_brings_its_own_signature() -> None:
    """Whoever holds a key that the other gave up long ago signs nothing for it."""
    refusal = decide(asked(None, offer()), sign(HANGZHOU), context(SUZHOU))
    assert isinstance(refusal, Refusal)
    assert refusal.ground == AgreementGround.SIGNATURE_IS_ANOTHERS


def test_a_text_that_not_both_signed_is_withdrawn_by_either_and_then_void() -> None:
    for signs, withdraws in ((SUZHOU, SUZHOU), (SUZHOU, HANGZHOU)):
        signed = asked(asked(None, offer()), sign(signs), signs)
        state = asked(signed, withdraw(), withdraws)
        assert state.withdrawn
        for late in (sign(HANGZHOU), withdraw()):
            refusal = decide(state, late, context(HANGZHOU))
            assert isinstance(refusal, Refusal)
            assert refusal.ground == AgreementGround.WITHDRAWN
        assert settle(state, state.withdrawals[0].entry, refused="x") == signed


def test_a_withdrawal_that_crosses_the_last_signature_falls_with_it() -> None:
    """Each refuses what the other wrote, and both know it: the text lies there as before."""
    offered = asked(asked(None, offer()), sign(SUZHOU))
    gone, signed = asked(offered, withdraw()), asked(offered, sign(HANGZHOU), HANGZHOU)
    assert ground(gone, sign(HANGZHOU), HANGZHOU) == AgreementGround.WITHDRAWN
    assert ground(signed, withdraw(), SUZHOU) == AgreementGround.ALREADY_CONCLUDED
    assert settle(gone, gone.withdrawals[0].entry, refused="x") == offered
    assert settle(signed, signed.signatures[-1].entry, refused="x") == offered


def ground(state: AgreementState, command: AgreementCommand, party: str) -> str:
    answer = decide(state, command, context(party))
    return answer.ground if isinstance(answer, Refusal) else ""


def test_what_both_signed_is_not_withdrawn_but_ended() -> None:
    state = asked(asked(asked(None, offer()), sign(SUZHOU)), sign(HANGZHOU), HANGZHOU)
    refusal = decide(state, withdraw(), context(SUZHOU))
    assert isinstance(refusal, Refusal)
    assert refusal.ground == AgreementGround.ALREADY_CONCLUDED


def test_a_published_instrument_is_cited() -> None:
    state = asked(None, Cite(document=LIST_DIGEST, actor=OFFICER))
    assert state.cited


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (offer("sha256:0"), AgreementGround.UNKNOWN_DOCUMENT),
        (offer(LIST_DIGEST), AgreementGround.NOT_AN_AGREEMENT),
        (sign(SUZHOU, document=LIST_DIGEST), AgreementGround.NOT_AN_AGREEMENT),
        (suspend(document=LIST_DIGEST), AgreementGround.NOT_AN_AGREEMENT),
        (withdraw(LIST_DIGEST), AgreementGround.NOT_AN_AGREEMENT),
        (withdraw(), AgreementGround.NOT_OFFERED),
        (Cite(document=DIGEST, actor=OFFICER), AgreementGround.NOT_AN_INSTRUMENT),
        (sign(SUZHOU), AgreementGround.NOT_OFFERED),
        (suspend(), AgreementGround.NOT_OFFERED),
    ],
)
def test_what_does_not_fit_the_document_is_refused(
    command: AgreementCommand, expected: AgreementGround
) -> None:
    assert refused(None, command) == expected


def test_strangers_do_not_offer_an_agreement_of_others() -> None:
    assert refused(None, offer(), "hefei.g60.demo") == AgreementGround.NOT_A_PARTY


def test_a_document_is_laid_before_the_partner_once() -> None:
    state = asked(None, offer())
    assert refused(state, offer()) == AgreementGround.ALREADY_OFFERED
    cited = asked(None, Cite(document=LIST_DIGEST, actor=OFFICER))
    again = Cite(document=LIST_DIGEST, actor=OFFICER)
    assert refused(cited, again) == AgreementGround.ALREADY_OFFERED


def test_a_party_signs_once() -> None:
    state = asked(asked(None, offer()), sign(SUZHOU))
    assert refused(state, sign(SUZHOU)) == AgreementGround.ALREADY_SIGNED


def test_only_parties_sign() -> None:
    state = asked(None, offer())
    command = sign("hefei.g60.demo", "anything")
    assert refused(state, command) == AgreementGround.NOT_A_PARTY


@pytest.mark.parametrize(
    "spoiled",
    [
        "nothing",
        note(SUZHOU, document="sha256:0"),
        note(SUZHOU, office="苏州市民"),
        note(SUZHOU, party=HANGZHOU),
        note(SUZHOU) + "more\n",
        note(SUZHOU).replace("v1", "v2"),
        note(SUZHOU).replace("+08:00", ""),
        note(HANGZHOU),
        f"{key_name(SUZHOU)}\n\n\n\n\nnever\n",
    ],
)
def test_a_signature_that_is_not_the_partys_is_refused(spoiled: str) -> None:
    state = asked(None, offer())
    assert refused(state, sign(SUZHOU, spoiled)) == AgreementGround.SIGNATURE_INVALID


def test_a_suspension_concerns_items_of_the_agreement_and_is_said_once() -> None:
    state = asked(None, offer())
    assert refused(state, suspend("nothing")) == AgreementGround.ITEM_NOT_IN_AGREEMENT
    state = asked(state, suspend(FUND.code), HANGZHOU)
    assert refused(state, suspend(FUND.code), HANGZHOU) == AgreementGround.ALREADY_SUSPENDED
    state = asked(state, suspend(FUND.code), SUZHOU)
    state = asked(state, suspend(), HANGZHOU)
    assert refused(state, suspend(FUND.code), HANGZHOU) == AgreementGround.ALREADY_SUSPENDED


def test_an_entry_about_another_document_or_noun_is_refused() -> None:
    for event in (CaseOpened(), AgreementSuspended(document=LIST_DIGEST, ground="x")):
        refusal = admit(
            None,
            entry(event),
            writer=SUZHOU,
            receiver=HANGZHOU,
            documents=DOCUMENTS,
            verify=verify,
            at=MORNING,
        )
        assert refusal is not None
        assert refusal.ground == AgreementGround.UNKNOWN_DOCUMENT


def test_what_the_partner_refused_is_as_if_never_said() -> None:
    first = asked(None, offer())
    signed = asked(first, sign(SUZHOU))
    stopped = asked(signed, suspend())
    assert settle(stopped, stopped.suspensions[0].entry, refused="") == stopped
    assert settle(stopped, stopped.suspensions[0].entry, refused="x") == signed
    assert settle(signed, signed.signatures[0].entry, refused="x") == first
    assert settle(first, first.entry, refused="x") is None


@pytest.mark.parametrize("event", [CaseOpened(), AgreementSuspended(document="x", ground="y")])
def test_folding_what_was_never_admitted_is_a_broken_invariant(event: Event) -> None:
    with pytest.raises(BrokenInvariant):
        evolve(None, entry(event), writer=SUZHOU, reader=HANGZHOU)


def test_a_second_offer_is_a_broken_invariant() -> None:
    state = asked(None, offer())
    answer = decide(None, offer(), context())
    assert isinstance(answer, tuple)
    first: Decided = answer[0]
    with pytest.raises(BrokenInvariant):
        evolve(state, entry(first.event), writer=SUZHOU, reader=HANGZHOU)


def test_a_signature_reads_back_as_it_was_written() -> None:
    signed = read_signature(note(SUZHOU), SUZHOU, verify)
    assert signed is not None
    assert (signed.document, signed.party, signed.at) == (DIGEST, SUZHOU, MORNING)
    event = AgreementSigned(document=DIGEST, party=SUZHOU, note=note(SUZHOU))
    assert signed.document == event.document


@pytest.mark.parametrize("office", ["", "two\nlines"])
def test_an_office_is_one_line_of_words(office: str) -> None:
    with pytest.raises(NotEncodable):
        signing_text(DIGEST, SUZHOU, office, MORNING)


@given(st.text())
def test_any_text_is_a_signature_only_in_its_one_form(text: str) -> None:
    signed = read_signature(f"{key_name(SUZHOU)}\n{text}", SUZHOU, verify)
    if signed is not None:
        assert text == signing_text(signed.document, SUZHOU, signed.office, signed.at)


@pytest.mark.parametrize("document", [AGREEMENT, LIST])
def test_a_document_survives_its_bytes(document: Document) -> None:
    assert read_document(document_bytes(document)) == document
    with pytest.raises(NotCanonical):
        read_document(document_bytes(document) + b" ")


def test_documents_are_parsed_from_what_people_write() -> None:
    assert parse_agreement(mapping()) == AGREEMENT
    assert parse_instrument(mapping(LIST)) == LIST


def test_an_agreement_answers_for_its_parts() -> None:
    assert AGREEMENT.party("nobody") is None
    assert AGREEMENT.clause("2.1") is not None
    assert AGREEMENT.clause("99") is None
    assert LIST.clause("annex-1") is not None
    assert AGREEMENT.run_off is RunOff.FINISH
    assert replace(AGREEMENT, clauses=()).run_off is RunOff.FINISH
    enforced = [clause.number for clause in AGREEMENT.clauses if clause.enforced]
    assert enforced == ["2.1", "2.2", "3.1", "8.1"]


def spoiled(path: str, value: object) -> dict[str, Any]:
    plain = mapping()
    place: Any = plain
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        place = place[step]
    place[last] = value
    return plain


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("parties", [], "parties"),
        ("parties.1.node", SUZHOU, "parties"),
        ("parties.0.place", "32", "parties[0].place"),
        ("valid_until", "2020-01-01", "valid_until"),
        ("supersedes", "the first one", "supersedes"),
        ("supersedes", "sha256:" + "0" * 63 + "g", "supersedes"),
        ("clauses.1.number", "1.1", "clauses"),
        ("clauses.1.number", "第二条", "clauses"),
        ("consents.0.granter", "hefei.g60.demo", "consents[0].granter"),
        ("consents.0.organisation", "1" * 18, "consents[0].organisation"),
        ("consents.0.items", ["1"], "consents[0].items"),
        ("consents.0.items", [], "clauses[1].grants[0].items"),
        ("clauses.1.grants.0.grantee", HANGZHOU, "clauses[1].grants[0]"),
        ("clauses.1.grants.0.grantee", "hefei.g60.demo", "clauses[1].grants[0]"),
        ("clauses.1.grants.0.granter", "hefei.g60.demo", "clauses[1].grants[0]"),
    ],
)
def test_a_bad_agreement_names_its_field(path: str, value: object, field: str) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        parse_agreement(spoiled(path, value))
    assert caught.value.field == field


def test_an_item_of_another_owner_is_not_consented_to() -> None:
    plain = spoiled("consents.0.items", [AGREEMENT.consents[1].items[0]])
    with pytest.raises(DocumentInvalid, match="not the organisation's own"):
        parse_agreement(plain)


def test_one_party_lays_a_text_once() -> None:
    state = asked(None, offer())
    assert refused(state, offer(), HANGZHOU) == AgreementGround.ALREADY_OFFERED
    again = entry(AgreementOffered(document=DIGEST), number=9)
    refusal = admit(
        state,
        again,
        writer=SUZHOU,
        receiver=HANGZHOU,
        documents=DOCUMENTS,
        verify=verify,
        at=MORNING,
    )
    assert refusal is not None
    assert refusal.ground == AgreementGround.ALREADY_OFFERED
    with pytest.raises(BrokenInvariant, match="twice"):
        evolve(state, again, writer=SUZHOU, reader=HANGZHOU)


def test_a_text_that_grants_powers_tells_whose_legal_office_has_not_looked_at_it() -> None:
    first, *others = (party.node for party in AGREEMENT.parties)
    office = Words(zh="司法局", en="justice bureau")
    review = LegalityReview(
        party=first, office=office, number="1", reviewed_on=AGREEMENT.valid_from
    )
    assert replace(AGREEMENT, reviews=()).unreviewed == (first, *others)
    assert replace(AGREEMENT, reviews=(review,)).unreviewed == tuple(others)
    bare = tuple(replace(clause, grants=()) for clause in AGREEMENT.clauses)
    assert replace(AGREEMENT, reviews=(), clauses=bare).unreviewed == ()
