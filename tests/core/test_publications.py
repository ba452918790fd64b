"""An agreement that asks for publication is in force once all who owe it have published it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.core.agreements.agreement import PublicationDuty
from tongban.core.agreements.authorise import find_basis, why_stopped
from tongban.core.agreements.commands import RecordPublication
from tongban.core.agreements.decide import AgreementContext, decide
from tongban.core.agreements.document import Agreement, Document, document_digest
from tongban.core.agreements.events import AgreementPublished
from tongban.core.agreements.evolve import evolve, settle
from tongban.core.agreements.permit import Table, permit
from tongban.core.agreements.refusals import AgreementGround as Ground
from tongban.core.agreements.standing import standing_of
from tongban.core.agreements.state import AgreementState
from tongban.core.china_time import china_day
from tongban.core.decided import Decided
from tongban.core.entry import Basis
from tongban.core.plain_codes import unfit_field
from tongban.core.words import Words

from .examples import FUND, MORNING, OFFICER, pair_of, signed
from .parties import THREE, Parties
from .talks import AGREEMENT, HANGZHOU, LIST, SUZHOU, context, entry, verify
from .test_daily_limits import WANTED

TODAY = china_day(MORNING)


def owed_by(agreement: Agreement, *nodes: str) -> Agreement:
    where = Words(zh="政府网站", en="its website")
    duties = tuple(PublicationDuty(party=n, where=where, publish_by=TODAY) for n in nodes)
    return replace(agreement, publications=duties)


PUBLIC = owed_by(AGREEMENT, SUZHOU, HANGZHOU)
DIGEST = document_digest(PUBLIC)


def said(party: str, day: date = TODAY) -> AgreementPublished:
    return AgreementPublished(document=DIGEST, party=party, published_on=day.isoformat())


def published(*parties: str, agreement: Agreement = PUBLIC) -> AgreementState:
    state = signed(agreement)
    for number, party in enumerate(parties, 1):
        state = evolve(state, entry(said(party), number=number), writer=party, reader="")
    return state


def refused(
    event: AgreementPublished,
    state: AgreementState | None,
    document: Document = PUBLIC,
    writer: str = SUZHOU,
    at: datetime = MORNING,
) -> str:
    reader = HANGZHOU if writer == SUZHOU else SUZHOU
    table = Table(writer=writer, reader=reader, document=document, verify=verify, at=at)
    refusal = permit(state, event.document, event, table)
    return refusal.ground if refusal else ""


def ground(state: AgreementState, agreement: Agreement = PUBLIC) -> str:
    return why_stopped(pair_of((state, agreement)), state, FUND.code, MORNING) or ""


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        ((), Ground.NOT_PUBLISHED),
        ((SUZHOU,), Ground.NOT_PUBLISHED),
        ((HANGZHOU,), Ground.NOT_PUBLISHED),
        ((SUZHOU, HANGZHOU), ""),
    ],
)
def test_nothing_rests_on_it_before_all_who_owe_it_have(
    parties: Sequence[str], expected: str
) -> None:
    state = published(*parties)
    assert ground(state) == expected
    assert isinstance(find_basis(pair_of((state, PUBLIC)), WANTED), Basis) == (not expected)


def test_an_agreement_that_asks_for_none_needs_none() -> None:
    assert ground(signed(AGREEMENT), AGREEMENT) == ""


def test_who_signs_first_is_asked_before_who_publishes() -> None:
    state = replace(signed(PUBLIC), signatures=())
    assert ground(state) == Ground.NOT_SIGNED_BY_ALL


def test_who_has_yet_to_publish_is_told() -> None:
    state = published(SUZHOU)
    standing = standing_of(pair_of((state, PUBLIC)), DIGEST, MORNING)
    assert (standing.ground, standing.unpublished) == (Ground.NOT_PUBLISHED, (HANGZHOU,))


def test_a_text_that_is_not_published_takes_no_other_ones_place() -> None:
    newer = replace(PUBLIC, version=9, supersedes=document_digest(AGREEMENT))
    older = (signed(AGREEMENT), AGREEMENT)
    for state, expected in ((signed(newer), ""), (published(SUZHOU, HANGZHOU), Ground.SUPERSEDED)):
        placed = replace(state, document=document_digest(newer))
        pair = pair_of(older, (placed, newer))
        assert (why_stopped(pair, older[0], FUND.code, MORNING) or "") == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (said(SUZHOU), ""),
        (said(SUZHOU, TODAY - timedelta(days=90)), ""),
        (said(SUZHOU, TODAY + timedelta(days=1)), Ground.PUBLICATION_DAY_UNFIT),
        (replace(said(SUZHOU), published_on="soon"), Ground.PUBLICATION_DAY_UNFIT),
        (said(HANGZHOU), Ground.PUBLICATION_IS_THEIRS),
        (said("wuhu.g60.demo"), Ground.NO_PUBLICATION_OWED),
    ],
)
def test_a_party_says_it_of_itself_and_after_it_happened(
    event: AgreementPublished, expected: str
) -> None:
    assert refused(event, signed(PUBLIC)) == expected


def test_after_its_last_day_it_is_said_of_no_text_any_more() -> None:
    last = MORNING + (PUBLIC.valid_until - TODAY)
    assert refused(said(SUZHOU), signed(PUBLIC), at=last) == ""
    assert refused(said(SUZHOU), signed(PUBLIC), at=last + timedelta(days=1)) == Ground.EXPIRED


def test_it_is_said_of_an_agreement_that_stands_and_once() -> None:
    assert refused(said(SUZHOU), None) == Ground.NOT_OFFERED
    assert refused(said(SUZHOU), published(SUZHOU)) == Ground.ALREADY_PUBLISHED
    assert refused(said(SUZHOU), signed(PUBLIC), LIST) == Ground.NOT_AN_AGREEMENT


def test_a_day_that_is_none_could_hide_anything() -> None:
    assert unfit_field(said(SUZHOU)) == ""
    assert unfit_field(replace(said(SUZHOU), published_on="Zhang San")) == "published_on"


def test_what_the_partner_refused_was_never_said() -> None:
    state = published(SUZHOU)
    assert settle(state, state.publications[0].entry, refused="x") == signed(PUBLIC)
    assert settle(state, "another", refused="x") == state


def test_an_official_records_it_by_command() -> None:
    known: AgreementContext = replace(context(), documents={DIGEST: PUBLIC})
    command = RecordPublication(document=DIGEST, actor=OFFICER, party=SUZHOU, published_on=TODAY)
    assert decide(signed(PUBLIC), command, known) == (Decided(event=said(SUZHOU)),)


def public_alliance(*nodes: str) -> Parties:
    """Three parties that have all signed what these of them have to publish."""
    parties = Parties(agreement=owed_by(THREE, *nodes))
    parties.offer()
    parties.rest()
    for node in sorted(THREE.nodes):
        parties.sign(node)
    parties.rest()
    return parties


def tell(parties: Parties, node: str) -> None:
    for partner in sorted(THREE.nodes - {node}):
        command = RecordPublication(
            document=parties.digest, actor=OFFICER, party=node, published_on=TODAY
        )
        parties.say(node, partner, command)


def lacking(parties: Parties) -> set[str]:
    found: set[str] = set()
    for state in parties.states.values():
        assert state is not None
        found |= {*state.unpublished(parties.agreement)}
    return found


def test_what_one_of_many_published_all_pairs_come_to_know() -> None:
    nodes = sorted(THREE.nodes)
    parties = public_alliance(*nodes)
    for node in nodes:
        tell(parties, node)
    parties.rest()
    assert lacking(parties) == set()
    assert parties.refused == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(THREE.nodes)), unique=True),
    st.lists(st.tuples(*[st.sampled_from(sorted(THREE.nodes))] * 2), max_size=30),
)
def test_in_whatever_order_letters_come_all_pairs_agree_on_who_published(
    who: list[str], letters: list[tuple[str, str]]
) -> None:
    parties = public_alliance(*sorted(THREE.nodes))
    for node in who:
        tell(parties, node)
    for one, other in letters:
        if one != other:
            parties.deliver((one, other))
            parties.forward(one)
    parties.rest()
    assert lacking(parties) == THREE.nodes - set(who)
    for (one, other), state in parties.states.items():
        back = parties.states[other, one]
        assert state is not None
        assert back is not None
        mine = {(line.party, line.day) for line in state.publications}
        assert mine == {(line.party, line.day) for line in back.publications}
