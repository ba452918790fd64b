"""Common standards beside a catalogue: who may publish them, and that versions only grow."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue.regulation import load_standards
from tongban.core.catalogues.admit import admit
from tongban.core.catalogues.commands import PublishRule
from tongban.core.catalogues.decide import CatalogueContext, decide
from tongban.core.catalogues.events import RuleKind, StandardPublished
from tongban.core.catalogues.evolve import evolve, settle
from tongban.core.catalogues.permit import Shelf
from tongban.core.catalogues.refusals import CatalogueGround as Ground
from tongban.core.catalogues.rule_forms import says_the_same
from tongban.core.catalogues.rules import newest_version
from tongban.core.catalogues.state import CatalogueState
from tongban.core.documents import cited_documents
from tongban.core.entry import Actor, ActorKind, Entry, Event, Subject, SubjectKind
from tongban.core.faults import DocumentInvalid, NotCanonical
from tongban.core.items.comparison import basic_code_of
from tongban.core.items.standard import (
    Standard,
    check_standard,
    conformance,
    fees_of,
    read_standard,
    standard_digest,
    standard_document,
)
from tongban.core.items.standard_proposal import (
    asked_materials,
    given_results,
    propose_standard,
)
from tongban.core.plain_codes import unfit_field
from tongban.core.refusal import Refusal

from .examples import ITEMS

EVERY = list(ITEMS.values())
ME, PARTNER = "hefei.g60.demo", "songjiang.g60.demo"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
OFFICER = Actor(kind=ActorKind.OFFICER)
FIRST = replace(load_standards()[0], publisher=ME)
SECOND = replace(FIRST, version=2, promised_days_max=2)
OTHER = replace(FIRST, number="G60/S-9")


def shelf(*standards: Standard) -> Shelf:
    return Shelf(items={}, processes={}, rules={standard_digest(each): each for each in standards})


def published(standard: Standard) -> StandardPublished:
    return StandardPublished(
        number=standard.number, version=standard.version, document=standard_digest(standard)
    )


def entry(event: Event, number: int = 0, about: str = ME) -> Entry:
    return Entry(
        id=f"{number:026d}",
        at=AT,
        actor=OFFICER,
        subject=Subject(kind=SubjectKind.CATALOGUE, id=about),
        event=event,
    )


def asked(state: CatalogueState | None, standard: Standard) -> str:
    """The ground on which the publisher's own node refuses, or ""."""
    command = PublishRule(
        publisher=ME,
        actor=OFFICER,
        kind=RuleKind.STANDARD,
        number=standard.number,
        version=standard.version,
        document=standard_digest(standard),
    )
    context = CatalogueContext(party=ME, now=AT, shelf=shelf(FIRST, SECOND, OTHER))
    answer = decide(state, command, context)
    if isinstance(answer, Refusal):
        return answer.ground
    assert answer[0].event == published(standard)
    return ""


def told(*standards: Standard, viewer: str = PARTNER) -> CatalogueState:
    state = CatalogueState(publisher=ME)
    for number, each in enumerate(standards):
        state = evolve(state, entry(published(each), number), writer=ME, viewer=viewer)
    return state


def ground_of(event: Event, *known: Standard, state: CatalogueState | None = None) -> str:
    refusal = admit(state, entry(event), writer=ME, shelf=shelf(*known))
    return refusal.ground if refusal else ""


def test_every_version_that_was_told_stands_in_its_order() -> None:
    state = told(OTHER, FIRST, SECOND)
    assert [(each.number, each.version) for each in state.rules] == [
        ("G60/S-1", 1),
        ("G60/S-1", 2),
        ("G60/S-9", 1),
    ]
    assert newest_version(state.rules, RuleKind.STANDARD, "G60/S-1") == 2
    assert newest_version(state.rules, RuleKind.STANDARD, "nothing") == 0
    assert (state.version, state.lines) == (0, ())


def test_both_sides_decide_alike_on_a_first_and_on_a_next_version() -> None:
    assert asked(None, FIRST) == ground_of(published(FIRST), FIRST) == ""
    assert asked(told(FIRST), SECOND) == ""
    assert ground_of(published(SECOND), SECOND, state=told(FIRST)) == ""


