"""One-time log-in links."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.accounts.people import officer, resident
from tests.standin import World

from tongban.accounts.links import issue_link
from tongban.accounts.models import LogInLink

pytestmark = pytest.mark.django_db


def fresh_link(world: World) -> str:
    return issue_link(resident(), world.clock.now(), world.randomness.draw)


def test_a_link_logs_in_once(client: Client, world: World) -> None:
    path = fresh_link(world)
    assert client.post(path).headers["Location"] == "/"
    assert "张小满（演示）" in client.get("/account/me/").content.decode()
    assert Client().post(path).status_code == 410


def test_looking_at_a_link_does_not_use_it_up(client: Client, world: World) -> None:
    path = fresh_link(world)
    assert client.get(path).status_code == 200
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302


def test_a_link_ends_after_a_day(client: Client, world: World) -> None:
    path = fresh_link(world)
    world.clock.instant += timedelta(hours=24)
    answer = client.post(path)
    assert answer.status_code == 410
    assert "不能用了" in answer.content.decode()


def test_the_token_itself_is_nowhere_in_the_database(world: World) -> None:
    token = fresh_link(world).split("/")[-2]
    assert LogInLink.objects.get().token_hash not in {token, ""}


def test_a_link_of_somebody_who_left_does_not_log_in(client: Client, world: World) -> None:
    person = resident()
    path = issue_link(person, world.clock.now(), world.randomness.draw)
    person.is_active = False
    person.save()
    assert client.post(path).status_code == 410


def test_an_officer_lands_at_the_desk(client: Client, world: World) -> None:
    path = issue_link(officer(), world.clock.now(), world.randomness.draw)
    assert client.post(path).headers["Location"] == reverse("workbench:counter")


def test_an_unknown_link_says_what_to_do(client: Client) -> None:
    page = client.get("/account/link/unknown/").content.decode()
    assert "再要一个" in page
