"""What a list lacks between two places becomes a text; what only owners can say stays open."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tongban.catalogue import load_places
from tongban.catalogue.regulation import load_mandates
from tongban.core.agreements.checks import check_new_agreement
from tongban.core.agreements.consents import owed_consents, with_consent
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.events import Mode
from tongban.core.china_time import china_day
from tongban.core.faults import DocumentInvalid
from tongban.core.items.comparison import basic_code_of
from tongban.core.items.handling import ModeOffer
from tongban.core.items.item import Item
from tongban.core.mandates.mandate import Mandate
from tongban.core.mandates.progress import PairEvidence
from tongban.core.mandates.proposal import proposal_of
from tongban.core.words import Words

from .examples import FOOD, FUND, MORNING, NOTHING, agreement_between, in_force, pair_of, signed

HERE, THERE = "suzhou.g60.demo", "hangzhou.g60.demo"
PLACES = {place.node: place for place in load_places()}
COUNTER = ModeOffer(mode=Mode.DELEGATED_INTAKE, process="delegated_intake")
ONLINE = ModeOffer(mode=Mode.ALL_ONLINE, process="all_online")
AT_COUNTERS = replace(FUND, modes=(COUNTER,))
ASKED_ON = date(2026, 3, 2)


def a_list(*items: Item) -> Mandate:
    shipped = load_mandates()[-1]
    codes = tuple(basic_code_of(item) for item in items)
    return replace(shipped, lines=(replace(shipped.lines[0], basic_codes=codes),))


def evidence(
    *items: Item, pair: PairAgreements = NOTHING, back: tuple[Item, ...] = ()
) -> tuple[PairEvidence, PairEvidence]:
    def one(taker: str, decider: str, listed: tuple[Item, ...]) -> PairEvidence:
        return PairEvidence(
            taker=taker, decider=decider, pair=pair, items=listed, heard_at=MORNING, cases=()
        )

    return one(HERE, THERE, items), one(THERE, HERE, back)


def proposed(
    held: tuple[PairEvidence, PairEvidence], *listed: Item, at: datetime = MORNING
) -> Agreement:
    draft = proposal_of(a_list(*listed), held, PLACES, at=at)
    assert draft is not None
    return draft


def test_items_without_a_basis_are_granted_by_who_decides_them() -> None:
    draft = proposed(evidence(AT_COUNTERS), FUND)
    (grant,) = [grant for clause in draft.clauses for grant in clause.grants]
    assert (grant.granter, grant.grantee, grant.items) == (THERE, HERE, (FUND.code,))
    assert grant.modes == (Mode.DELEGATED_INTAKE,)
    assert draft.nodes == {HERE, THERE}
    assert draft.valid_from > china_day(MORNING)


def test_both_directions_stand_in_one_text() -> None:
    back = replace(AT_COUNTERS, code=FUND.code[:-1] + "1", competent=HERE)
    draft = proposed(evidence(AT_COUNTERS, back=(back,)), FUND, back)
    granters = [grant.granter for clause in draft.clauses for grant in clause.grants]
    assert granters == [THERE, HERE]
    assert [clause.number for clause in draft.clauses] == ["1.1", "2.1", "2.2", "2.3", "3.1"]


@pytest.mark.parametrize(
    ("held", "listed"),
    [
        (evidence(AT_COUNTERS, pair=in_force("suzhou", "hangzhou")), FUND),
        (evidence(replace(FUND, modes=(COUNTER, ONLINE))), FUND),
        (evidence(AT_COUNTERS), FOOD),
        (evidence(), FUND),
    ],
    ids=["basis", "online", "not on the list", "not in the catalogue"],
)
def test_nothing_is_proposed_where_no_basis_is_lacking(
    held: tuple[PairEvidence, PairEvidence], listed: Item
) -> None:
    assert proposal_of(a_list(listed), held, PLACES, at=MORNING) is None


def test_parties_are_written_as_in_their_newest_agreement() -> None:
    known = agreement_between("suzhou", "hangzhou")
    older = replace(known, valid_from=date(2020, 1, 1), parties=tuple(reversed(known.parties)))
    other = replace(AT_COUNTERS, code=FUND.code[:-1] + "1")
    pair = pair_of((signed(older), older), (signed(known), known))
    assert set(proposed(evidence(other, pair=pair), other).parties) == set(known.parties)


def test_an_agreement_without_the_party_says_nothing_of_it() -> None:
    other = agreement_between("songjiang", "hefei")
    draft = proposed(evidence(AT_COUNTERS, pair=pair_of((signed(other), other))), FUND)
    assert {party.place for party in draft.parties} == {PLACES[HERE].code, PLACES[THERE].code}


def test_parties_that_nobody_knows_make_no_text() -> None:
    assert proposal_of(a_list(FUND), evidence(AT_COUNTERS), {}, at=MORNING) is None
    here = {HERE: PLACES[HERE]}
    assert proposal_of(a_list(FUND), evidence(AT_COUNTERS), here, at=MORNING) is None


def test_the_text_stands_only_once_every_owner_was_asked() -> None:
    draft = proposed(evidence(AT_COUNTERS), FUND)
    with pytest.raises(DocumentInvalid, match="has not consented"):
        check_new_agreement(draft)
    (owed,) = owed_consents(draft, {FUND.code: FUND})
    assert (owed.granter, owed.organisation) == (THERE, FUND.organisation.code)
    assert (owed.name, owed.item_names) == (FUND.organisation.name, (FUND.name,))
    complete = with_consent(draft, owed, ASKED_ON)
    assert check_new_agreement(complete) == complete
    assert owed_consents(complete, {}) == ()


def test_an_item_that_nobody_knows_is_named_by_its_code() -> None:
    (owed,) = owed_consents(proposed(evidence(AT_COUNTERS), FUND), {})
    code = FUND.organisation.code
    assert (owed.name, owed.item_names) == (Words(zh=code, en=code), ())
