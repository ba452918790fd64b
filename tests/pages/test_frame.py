"""The frame that every page stands in."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
LOG_IN = "/account/login/"


def test_both_places_are_visible_on_every_page(client: Client) -> None:
    page = client.get(LOG_IN).content.decode()
    assert "我在〔" in page
    assert page.count("松江") > 1


def test_the_pair_stays_once_it_was_chosen(client: Client) -> None:
    client.post("/places/", {"there": "340100", "next": LOG_IN})
    assert (
        '办〔<span class="tb-pair__place">合肥</span>〕的事' in client.get(LOG_IN).content.decode()
    )


def test_an_unknown_place_changes_nothing(client: Client) -> None:
    client.post("/places/", {"there": "340100"})
    client.post("/places/", {"there": "999999"})
    assert "〕" in client.get(LOG_IN).content.decode()


def test_choosing_never_leads_to_another_site(client: Client) -> None:
    answer = client.post("/places/", {"next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("address", ["/places/", "/display/"])
def test_reloading_where_a_button_sent_to_shows_a_page(client: Client, address: str) -> None:
    assert client.get(address).headers["Location"] == "/"


def test_large_print_is_kept_without_logging_in(client: Client) -> None:
    client.post("/display/", {"large": "1", "next": LOG_IN})
    assert "tb-large" in client.get(LOG_IN).content.decode()
    client.post("/display/", {"large": "0", "next": LOG_IN})
    assert "tb-large" not in client.get(LOG_IN).content.decode()


def test_no_page_runs_inline_scripts_or_is_framed(client: Client) -> None:
    headers = client.get(LOG_IN).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert "no-store" in headers["Cache-Control"]


def test_the_language_is_switched_by_a_form(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": LOG_IN})
    page = client.get(LOG_IN).content.decode()
    assert '<html lang="en"' in page
