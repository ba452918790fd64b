"""Places on pages: the shipped ones, and those for which partners answer."""

from dataclasses import replace

from django.test import Client

from tongban.core.words import Words
from tongban.pages.node_access import surround, surroundings
from tongban.pages.places import name_of_node
from tongban.projections.sentences import place_names

ANQING = Words(zh="安庆", en="Anqing")


def test_pages_call_a_partner_by_its_place(client: Client) -> None:
    around = surroundings()
    anqing = replace(around.places[0], code="340800", node="anqing.gov", name=ANQING, short=ANQING)
    assert name_of_node("anqing.gov") == "anqing.gov"
    surround(replace(around, partner_places=lambda: (anqing,)))
    assert name_of_node("anqing.gov") == "安庆"
    assert place_names()["anqing.gov"] == ANQING
    assert "安庆" in client.get("/", headers={"accept-language": "zh-hans"}).content.decode()
