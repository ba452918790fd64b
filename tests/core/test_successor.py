"""A changed state has the new values, and the old state is as it was."""

import msgspec
import pytest

from tongban.core.cases.successor import changed

from .examples import online, take_in


def test_it_has_the_new_values_and_leaves_the_old_state() -> None:
    line = online()
    line.do(line.intake, take_in(line.item))
    state = line.intake.state
    assert state is not None
    was = msgspec.structs.asdict(state)
    after = changed(state, stage="elsewhere", legs=(), holder="nobody")
    assert msgspec.structs.asdict(after) == was | {
        "stage": "elsewhere",
        "legs": (),
        "holder": "nobody",
    }
    assert msgspec.structs.asdict(state) == was


def test_a_field_that_is_none_is_refused() -> None:
    line = online()
    line.do(line.intake, take_in(line.item))
    assert line.intake.state is not None
    with pytest.raises(TypeError):
        changed(line.intake.state, no_such_field=1)
