"""What ships with the package can be used as it is."""

import re
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from tongban import catalogue
from tongban.catalogue import (
    load_agreements,
    load_instruments,
    load_items,
    load_opened_items,
    load_places,
    load_processes,
    load_providers,
    load_topics,
)
from tongban.catalogue.calendar import load_calendar
from tongban.catalogue.regulation import load_mandates, load_obstacles
from tongban.core.agreements.document import document_digest
from tongban.core.cases.events import Mode
from tongban.core.faults import DocumentInvalid
from tongban.core.items.codes import catalogue_code_of, is_place_code
from tongban.core.items.document import find_problems
from tongban.core.items.explanation import Aspect
from tongban.core.items.providers import resolve
from tongban.core.mandates.mandate import MandateLine

PLACES = {place.node: place for place in load_places()}
CITIES = [node.partition(".")[0] for node in PLACES]
ITEMS = [item for city in CITIES for item in load_items(city)]


def test_the_corridor_has_nine_places() -> None:
    assert len(PLACES) == 9
    assert all(is_place_code(place.code) for place in PLACES.values())
    assert PLACES["songjiang.g60.demo"].level == "district"


def test_every_city_has_thirty_items_or_more_and_every_code_is_one_items() -> None:
    assert all(len(load_items(city)) >= 30 for city in CITIES)
    assert len({item.code for item in ITEMS}) == len(ITEMS) >= 270


@pytest.mark.parametrize("city", CITIES)
def test_an_item_stands_on_its_own(city: str) -> None:
    processes = load_processes()
    for item in load_items(city):
        assert item.place == PLACES[item.competent].code, item.name.en
        assert item.illustrative, item.name.en
        assert 4 <= len(item.form.fields) <= 8, item.name.en
        assert all(processes[offer.process].mode is offer.mode for offer in item.modes)


@pytest.mark.parametrize("city", CITIES)
def test_a_form_is_a_schema_whose_choices_all_have_words(city: str) -> None:
    for item in load_items(city):
        Draft202012Validator(item.form.schema)
        for field in item.form.fields:
            allowed = item.form.schema["properties"][field.name].get("enum", [])
            assert [option.value for option in field.options] == allowed, item.name.en


def test_every_grant_is_for_an_item_that_offers_the_mode() -> None:
    offers = {(item.code, offer.mode, item.competent) for item in ITEMS for offer in item.modes}
    granted = {
        (item, mode, grant.granter)
        for agreement in load_agreements()
        for clause in agreement.clauses
        for grant in clause.grants
        for item in grant.items
        for mode in grant.modes
    }
    assert granted - offers == set()


def test_every_agreement_is_between_places_and_made_up() -> None:
    agreements = load_agreements()
    assert len({document_digest(agreement) for agreement in agreements}) == len(agreements) == 5
    assert all(agreement.nodes <= PLACES.keys() for agreement in agreements)
    assert all(agreement.illustrative for agreement in agreements)


def test_every_listed_catalogue_code_is_an_items() -> None:
    listed = {
        code
        for document in load_instruments()
        for clause in document.clauses
        for code in clause.catalogue_codes
    }
    assert listed <= {catalogue_code_of(item.code) for item in ITEMS}


def test_the_calendar_knows_this_years_holidays() -> None:
    calendar = load_calendar()
    first = date(2026, 1, 1)
    days = [first + timedelta(days=n) for n in range(365)]
    assert sum(calendar.is_working(day) for day in days) == 248
    assert calendar.is_working(date(2026, 2, 14))


def test_a_bad_file_is_named_with_its_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "nowhere" / "items"
    folder.mkdir(parents=True)
    (folder / "poem.yaml").write_text("code: 1\n", encoding="utf-8")
    monkeypatch.setattr(catalogue, "_ROOT", tmp_path)
    with pytest.raises(DocumentInvalid, match=r"poem\.yaml: code"):
        load_items("nowhere")


def test_no_form_asks_for_what_somebody_provides() -> None:
    """政务数据共享条例 19, over every item, with the directory as it ships."""
    for item in ITEMS:
        brought = {
            name
            for resolution in resolve(item, load_providers())
            if resolution.provider is not None
            for name in resolution.line.fields
        }
        assert not brought & {field.name for field in item.form.fields}, item.name.en


def test_what_brings_a_field_is_provided() -> None:
    for item in ITEMS:
        for resolution in resolve(item, load_providers()):
            assert resolution.provider or not resolution.line.fields, item.name.en


def test_every_item_has_its_four_lists_and_some_of_their_lines_are_gaps() -> None:
    gaps = [
        resolution.gap
        for item in ITEMS
        for resolution in resolve(item, load_providers())
        if resolution.gap
    ]
    assert all(item.lists and tuple(item.lists.used()) for item in ITEMS)
    assert 0 < len(gaps) < len(ITEMS)


def test_every_item_says_what_people_ask() -> None:
    topics = {topic.code for topic in load_topics()}
    for item in ITEMS:
        said = (item.steps, item.counters, item.consultation, item.complaint, item.questions)
        assert all(said), item.name.en
        assert {*item.themes, *item.life_events} <= topics, item.name.en
        assert item.themes, item.name.en
        assert item.life_events, item.name.en
        assert {line.about for line in item.provenance} == set(Aspect), item.name.en
        assert all(condition.basis for condition in item.conditions[:1]), item.name.en


def test_every_item_would_pass_as_an_authors() -> None:
    for item in ITEMS:
        assert list(find_problems(item)) == [], f"{item.place} {item.name.en}"


def test_what_is_only_online_asks_for_no_check_of_originals() -> None:
    for item in ITEMS:
        if item.process_for(Mode.DELEGATED_INTAKE) is None:
            assert not any(line.original_check for line in item.materials), item.name.en


def test_whoever_can_only_hand_in_at_a_counter_comes_once_or_more() -> None:
    for item in ITEMS:
        assert item.visits or item.process_for(Mode.ALL_ONLINE), f"{item.place} {item.name.en}"


def test_where_things_are_from_is_said_in_the_language_of_the_sources() -> None:
    said = {line.source for item in ITEMS for line in item.provenance}
    said |= {text for each in load_mandates() for line in each.lines for text in _of(line)}
    said |= {obstacle.source for obstacle in load_obstacles()}
    sentences = re.compile(r"[A-Za-z]+ [A-Za-z]+|[?]$")
    assert [text for text in said if sentences.search(text)] == []


def _of(line: MandateLine) -> tuple[str, str]:
    return line.source, line.announced


def test_the_same_basic_entry_is_the_same_kind_of_item_everywhere() -> None:
    by_basic = defaultdict(set)
    for item in ITEMS:
        by_basic[item.basic_code].add((item.name.zh, item.type_code, item.case_type))
    assert len(by_basic) >= 40
    assert all(len(kinds) == 1 for kinds in by_basic.values())


def test_places_differ_in_materials_promises_ways_and_figures() -> None:
    by_basic = defaultdict(list)
    for item in ITEMS:
        by_basic[item.basic_code].append(item)
    for feature in (
        lambda item: tuple(line.code for line in item.materials),
        lambda item: item.limits.promised_days,
        lambda item: tuple(offer.mode for offer in item.modes),
        lambda item: item.visits,
        lambda item: tuple(line.value for line in item.parameters),
        lambda item: tuple(fee.amount_fen for fee in item.fees),
    ):
        differing = [code for code, items in by_basic.items() if len({*map(feature, items)}) > 1]
        assert differing


def test_the_demonstrations_own_items_are_those_that_its_documents_name() -> None:
    opened = [item for city in CITIES for item in load_opened_items(city)]
    assert len(opened) == 11
