"""A text that names the last day for signing does not wait for signatures for ever."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tongban.core.agreements.admit import admit
from tongban.core.agreements.authorise import why_stopped
from tongban.core.agreements.checks import check_agreement
from tongban.core.agreements.commands import AgreementCommand
from tongban.core.agreements.decide import decide
from tongban.core.agreements.document import document_digest
from tongban.core.agreements.evolve import evolve
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.state import AgreementState, pair_agreements
from tongban.core.china_time import china_day
from tongban.core.faults import DocumentInvalid
from tongban.core.refusal import Refusal

from .examples import FUND, MORNING
from .parties import THREE, Parties
from .talks import AGREEMENT, HANGZHOU, SUZHOU, context, entry, note, offer, sign, verify, withdraw

TEXT = replace(AGREEMENT, sign_by=china_day(MORNING))
DIGEST = document_digest(TEXT)
EVENING = MORNING.replace(hour=23, minute=59)
NEXT_DAY = MORNING + timedelta(days=1)


def said(
    state: AgreementState | None, command: AgreementCommand, party: str, at: datetime
) -> AgreementState | str:
    """The state after it, or the ground that the other end finds too."""
    here = replace(context(party), documents={DIGEST: TEXT}, now=at)
    answer = decide(state, command, here)
    if isinstance(answer, Refusal):
        return answer.ground
    number = 1 + (len(state.signatures) + 1 if state else 0)
    line = replace(entry(answer[0].event, DIGEST, number), at=at)
    peer = HANGZHOU if party == SUZHOU else SUZHOU
    documents = {DIGEST: TEXT}
    refusal = admit(
        state, line, writer=party, receiver=peer, documents=documents, verify=verify, at=at
    )
    assert refusal is None
    return evolve(state, line, writer=party, reader=peer)


def signed(state: AgreementState | None, party: str, at: datetime) -> AgreementState | str:
    return said(state, sign(party, note(party, document=DIGEST), DIGEST), party, at)


def laid() -> AgreementState:
    state = said(None, offer(DIGEST), SUZHOU, MORNING)
    assert isinstance(state, AgreementState)
    return state


def test_on_the_last_day_both_may_sign() -> None:
    state = signed(laid(), SUZHOU, MORNING)
    assert isinstance(state, AgreementState)
    whole = signed(state, HANGZHOU, EVENING)
    assert isinstance(whole, AgreementState)
    assert whole.is_concluded(TEXT)


def test_after_the_last_day_nobody_signs_any_more() -> None:
    state = signed(laid(), SUZHOU, MORNING)
    assert isinstance(state, AgreementState)
    assert signed(state, HANGZHOU, NEXT_DAY) == AgreementGround.SIGNING_LAPSED


def test_a_text_that_has_expired_is_signed_by_nobody() -> None:
    """Else it could take the place of one in force, and leave nothing between the two."""
    expired = replace(AGREEMENT, valid_until=china_day(MORNING) - timedelta(days=1))
    assert expired.is_late_to_sign(china_day(MORNING))
    assert not expired.is_late_to_sign(expired.valid_until)


def test_the_receivers_instant_decides() -> None:
    state = signed(laid(), SUZHOU, MORNING)
    here = replace(context(HANGZHOU), documents={DIGEST: TEXT}, now=EVENING)
    command = sign(HANGZHOU, note(HANGZHOU, document=DIGEST), DIGEST)
    answer = decide(state if isinstance(state, AgreementState) else None, command, here)
    assert not isinstance(answer, Refusal)
    assert isinstance(state, AgreementState)
    refusal = admit(
        state,
        entry(answer[0].event, DIGEST, 3),
        writer=HANGZHOU,
        receiver=SUZHOU,
        documents={DIGEST: TEXT},
        verify=verify,
        at=NEXT_DAY,
    )
    assert refusal is not None
    assert refusal.ground == AgreementGround.SIGNING_LAPSED


def test_what_was_not_signed_in_time_says_so_and_what_was_goes_on() -> None:
    state = signed(laid(), SUZHOU, MORNING)
    assert isinstance(state, AgreementState)
    whole = signed(state, HANGZHOU, MORNING)
    assert isinstance(whole, AgreementState)
    grounds = [
        why_stopped(pair_agreements([each], {DIGEST: TEXT}), each, FUND.code, at)
        for each in (state, whole)
        for at in (EVENING, NEXT_DAY)
    ]
    late = [AgreementGround.NOT_SIGNED_BY_ALL, AgreementGround.SIGNING_LAPSED]
    assert grounds[:2] == late
    assert not {AgreementGround.SIGNING_LAPSED} & set(grounds[2:])


def test_what_was_withdrawn_says_so_before_and_after_the_last_day() -> None:
    state = said(laid(), withdraw(DIGEST), HANGZHOU, MORNING)
    assert isinstance(state, AgreementState)
    pair = pair_agreements([state], {DIGEST: TEXT})
    grounds = {why_stopped(pair, state, FUND.code, at) for at in (EVENING, NEXT_DAY)}
    assert grounds == {AgreementGround.WITHDRAWN}


def test_of_many_the_depositary_passes_on_later_what_it_received_in_time() -> None:
    parties = Parties(agreement=replace(THREE, sign_by=china_day(MORNING)))
    parties.offer()
    parties.rest()
    parties.cut = {way for way in parties.ways if way[0] == parties.depositary}
    for node in sorted(THREE.nodes):
        parties.sign(node)
    parties.rest()
    assert len(parties.concluded()) < len(parties.states)
    parties.cut, parties.now = set(), NEXT_DAY
    parties.rest()
    assert parties.concluded() == set(parties.states)


@pytest.mark.parametrize(("days", "fits"), [(0, True), (1, False)])
def test_signing_ends_with_the_last_day_at_the_latest(days: int, *, fits: bool) -> None:
    text = replace(AGREEMENT, sign_by=AGREEMENT.valid_until + timedelta(days=days))
    if fits:
        assert check_agreement(text) == text
    else:
        with pytest.raises(DocumentInvalid, match="sign_by"):
            check_agreement(text)