@pytest.mark.parametrize("late", [FIRST, SECOND])
def test_a_version_that_stands_or_is_older_is_never_published_again(late: Standard) -> None:
    assert asked(told(FIRST, SECOND), late) == Ground.STANDARD_OUT_OF_ORDER
    changed = replace(late, visits_max=9)
    refused = ground_of(published(changed), changed, state=told(FIRST, SECOND))
    assert refused == Ground.STANDARD_OUT_OF_ORDER


def test_nobody_publishes_a_standard_for_others() -> None:
    foreign = replace(FIRST, publisher=PARTNER)
    assert ground_of(published(foreign), foreign) == Ground.NOT_THE_PUBLISHER
    refusal = admit(None, entry(published(FIRST), about=PARTNER), writer=ME, shelf=shelf(FIRST))
    assert refusal is not None
    assert refusal.ground == Ground.NOT_THE_PUBLISHER


def test_what_cannot_be_read_or_is_another_one_is_refused() -> None:
    assert ground_of(published(FIRST)) == Ground.STANDARD_UNREADABLE
    renamed = replace(published(FIRST), number="G60/S-2")
    assert ground_of(renamed, FIRST) == Ground.STANDARD_UNREADABLE
    assert ground_of(replace(published(FIRST), version=3), FIRST) == Ground.STANDARD_UNREADABLE


def test_the_writer_waits_for_the_outcome() -> None:
    waiting = told(FIRST, viewer=ME)
    assert waiting.rules == ()
    assert newest_version(waiting.foreseen.rules, RuleKind.STANDARD, FIRST.number) == 1
    assert settle(waiting, f"{0:026d}", refused="") == told(FIRST)


def test_what_was_refused_is_remembered_and_does_not_count() -> None:
    waiting = told(FIRST, viewer=ME)
    refused = settle(waiting, f"{0:026d}", refused=Ground.STANDARD_UNREADABLE)
    assert (refused.rules, refused.rules_pending) == ((), ())
    assert refused.refused == (standard_digest(FIRST),)


def test_the_document_travels_beside_the_entry() -> None:
    assert cited_documents(published(FIRST)) == (standard_digest(FIRST),)


def test_a_number_that_could_be_a_person_does_not_fit_into_an_entry() -> None:
    assert unfit_field(published(FIRST)) == ""
    assert unfit_field(replace(published(FIRST), number="张三 13800000000")) == "number"


def test_a_standard_reads_back_from_its_document_alone() -> None:
    assert read_standard(standard_document(FIRST)) == FIRST
    with pytest.raises(NotCanonical):
        read_standard(standard_document(FIRST) + b" ")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(FIRST, number="张三"), "number"),
        (replace(FIRST, version=0), "version"),
        (replace(FIRST, title=replace(FIRST.title, zh=" ")), "title.zh"),
        (replace(FIRST, promised_days_max=-1), "promised_days_max"),
        (replace(FIRST, materials=FIRST.materials[:1] * 2), "materials"),
        (replace(FIRST, modes=FIRST.modes[:1] * 2), "modes"),
        (replace(FIRST, basic_code="1"), "basic_code"),
    ],
)
def test_a_standard_that_makes_no_sense_names_the_field(wrong: Standard, field: str) -> None:
    with pytest.raises(DocumentInvalid) as told_why:
        check_standard(wrong)
    assert told_why.value.field == field


def test_a_proposal_is_what_most_places_keep_already() -> None:
    places = [item for item in EVERY if basic_code_of(item) == FIRST.basic_code]
    proposed = propose_standard(places, AT.date())
    asked = {each.code: each.places for each in asked_materials(places)}
    assert {line.code for line in proposed.materials} == {
        code for code, count in asked.items() if count * 2 > len(places)
    }
    kept = [
        all(found.kept for found in conformance(item, proposed) if found.field.en == "Visits")
        for item in places
    ]
    assert kept.count(True) * 2 >= len(places)
    assert {line.zh for line in proposed.results} <= {each.code for each in given_results(places)}


@given(st.data())
def test_a_place_that_is_alone_keeps_its_own_proposal(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(EVERY))
    proposed = propose_standard([item], AT.date())
    assert all(finding.kept for finding in conformance(item, proposed))
    assert fees_of(item) == proposed.fee_fen_max


def test_versions_of_one_content_say_the_same() -> None:
    assert says_the_same(replace(FIRST, version=7, publisher=PARTNER), FIRST)
    assert not says_the_same(SECOND, FIRST)
