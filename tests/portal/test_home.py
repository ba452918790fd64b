"""The first page: what other places offer, and what of it works from here."""

import re

import pytest
from django.test import Client
from tests.standin import World

from tongban.catalogue import load_items
from tongban.core.items.item import Item

pytestmark = pytest.mark.django_db

NOTHING = "还没有公布可以在这里办的事项"


def _home(client: Client | None = None) -> str:
    answer = (client or Client()).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def _let_the_node_know(items: list[Item], world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(world.node), "items", lambda _: items)


def test_what_other_cities_offer_is_shown_though_the_own_city_words_it_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [item for city in ("songjiang", "hefei") for item in load_items(city)]
    _let_the_node_know(items, world, monkeypatch)
    page = _home()
    assert NOTHING not in page
    assert len(re.findall("合肥 ·", page)) == 8
    assert "松江 ·" not in page


def test_where_no_other_city_offers_anything_it_is_not_said_of_the_own_city(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _let_the_node_know(list(load_items("songjiang")), world, monkeypatch)
    page = _home()
    assert f"别的城市{NOTHING}" in page
    assert f"松江{NOTHING}" not in page


def test_a_city_that_was_chosen_and_offers_nothing_is_named() -> None:
    client = Client()
    client.cookies["places"] = "310117.320500"
    assert f"苏州{NOTHING}" in _home(client)
