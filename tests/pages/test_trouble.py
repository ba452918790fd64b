"""A page that could not be made says so, with words for a full disk."""

import sqlite3
from collections.abc import Callable

import pytest
from django.core.handlers.exception import response_for_exception
from django.db import OperationalError
from django.test import RequestFactory

from tongban.node.faults import DiskFull


def wrapped_by_django() -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise OperationalError("database or disk is full") from error


def found_by_the_kernel() -> None:
    raise DiskFull("the disk is full")


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


def test_a_flaw_of_the_program_shows_nobodys_data() -> None:
    status, page = page_after(flawed)
    assert status == 500
    assert "没有留下半截" in page
    assert "张三" not in page
