"""What ships with the package can be used as it is."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from tongban import catalogue
from tongban.catalogue import (
    load_agreements,
    load_instruments,
    load_items,
    load_places,
    load_processes,
)
from tongban.catalogue.calendar import load_calendar
from tongban.core.agreements.document import document_digest
from tongban.core.faults import DocumentInvalid
from tongban.core.items.codes import catalogue_code_of, is_place_code

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
