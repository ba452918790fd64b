"""A changed state is what `dataclasses.replace` makes of it."""

from dataclasses import replace

import pytest

from tongban.core.cases.successor import changed

from .examples import online, take_in


def test_it_equals_what_replace_makes_and_leaves_the_old_one() -> None:
    line = online()
    line.do(line.intake, take_in(line.item))
    state = line.intake.state
    assert state is not None
    parts = {"stage": "elsewhere", "legs": (), "holder": "nobody"}
    assert changed(state, **parts) == replace(state, **parts)  # type: ignore[arg-type]
    assert state.stage != "elsewhere"


def test_a_field_that_is_none_is_refused() -> None:
    line = online()
    line.do(line.intake, take_in(line.item))
    assert line.intake.state is not None
    with pytest.raises(AttributeError):
        changed(line.intake.state, no_such_field=1)
