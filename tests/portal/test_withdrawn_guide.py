"""Guides of partners' items: withdrawn ones name the direct way, and no link leads off the web."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker
from tests.cities import Federation, leaving_django_where_it_was

from tongban.testing.applications import HANGZHOU, SUZHOU


@pytest.fixture
def federation(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    with (
        django_db_blocker.unblock(),
        leaving_django_where_it_was(),
        translation.override("zh-hans"),
    ):
        yield Federation(folder=tmp_path, names=(SUZHOU, HANGZHOU))


def test_a_kept_guide_says_that_the_item_was_withdrawn_and_where_to_apply(
    federation: Federation,
) -> None:
    node = federation[HANGZHOU].node
    item = node.published.own()[0]
    node.openings.open_to_all([item.code])
    for end in (False, True):
        if end:
            federation[HANGZHOU].act().node.published.withdraw([item.code])
        node.openings.tell_all()
        federation.settle()
        answer = federation[SUZHOU].browser().get(f"/items/{item.code}/")
        assert answer.status_code == (410 if end else 200)
    page = answer.content.decode()
    assert "已经撤下这个事项" in page
    assert item.direct_way.phone in page


def test_an_address_that_is_none_of_the_web_is_no_link_whoever_told_of_it(
    federation: Federation,
) -> None:
    node = federation[HANGZHOU].node
    item = node.published.own()[0]
    evil = replace(item.direct_way, url="javascript:alert(1)")
    node.published.publish([replace(item, version=2, direct_way=evil)], ())
    node.openings.open_to_all([item.code])
    for end in (False, True):
        if end:
            federation[HANGZHOU].act().node.published.withdraw([item.code])
        node.openings.tell_all()
        federation.settle()
        page = federation[SUZHOU].browser().get(f"/items/{item.code}/").content.decode()
        assert "javascript:" not in page
        assert item.direct_way.phone in page
