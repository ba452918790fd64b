"""Outcomes that lie: effects follow what is founded, and people hear of the rest."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.node.liar import Liar
from tests.node.looking import home_events, stored, submit

from tongban.core.channel.events import OutcomeRecorded, RefusedEntry
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import Seen
from tongban.core.home.events import OutcomeDisputed
from tongban.logs.rows import ChannelRow
from tongban.node.rebuild import rebuild
from tongban.testing.applications import HEFEI, SONGJIANG, accept, grant, notify
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def liar(pair: MemoryFederation) -> Liar:
    return Liar(pair[HEFEI], SONGJIANG)


@pytest.fixture
def case(pair: MemoryFederation) -> str:
    """A case whose dispatch is written, and about which Hefei has said nothing yet."""
    case = submit(pair)
    pair.cut.add((HEFEI, SONGJIANG))
    return case


def row(pair: MemoryFederation) -> ChannelRow:
    (found,) = pair[SONGJIANG].channels()
    return found


def in_transit(pair: MemoryFederation, case: str) -> bool:
    state = pair[SONGJIANG].case_state(case)
    return state is not None and state.transit is not None


def tell(pair: MemoryFederation, liar: Liar, *outcomes: OutcomeRecorded | object) -> None:
    """Let Songjiang hear these in place of what Hefei would have said."""
    liar.write(*outcomes)  # type: ignore[arg-type]  # entries all
    pair.cut.clear()
    pair[SONGJIANG].hear(liar.say())


@pytest.mark.parametrize(
    "lie",
    [
        {"generation": 1, "size": 99},
        {"generation": 9, "size": 1},
        {"generation": 1, "size": 1},
        {"generation": 0, "size": 0},
        {"generation": -1, "size": 3},
        {"generation": 1, "size": -3},
    ],
)
def test_an_outcome_about_what_was_never_written_or_decided_before_has_no_effect(
    pair: MemoryFederation, liar: Liar, case: str, lie: dict[str, int]
) -> None:
    tell(pair, liar, liar.outcome(lie["generation"], lie["size"]))
    assert in_transit(pair, case)
    assert (row(pair).replicated_generation, row(pair).replicated_size) == (1, 1)
    (dispute,) = home_events(pair[SONGJIANG], OutcomeDisputed)
    assert dispute.ours == ChannelGround.SEEN_UNKNOWN


@pytest.mark.parametrize(
    "refused",
    [
        [RefusedEntry(generation=1, index=0, ground="opening")],
        [RefusedEntry(generation=1, index=7, ground="beyond")],
        [RefusedEntry(generation=1, index=1, ground="")],
        [
            RefusedEntry(generation=1, index=1, ground="x"),
            RefusedEntry(generation=1, index=1, ground="y"),
        ],
    ],
)
def test_an_outcome_that_refuses_what_it_does_not_cover_has_no_effect(
    pair: MemoryFederation, liar: Liar, case: str, refused: list[RefusedEntry]
) -> None:
    tell(pair, liar, liar.outcome(1, 2, *refused))
    assert in_transit(pair, case)
    assert home_events(pair[SONGJIANG], OutcomeDisputed)


def test_an_outcome_that_became_available_after_it_came_has_no_effect(
    pair: MemoryFederation, liar: Liar, case: str
) -> None:
    late = pair.clock.now() + timedelta(days=300)
    tell(pair, liar, liar.outcome(1, 2, available_at=late))
    assert in_transit(pair, case)


def test_an_outcome_that_covers_twice_settles_once(
    pair: MemoryFederation, liar: Liar, case: str
) -> None:
    tell(pair, liar, liar.outcome(1, 2), liar.outcome(1, 2))
    assert not in_transit(pair, case)
    assert len(home_events(pair[SONGJIANG], OutcomeDisputed)) == 1


def test_an_outcome_that_refuses_without_reason_holds_and_is_disputed(
    pair: MemoryFederation, liar: Liar, case: str
) -> None:
    tell(pair, liar, liar.outcome(1, 2, RefusedEntry(generation=1, index=1, ground="whim")))
    (dispute,) = home_events(pair[SONGJIANG], OutcomeDisputed)
    assert (dispute.theirs, dispute.ours) == ("whim", "")
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert (state.holder, state.transit, state.returned) == (SONGJIANG, None, "whim")


def test_an_outcome_that_takes_what_it_must_refuse_holds_and_is_disputed(
    pair: MemoryFederation,
) -> None:
    case = submit(pair)
    pair.settle()
    liar = Liar(pair[SONGJIANG], HEFEI)
    pair[HEFEI].execute(notify(case, "floor_plan"))
    pair.settle()
    # Hefei's own program is honest here: it writes an act that only Songjiang's lie lets pass.
    forged = Liar(pair[HEFEI], SONGJIANG)
    forged.write(forged.draft_act(case))
    pair[HEFEI].conversation.say(SONGJIANG)
    end = forged.own_end()
    pair.cut.add((HEFEI, SONGJIANG))
    liar.write(
        replace(
            liar.outcome(end.generation, end.size),
            seen=Seen(generation=end.generation, size=end.size - 1),
        )
    )
    pair[HEFEI].hear(liar.say())
    disputes = home_events(pair[HEFEI], OutcomeDisputed)
    assert [d.theirs for d in disputes] == [""]


def test_after_a_lie_the_truth_is_still_heard(
    pair: MemoryFederation, liar: Liar, case: str
) -> None:
    tell(pair, liar, liar.outcome(1, 99))
    pair.settle()
    assert not in_transit(pair, case)
    pair[HEFEI].execute(accept(case))
    pair[HEFEI].execute(grant(case))
    pair.settle()
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert state.ended


def test_a_rebuild_disputes_the_same_lies(pair: MemoryFederation, liar: Liar, case: str) -> None:
    tell(pair, liar, liar.outcome(1, 4))
    pair.settle()
    submit(pair)
    submit(pair)
    pair.settle()
    before = stored(pair[SONGJIANG])
    rebuild(pair[SONGJIANG].kernel)
    assert stored(pair[SONGJIANG]) == before
    assert not in_transit(pair, case)
