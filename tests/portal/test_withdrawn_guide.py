"""The guide of an item that its authority withdrew: why, and the direct way."""

from collections.abc import Iterator
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
