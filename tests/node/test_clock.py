"""What the clock says may be nonsense; the node goes on, and its identifiers keep their order."""

from datetime import UTC, datetime, timedelta

from tests.node.looking import entries_of, grounds, home_events, submit
from tests.node.test_two_nodes import states_agree

from tongban.core.channel.events import AvailabilitySource, OutcomeRecorded
from tongban.core.home.events import ClockSkewNoticed
from tongban.logs.rows import ChannelStatus, LogKind
from tongban.node.identifiers import entry_id
from tongban.testing.applications import HEFEI, SONGJIANG, accept
from tongban.testing.memory_nodes import MemoryFederation

BEFORE_1970 = datetime(1969, 7, 20, 20, 17, tzinfo=UTC)
RANDOM = bytes(range(10))


def test_an_identifier_of_before_1970_is_that_of_1970() -> None:
    beginning = datetime(1970, 1, 1, tzinfo=UTC)
    assert entry_id(BEFORE_1970, random=RANDOM) == entry_id(beginning, random=RANDOM)


def test_identifiers_grow_when_the_clock_falls_behind_1970() -> None:
    now = entry_id(datetime(2026, 11, 23, tzinfo=UTC), random=RANDOM)
    assert entry_id(BEFORE_1970, random=RANDOM, after=now) > now


def test_nodes_whose_clocks_stand_before_1970_work_and_start_again(
    pair: MemoryFederation,
) -> None:
    pair.clock.instant = BEFORE_1970
    case = submit(pair)
    pair.settle()
    for name in (SONGJIANG, HEFEI):
        pair.nodes[name].stop()
        pair.nodes[name].start()
    pair.settle()
    assert states_agree(pair, case)
    assert all(row.status is ChannelStatus.OPEN for row in pair[HEFEI].channels())


def test_an_instant_far_ahead_of_the_receipt_is_noticed_and_nothing_is_refused(
    pair: MemoryFederation,
) -> None:
    case = submit(pair)
    pair.settle()
    ahead = timedelta(minutes=10)
    pair.clock.instant += ahead
    pair[HEFEI].execute(accept(case))
    pair.clock.instant -= ahead
    pair.settle()
    (noticed,) = home_events(pair[SONGJIANG], ClockSkewNoticed)
    assert noticed.peer == HEFEI
    assert 590 <= noticed.skew_seconds <= 600
    assert grounds(pair[SONGJIANG], HEFEI) == {}


def test_a_gateway_says_when_an_envelope_was_there(pair: MemoryFederation) -> None:
    submit(pair)
    envelope = pair[SONGJIANG].conversation.say(HEFEI)
    there = pair.clock.now() - timedelta(hours=2, microseconds=7)
    pair[HEFEI].hear(envelope, there)
    (outcome,) = [
        entry.event
        for entry in entries_of(pair[HEFEI], LogKind.OWN, SONGJIANG)
        if isinstance(entry.event, OutcomeRecorded)
    ]
    assert outcome.available_source is AvailabilitySource.GATEWAY
    assert timedelta(0) <= there - outcome.available_at < timedelta(milliseconds=1)
