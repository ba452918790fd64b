"""What operators are told of partners that do not answer."""

from typing import Any

import pytest

from tongban.app.absence import absences, is_away

HOUR, DAY = 3_600, 86_400


def line(**changes: Any) -> dict[str, Any]:
    return {
        "partner": "hefei.g60.demo",
        "line": "open",
        "last_heard_at": "2026-11-22T09:00:00+08:00",
        "silent_seconds": 40 * DAY,
        "unsaid": True,
    } | changes


@pytest.mark.parametrize(
    ("changes", "away"),
    [
        ({}, True),
        ({"unsaid": False}, False),
        ({"silent_seconds": HOUR - 1}, False),
        ({"line": "comparing", "silent_seconds": 5}, True),
        ({"line": "comparing", "silent_seconds": None}, True),
        ({"line": "frozen"}, False),
    ],
)
def test_a_partner_is_away_when_something_waits_for_it(
    changes: dict[str, Any], *, away: bool
) -> None:
    assert is_away(line(**changes)) is away


@pytest.mark.parametrize(
    ("silent", "says"),
    [
        (5 * 60, "5 minutes ago"),
        (30 * HOUR, "30 hours ago"),
        (40 * DAY, "40 days ago"),
        (None, "never answered"),
    ],
)
def test_since_when_is_said(silent: int | None, says: str) -> None:
    first, *_ = absences([line(line="comparing", silent_seconds=silent)])
    assert says in first


def test_after_a_week_people_are_led_to_what_can_be_done() -> None:
    assert "docs/how-to/partner-gone.md" in " ".join(absences([line()]))
    assert "docs/how-to" not in " ".join(absences([line(silent_seconds=2 * HOUR)]))
    assert list(absences([line(unsaid=False)])) == []
