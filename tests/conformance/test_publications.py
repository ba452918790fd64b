"""Versions of items, and the days on which they stood."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tongban.logs.faults import BrokenInvariant
from tongban.logs.rows import Publication
from tongban.logs.store import Store

DAY = date(2026, 11, 22)
FIRST = Publication(
    item="item-1", version=1, competent="hefei.example", digest="sha256:1", first_day=DAY
)
SECOND = replace(FIRST, version=2, digest="sha256:2", first_day=DAY + timedelta(days=7))


def test_a_version_stands_from_its_first_day_until_another_takes_its_place(
    store: Store, connection: Any
) -> None:
    store.add_publication(connection, FIRST)
    store.end_publication(connection, "item-1", "sha256:1", SECOND.first_day)
    store.add_publication(connection, SECOND)
    ended = replace(FIRST, last_day=SECOND.first_day)
    assert store.standing_publications(connection) == [SECOND]
    assert store.publications_of(connection, "item-1") == [ended, SECOND]
    assert store.publications_on(connection, DAY - timedelta(days=1)) == []
    assert store.publications_on(connection, DAY) == [ended]
    assert store.publications_on(connection, SECOND.first_day) == [ended, SECOND]
    assert store.publications_on(connection, SECOND.first_day + timedelta(days=1)) == [SECOND]


def test_what_does_not_stand_cannot_end(store: Store, connection: Any) -> None:
    store.add_publication(connection, FIRST)
    store.end_publication(connection, "item-1", "sha256:1", DAY)
    with pytest.raises(BrokenInvariant, match="does not stand"):
        store.end_publication(connection, "item-1", "sha256:1", DAY)
