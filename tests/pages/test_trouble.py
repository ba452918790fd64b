"""A page that could not be made says so, with words for a full disk and for a wrong host."""

import sqlite3
from collections.abc import Callable

import pytest
from django.core.handlers.exception import response_for_exception
from django.db import OperationalError
from django.test import Client, RequestFactory

from tongban.logs.faults import BodyDamaged
from tongban.node.faults import DiskFull


def wrapped_by_django() -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise OperationalError("database or disk is full") from error


def found_by_the_kernel() -> None:
    raise DiskFull("the disk is full")


def rotten() -> None:
    raise BodyDamaged("the body application does not open", (1, 2, 3), "application")


def flawed() -> None:
    raise KeyError("张三")


def page_after(failing: Callable[[], None]) -> tuple[int, str]:
    try:
        failing()
    except Exception as error:  # noqa: BLE001 - as Django catches it
        response = response_for_exception(RequestFactory().get("/"), error)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("failing", [wrapped_by_django, found_by_the_kernel])
def test_a_full_disk_is_said_in_words_and_passes(failing: Callable[[], None]) -> None:
    status, page = page_after(failing)
    assert status == 503
    assert "没有留下半截" in page
    assert "Press again in a few minutes" in page


def test_what_rotted_is_said_to_come_back() -> None:
    status, page = page_after(rotten)
    assert status == 503
    assert "正向持有同一份内容的对方机构要回原件" in page
    assert "Open it again in a few minutes" in page


def test_a_flaw_of_the_program_shows_nobodys_data() -> None:
    status, page = page_after(flawed)
    assert status == 500
    assert "没有留下半截" in page
    assert "张三" not in page


def test_a_foreign_host_is_refused_with_a_short_page() -> None:
    answer = Client().get("/", headers={"host": "evil.example"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "请从本机构公布的网址重新进入" in page
    assert "pages.hosts" in page
    assert "evil.example" not in page


def test_a_request_with_too_much_in_it_is_refused_with_a_page() -> None:
    fields = {f"field{number}": "" for number in range(2_000)}
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "x" * 32
    answer = client.post("/", fields)
    assert answer.status_code == 400
    assert "这个请求没有接收" in answer.content.decode()
