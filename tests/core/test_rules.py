"""Mandates and advice beside a catalogue: as standards, each kind with numbers of its own."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from tongban.catalogue.regulation import load_mandates
from tongban.core.canonical import digest
from tongban.core.catalogues.admit import admit
from tongban.core.catalogues.events import RuleKind, RulePublished
from tongban.core.catalogues.evolve import evolve
from tongban.core.catalogues.permit import Shelf
from tongban.core.catalogues.refusals import CatalogueGround as Ground
from tongban.core.catalogues.rule_forms import ADVICE as ADVICE_FORM
from tongban.core.catalogues.rule_forms import rule_document, says_the_same
from tongban.core.catalogues.rules import PUBLISHED, Rule, newest_version
from tongban.core.catalogues.state import CatalogueState
from tongban.core.documents import cited_documents
from tongban.core.entry import Actor, ActorKind, Entry, Event, Subject, SubjectKind
from tongban.core.faults import DocumentInvalid, NotCanonical
from tongban.core.mandates.advice import Advice, parse_advice, read_advice
from tongban.core.mandates.mandate import Mandate, check_mandate, read_mandate
from tongban.core.plain_codes import unfit_field
from tongban.core.words import Words

UPPER, PLACE = "anhui.g60.demo", "hefei.g60.demo"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
WORDS = {"zh": "演示", "en": "made up"}
LIST = replace(load_mandates()[-1], publisher=UPPER)
ADVICE = Advice(
    number="G60/A-1",
    title=Words(**WORDS),
    issuer=Words(**WORDS),
    published_on=date(2026, 11, 23),
    text=Words(**WORDS),
    basic_code="000731003000",
    illustrative=True,
    publisher=UPPER,
)
BOTH = [(RuleKind.MANDATE, LIST), (RuleKind.ADVICE, ADVICE)]


def published(kind: RuleKind, rule: Rule) -> RulePublished:
    return PUBLISHED[kind](
        number=rule.number, version=rule.version, document=digest(rule_document(rule))
    )


def entry(event: Event, about: str = UPPER) -> Entry:
    return Entry(
        id=f"{0:026d}",
        at=AT,
        actor=Actor(kind=ActorKind.OFFICER),
        subject=Subject(kind=SubjectKind.CATALOGUE, id=about),
        event=event,
    )


def ground_of(
    event: Event, *known: Rule, state: CatalogueState | None = None, about: str = UPPER
) -> str:
    shelf = Shelf(
        items={}, processes={}, rules={digest(rule_document(each)): each for each in known}
    )
    refusal = admit(state, entry(event, about), writer=UPPER, shelf=shelf)
    return refusal.ground if refusal else ""


def told(*events: Event) -> CatalogueState:
    state = CatalogueState(publisher=UPPER)
    for each in events:
        state = evolve(state, entry(each), writer=UPPER, viewer=PLACE)
    return state


@pytest.mark.parametrize(("kind", "rule"), BOTH)
def test_a_version_of_its_publishers_own_takes_effect(kind: RuleKind, rule: Rule) -> None:
    event = published(kind, rule)
    assert ground_of(event, rule) == ""
    assert newest_version(told(event).rules, kind, rule.number) == 1
    assert cited_documents(event) == (event.document,)


@pytest.mark.parametrize(("kind", "rule"), BOTH)
def test_versions_only_grow(kind: RuleKind, rule: Rule) -> None:
    event = published(kind, rule)
    assert ground_of(event, rule, state=told(event)) == f"{kind}_version_out_of_order"
    later = replace(rule, version=2)
    assert ground_of(published(kind, later), later, state=told(event)) == ""


@pytest.mark.parametrize(("kind", "rule"), BOTH)
def test_nobody_publishes_in_anothers_name(kind: RuleKind, rule: Rule) -> None:
    foreign = replace(rule, publisher=PLACE)
    assert ground_of(published(kind, foreign), foreign) == Ground.NOT_THE_PUBLISHER
    assert ground_of(published(kind, rule), rule, about=PLACE) == Ground.NOT_THE_PUBLISHER


@pytest.mark.parametrize(("kind", "rule"), BOTH)
def test_what_is_of_another_kind_or_missing_is_unreadable(kind: RuleKind, rule: Rule) -> None:
    event = published(kind, rule)
    assert ground_of(event) == f"{kind}_unreadable"
    other = PUBLISHED[RuleKind.STANDARD](
        number=event.number, version=event.version, document=event.document
    )
    assert ground_of(other, rule) == Ground.STANDARD_UNREADABLE


def test_a_standard_and_a_mandate_may_share_a_number() -> None:
    event = published(RuleKind.MANDATE, LIST)
    state = told(event)
    assert newest_version(state.rules, RuleKind.STANDARD, LIST.number) == 0


def test_a_number_that_could_be_a_person_does_not_fit_into_an_entry() -> None:
    event = published(RuleKind.ADVICE, ADVICE)
    assert unfit_field(event) == ""
    assert unfit_field(replace(event, number="张三")) == "number"


def test_both_read_back_from_their_documents_alone() -> None:
    assert read_mandate(rule_document(LIST)) == LIST
    assert read_advice(rule_document(ADVICE)) == ADVICE
    with pytest.raises(NotCanonical):
        read_advice(rule_document(LIST))


def test_publisher_version_and_day_say_nothing_of_the_content() -> None:
    again = replace(ADVICE, version=3, publisher="", published_on=date(2027, 1, 1))
    assert says_the_same(again, ADVICE)
    assert not says_the_same(replace(ADVICE, agreement="X-1"), ADVICE)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(ADVICE, number="张三"), "number"),
        (replace(ADVICE, version=0), "version"),
        (replace(ADVICE, title=Words(zh=" ", en="")), "title.zh"),
        (replace(ADVICE, text=Words(zh="", en="")), "text.zh"),
        (replace(ADVICE, agreement="X-1"), "basic_code"),
        (replace(ADVICE, basic_code=""), "basic_code"),
        (replace(ADVICE, basic_code="1"), "basic_code"),
        (replace(ADVICE, basic_code="", agreement="张三"), "agreement"),
    ],
)
def test_advice_that_makes_no_sense_names_the_field(wrong: Advice, field: str) -> None:
    with pytest.raises(DocumentInvalid) as told_why:
        read_advice(rule_document(wrong))
    assert told_why.value.field == field


def test_advice_is_written_by_its_author_without_publisher() -> None:
    mapping = {
        "number": "G60/A-1",
        "title": WORDS,
        "issuer": WORDS,
        "published_on": "2026-11-23",
        "text": WORDS,
        "basic_code": ADVICE.basic_code,
        "illustrative": True,
    }
    assert replace(parse_advice(mapping), publisher=UPPER) == ADVICE


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(LIST, number="张三"), "number"),
        (replace(LIST, version=0), "version"),
        (replace(LIST, title=Words(zh="", en="")), "title.zh"),
    ],
)
def test_a_list_that_makes_no_sense_names_the_field(wrong: Mandate, field: str) -> None:
    with pytest.raises(DocumentInvalid) as told_why:
        check_mandate(wrong)
    assert told_why.value.field == field


def test_a_publisher_sets_version_name_and_day() -> None:
    day = date(2027, 1, 1)
    dated = ADVICE_FORM.dated(ADVICE, version=4, publisher=PLACE, day=day)
    assert (dated.version, dated.publisher, dated.published_on) == (4, PLACE, day)
