"""Of several texts that supersede the same one, both sides hold the same one to stand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.core.agreements.authorise import why_stopped
from tongban.core.agreements.decide import decide
from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.agreements.state import PairAgreements, Termination
from tongban.core.agreements.succession import place_taken
from tongban.core.china_time import china_day

from .examples import FUND, MORNING, offered, pair_of, signed
from .talks import AGREEMENT, DIGEST, SUZHOU, asked, context, offer, sign, suspend

TODAY = china_day(MORNING)


def rival(version: int, days: int = 0) -> Agreement:
    first = TODAY + timedelta(days=days)
    return replace(AGREEMENT, version=version, supersedes=DIGEST, valid_from=first)


def standing(pair: PairAgreements, days: int = 0) -> list[int]:
    """Versions of the texts that carry a new act on a day."""
    at = MORNING + timedelta(days=days)
    return [
        document.version
        for digest, document in pair.documents.items()
        if isinstance(document, Agreement)
        and why_stopped(pair, pair.states[digest], FUND.code, at) is None
    ]


def all_signed(*texts: Agreement) -> PairAgreements:
    return pair_of(*((signed(text), text) for text in texts))


def taken(pair: PairAgreements, text: Agreement) -> str:
    return place_taken(pair, document_digest(text), text)


@given(st.permutations(range(4)), st.lists(st.integers(0, 3), min_size=3, max_size=3))
def test_exactly_one_stands_on_every_day_in_whatever_order_they_were_signed(
    order: Sequence[int], firsts: Sequence[int]
) -> None:
    texts = [AGREEMENT, *(rival(number + 2, days) for number, days in enumerate(firsts))]
    pair = all_signed(*(texts[place] for place in order))
    for day in range(5):
        assert len(standing(pair, day)) == 1


def test_the_later_first_day_stands_from_that_day_on() -> None:
    pair = all_signed(AGREEMENT, rival(2, 3), rival(3, 1))
    assert [standing(pair, day) for day in range(5)] == [[1], [3], [3], [2], [2]]


def test_of_two_first_days_alike_the_greater_digest_stands() -> None:
    two = rival(2), rival(3)
    assert standing(all_signed(AGREEMENT, *two)) == [max(two, key=document_digest).version]


def test_texts_that_supersede_nothing_are_no_rivals() -> None:
    assert standing(all_signed(AGREEMENT, replace(AGREEMENT, version=2))) == [1, 2]


def test_an_unsigned_rival_takes_no_place() -> None:
    waiting = rival(2)
    pair = pair_of((signed(rival(3)), rival(3)), (offered(waiting), waiting))
    assert standing(pair) == [3]
    assert taken(pair, waiting) == document_digest(rival(3))
    assert taken(pair, rival(3)) == ""


@pytest.mark.parametrize(("days", "holders"), [(1, 0), (2, 1), (3, 1)])
def test_a_place_is_taken_by_what_begins_no_later(days: int, holders: int) -> None:
    holder = rival(2, 2)
    expected = document_digest(holder) if holders else ""
    assert taken(all_signed(AGREEMENT, holder), rival(3, days)) == expected


def test_what_supersedes_the_holder_of_the_place_is_free_to_be_signed() -> None:
    holder = rival(2)
    newer = replace(AGREEMENT, version=3, supersedes=document_digest(holder))
    assert taken(all_signed(AGREEMENT, holder), newer) == ""


def test_whoever_would_lay_or_sign_it_is_told_which_text_has_the_place() -> None:
    at_table = replace(context(), place_taken="sha256:other")
    state = asked(None, offer())
    expected = refuse(AgreementGround.PLACE_TAKEN, "sha256:other")
    assert decide(None, offer(), at_table) == expected
    assert decide(state, sign(SUZHOU), at_table) == expected


def test_what_is_no_offer_and_no_signature_goes_on_beside_a_rival() -> None:
    at_table = replace(context(), place_taken="sha256:other")
    assert isinstance(decide(asked(None, offer()), suspend(), at_table), tuple)


def test_an_alliance_takes_the_place_of_each_pilot_that_it_names() -> None:
    pilots = AGREEMENT, replace(AGREEMENT, number="another pilot")
    first, *others = map(document_digest, pilots)
    both = replace(AGREEMENT, version=9, supersedes=first, supersedes_also=tuple(others))
    one = replace(both, supersedes_also=())
    for pilot, stands in zip(pilots, ([9], [9]), strict=True):
        assert standing(all_signed(pilot, both)) == stands
    assert standing(all_signed(pilots[1], one)) == [1, 9]


def test_rivals_may_meet_at_any_of_the_texts_that_they_name() -> None:
    other = replace(AGREEMENT, number="another pilot")
    alliance = replace(rival(9), supersedes_also=(document_digest(other),))
    amended = replace(other, version=5, supersedes=document_digest(other))
    pair = all_signed(other, alliance, amended)
    assert standing(pair) == [max(alliance, amended, key=document_digest).version]
    assert taken(pair, replace(amended, version=6)) != ""


def test_what_comes_from_the_greatest_stands_although_it_names_the_same_pilot() -> None:
    pilot = replace(AGREEMENT, number="another pilot")
    greatest, lesser = sorted((rival(2), rival(3)), key=document_digest, reverse=True)
    heir = replace(
        AGREEMENT,
        version=7,
        supersedes=document_digest(greatest),
        supersedes_also=(DIGEST, document_digest(pilot)),
    )
    grandchild = replace(heir, version=8, supersedes=document_digest(heir))
    assert standing(all_signed(AGREEMENT, pilot, greatest, lesser, heir)) == [7]
    pair = all_signed(AGREEMENT, pilot, greatest, lesser, heir, grandchild)
    assert standing(pair) == [8]
    assert taken(pair, replace(grandchild, version=9)) == document_digest(grandchild)
    assert taken(all_signed(AGREEMENT, greatest), heir) == ""


def test_what_comes_from_a_text_that_lost_its_place_does_not_stand_beside_the_winner() -> None:
    greatest, lesser = sorted((rival(2), rival(3)), key=document_digest, reverse=True)
    child = replace(AGREEMENT, version=7, supersedes=document_digest(lesser))
    pair = all_signed(AGREEMENT, greatest, lesser, child)
    assert standing(pair) == [greatest.version]
    assert taken(all_signed(AGREEMENT, greatest, lesser), child) == document_digest(greatest)


def test_what_was_ended_before_its_first_day_takes_nobodys_place() -> None:
    newer = rival(2, 5)
    line = Termination(
        by=SUZHOU,
        ground="changed",
        last_day=TODAY + timedelta(days=4),
        at=MORNING,
        entry="end",
    )
    ended = replace(signed(newer), terminations=(line,))
    pair = pair_of((signed(AGREEMENT), AGREEMENT), (ended, newer))
    assert [standing(pair, day) for day in (4, 5, 6)] == [[1], [1], [1]]
    assert taken(pair, rival(3, 6)) == ""
    on_its_day = replace(line, last_day=newer.valid_from)
    begun = replace(signed(newer), terminations=(on_its_day,))
    assert standing(pair_of((signed(AGREEMENT), AGREEMENT), (begun, newer)), 6) == []


def test_a_long_line_of_texts_that_each_name_two_of_before_is_followed_once() -> None:
    texts = [AGREEMENT, rival(2)]
    for version in range(3, 60):
        earlier, last = map(document_digest, texts[-2:])
        texts.append(
            replace(AGREEMENT, version=version, supersedes=last, supersedes_also=(earlier,))
        )
    assert standing(all_signed(*texts)) == [59]
