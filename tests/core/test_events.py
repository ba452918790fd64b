"""What every event of every noun has in common."""

import pytest

from tongban.core.agreements import events as agreements
from tongban.core.cases import events as cases
from tongban.core.cases.acts import ACT_OF
from tongban.core.channel import events as channel
from tongban.core.entry import Event
from tongban.core.home import events as home

EVENTS = [
    kind
    for module in (agreements, cases, channel, home)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
]


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_is_a_frozen_value_with_named_fields(kind: type[Event]) -> None:
    assert vars(kind)["__dataclass_params__"].frozen
    assert all(field.kw_only for field in vars(kind)["__dataclass_fields__"].values())


def test_every_event_of_a_case_records_an_act_or_undoes_one() -> None:
    undoing: set[type[Event]] = {cases.HandoverRecalled, cases.DeemedAcceptanceReversed}
    of_cases = {kind for kind in EVENTS if kind.__module__ == cases.__name__}
    assert of_cases == set(ACT_OF) | undoing
