"""Progress of published lists, from agreements, catalogues and cases alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tongban.catalogue.regulation import load_mandates
from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.events import Mode
from tongban.core.cases.state import CaseState
from tongban.core.faults import DocumentInvalid
from tongban.core.items.comparison import basic_code_of
from tongban.core.items.explanation import Origin
from tongban.core.items.handling import ModeOffer
from tongban.core.items.item import Item
from tongban.core.mandates.mandate import Lead, MandateLine, parse_mandate
from tongban.core.mandates.progress import (
    REACHABLE_DAYS,
    Lack,
    PairEvidence,
    Progress,
    Standing,
    progress_of,
)
from tongban.core.words import Words

from .examples import (
    FOOD,
    MORNING,
    NOTHING,
    accept,
    dispatch,
    in_force,
    online,
    settle_it,
    take_in,
)

HERE, THERE = "songjiang.g60.demo", "hefei.g60.demo"
WORDS = {"zh": "演示", "en": "made up"}


def a_line(*codes: str, due_on: date | None = None) -> MandateLine:
    return MandateLine(
        number="1",
        name=Words(**WORDS),
        basic_codes=codes,
        batch="1",
        announced="演示",
        lead=Lead(zh="演示", origin=Origin.ILLUSTRATIVE),
        origin=Origin.ILLUSTRATIVE,
        evidence="made up",
        source="",
        due_on=due_on,
    )


def evidence(
    *items: Item,
    pair: PairAgreements = NOTHING,
    heard_at: datetime | None = MORNING,
    cases: tuple[CaseState, ...] = (),
) -> PairEvidence:
    return PairEvidence(
        taker=HERE, decider=THERE, pair=pair, items=items, heard_at=heard_at, cases=cases
    )


def progress(of: MandateLine, held: PairEvidence, at: datetime = MORNING) -> Progress:
    (found,) = progress_of([of], held, at=at)
    return found


def closed_case() -> CaseState:
    """A case of the food licence that was granted and delivered."""
    whole = online()
    whole.do(whole.intake, take_in(FOOD))
    whole.do(whole.intake, dispatch())
    whole.do(whole.competent, accept())
    whole.do(whole.competent, settle_it())
    assert whole.intake.state is not None
    return whole.intake.state


IN_FORCE = in_force("songjiang", "hefei")
FOOD_LINE = a_line(basic_code_of(FOOD))
LATE = replace(FOOD_LINE, due_on=MORNING.date() - timedelta(days=1))
AT_COUNTERS = replace(
    FOOD, modes=(ModeOffer(mode=Mode.DELEGATED_INTAKE, process="delegated_intake"),)
)


def test_an_item_with_basis_process_and_line_is_opened() -> None:
    found = progress(FOOD_LINE, evidence(FOOD, pair=IN_FORCE))
    assert (found.standing, found.opened) == (Standing.OPENED, (FOOD.code,))
    assert found.lacks == ()


def test_what_is_online_needs_no_basis_and_is_told_apart() -> None:
    found = progress(LATE, evidence(FOOD))
    assert (found.standing, found.opened, found.online) == (Standing.ONLINE, (), (FOOD.code,))
    assert (found.lacks, found.overdue) == ((), False)
    assert progress(LATE, evidence(FOOD, pair=IN_FORCE)).online == ()
    assert progress(LATE, evidence(FOOD, heard_at=None)).standing is Standing.NOT_OPENED


def test_a_line_of_which_half_is_online_is_partly_opened() -> None:
    both = a_line(basic_code_of(FOOD), "000000000001")
    assert progress(both, evidence(FOOD)).standing is Standing.PARTLY


def test_what_is_lacking_is_named() -> None:
    assert progress(FOOD_LINE, evidence(pair=IN_FORCE)).lacks == (Lack.ITEM,)
    assert progress(FOOD_LINE, evidence(AT_COUNTERS)).lacks == (Lack.BASIS,)
    silent = evidence(FOOD, pair=IN_FORCE, heard_at=None)
    assert progress(FOOD_LINE, silent).lacks == (Lack.ENDPOINT,)
    long_ago = replace(silent, heard_at=MORNING - timedelta(days=REACHABLE_DAYS + 1))
    assert progress(FOOD_LINE, long_ago).standing is Standing.NOT_OPENED


def test_a_line_of_which_half_is_opened_is_partly_opened() -> None:
    both = a_line(basic_code_of(FOOD), "000000000001")
    assert progress(both, evidence(FOOD, pair=IN_FORCE)).standing is Standing.PARTLY


def test_a_line_that_no_catalogue_has_says_so() -> None:
    assert progress(a_line(), evidence()).standing is Standing.NOT_IN_CATALOGUE


def test_a_line_is_overdue_after_its_day_unless_it_is_opened() -> None:
    assert progress(LATE, evidence(AT_COUNTERS)).overdue
    assert not progress(LATE, evidence(FOOD, pair=IN_FORCE)).overdue
    today = replace(LATE, due_on=MORNING.date())
    assert not progress(today, evidence(AT_COUNTERS)).overdue


def test_a_line_is_used_for_a_year_after_a_case_was_closed() -> None:
    case = closed_case()
    held = evidence(FOOD, pair=IN_FORCE, cases=(case,))
    assert progress(FOOD_LINE, held).standing is Standing.USED
    assert progress(FOOD_LINE, held).closed == 1
    later = MORNING + timedelta(days=366)
    heard = replace(held, heard_at=later)
    assert progress(FOOD_LINE, heard, later).closed == 0


def test_a_case_that_was_not_decided_or_goes_on_counts_not() -> None:
    open_case = online()
    open_case.do(open_case.intake, take_in(FOOD))
    assert open_case.intake.state is not None
    held = evidence(FOOD, pair=IN_FORCE, cases=(open_case.intake.state,))
    assert progress(FOOD_LINE, held).closed == 0


def test_the_partial_national_list_says_that_it_is_no_annex() -> None:
    national = [each for each in load_mandates() if each.scope == "nation"]
    assert not any(each.complete for each in national)
    assert sum(each.lines_announced for each in national) == 140 + 22


WRITTEN = {
    "number": "1",
    "title": WORDS,
    "issuer": WORDS,
    "published_on": "2026-01-01",
    "scope": "alliance",
    "instrument": "",
    "complete": True,
    "lines_announced": 1,
    "lines": [
        {
            "number": "1",
            "name": WORDS,
            "basic_codes": ["000131001000"],
            "batch": "1",
            "announced": "2026",
            "lead": {"zh": "演示", "origin": "illustrative"},
            "origin": "illustrative",
            "evidence": "made up",
            "source": "",
        }
    ],
}
LINE = WRITTEN["lines"][0]  # type: ignore[index]  # written just above


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines_announced": 2}, "complete"),
        ({"lines": [LINE, LINE], "lines_announced": 2}, "lines"),
        ({"lines": [LINE | {"basic_codes": ["1"]}]}, "lines[0].basic_codes"),
        ({"lines": [LINE | {"origin": "sourced"}]}, "lines[0].source"),
    ],
)
def test_what_is_wrong_with_a_list_is_named(change: dict[str, object], field: str) -> None:
    assert parse_mandate(WRITTEN).lines
    with pytest.raises(DocumentInvalid) as caught:
        parse_mandate(WRITTEN | change)
    assert caught.value.field == field
