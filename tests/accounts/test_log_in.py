"""Logging in with a password, being locked out, and adding a second factor."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.accounts.people import resident
from tests.standin import World

from tongban.accounts.links import issue_link

pytestmark = pytest.mark.django_db
PASSWORD = "a made up pass phrase"


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


def log_in(client: Client, password: str) -> str:
    answer = client.post("/account/login/", {"login": "zhang", "password": password}, follow=True)
    return answer.content.decode()


def test_nobody_has_a_password_from_the_start(client: Client) -> None:
    person = resident()
    assert not person.has_usable_password()
    assert "没有登录成功" in log_in(client, "a guess")


def test_the_right_password_logs_in(client: Client) -> None:
    person = resident()
    person.set_password(PASSWORD)
    person.save()
    assert "张小满（演示）" in log_in(client, PASSWORD)


def test_five_failures_lock_the_account_for_a_while(client: Client) -> None:
    person = resident()
    person.set_password(PASSWORD)
    person.save()
    for _ in range(5):
        log_in(client, "wrong")
    assert "张小满（演示）" not in log_in(client, PASSWORD)


def test_nobody_opens_an_account_for_himself(client: Client) -> None:
    answer = client.post(
        "/account/signup/", {"username": "stranger", "password1": PASSWORD}, follow=True
    )
    assert "退出" not in answer.content.decode()


def test_a_second_factor_can_be_added_after_logging_in_by_link(
    client: Client, world: World
) -> None:
    client.post(issue_link(resident(), world.clock.now(), world.randomness.draw))
    page = client.get("/account/2fa/totp/activate/", follow=True)
    assert "data:image/svg+xml" in page.content.decode()


def test_an_account_that_was_closed_does_not_log_in(client: Client) -> None:
    person = resident()
    person.set_password(PASSWORD)
    person.is_active = False
    person.save()
    page = log_in(client, PASSWORD)
    assert "没有登录成功" in page
    assert "张小满（演示）" not in page
