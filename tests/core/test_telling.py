"""How far the news of an item has come to a partner."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tongban.core.catalogues.events import (
    CataloguePublished,
    PublishedLine,
    WithdrawalReason,
    WithdrawnLine,
)
from tongban.core.catalogues.state import CatalogueState, Pending, advanced
from tongban.core.catalogues.telling import Telling, known_list

AT = datetime(2026, 11, 23, tzinfo=UTC)
NOTHING = CatalogueState(publisher="hefei.g60.demo")
ITEM = PublishedLine(item="a", document="1", processes=())
LATER = replace(ITEM, document="2")
GONE = WithdrawnLine(item="a", reason=WithdrawalReason.CLOSED, from_day="2026-11-23")


def version(
    published: Sequence[PublishedLine] = (), withdrawn: Sequence[WithdrawnLine] = ()
) -> CataloguePublished:
    return CataloguePublished(
        version=1, list_digest="", published=tuple(published), withdrawn=tuple(withdrawn)
    )


def after(*events: CataloguePublished) -> CatalogueState:
    state = NOTHING
    for event in events:
        state = advanced(state, event, AT)
    return state


def waiting(state: CatalogueState, event: CataloguePublished) -> CatalogueState:
    return replace(state, pending=(Pending(entry="e", at=AT, event=event),))


@pytest.mark.parametrize(
    ("state", "telling"),
    [
        (None, Telling.NOT_YET),
        (waiting(NOTHING, version([LATER])), Telling.WAITING),
        (after(version([LATER])), Telling.TOLD),
        (after(version([ITEM])), Telling.OUTDATED),
        (waiting(after(version([ITEM])), version([LATER])), Telling.WAITING),
        (replace(after(version([ITEM])), refused=("2",)), Telling.NOT_TAKEN),
    ],
)
def test_a_version_is_told_once_the_partner_has_it(
    state: CatalogueState | None, telling: Telling
) -> None:
    assert known_list(state).of_item("a", "2") is telling


@pytest.mark.parametrize(
    ("state", "telling"),
    [
        (None, None),
        (waiting(NOTHING, version([ITEM])), Telling.NOT_YET),
        (after(version([ITEM])), Telling.NOT_YET),
        (waiting(after(version([ITEM])), version(withdrawn=[GONE])), Telling.WAITING),
        (after(version([ITEM]), version(withdrawn=[GONE])), Telling.TOLD),
    ],
)
def test_a_withdrawal_concerns_those_who_knew_the_item(
    state: CatalogueState | None, telling: Telling | None
) -> None:
    assert known_list(state).of_withdrawal("a") is telling
