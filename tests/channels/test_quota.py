import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.channels.faults import OverQuota
from tongban.channels.quota import Meter, Quota

QUOTA = Quota(messages=10, bytes=1000, window_seconds=60)


def admitted(meter: Meter, size: int, now: float, peer: str = "hefei") -> bool:
    try:
        meter.spend(peer, size, now=now)
    except OverQuota:
        return False
    return True


def test_a_full_bucket_may_be_spent_at_once() -> None:
    meter = Meter(quota=QUOTA)
    assert [admitted(meter, 1, now=0) for _ in range(12)] == [True] * 10 + [False] * 2


def test_one_peer_does_not_spend_anothers_quota() -> None:
    meter = Meter(quota=QUOTA)
    meter.spend("hefei", 10_000, now=0)
    assert not admitted(meter, 1, now=0)
    assert admitted(meter, 1, now=0, peer="wuhu")


def test_a_message_over_the_whole_quota_passes_and_is_paid_off() -> None:
    meter = Meter(quota=QUOTA)
    meter.spend("hefei", 3000, now=0)
    with pytest.raises(OverQuota) as caught:
        meter.spend("hefei", 1, now=0)
    assert caught.value.retry_after_seconds == 121
    assert not admitted(meter, 1, now=119)
    assert admitted(meter, 1, now=121)


def test_a_clock_that_is_set_back_gives_nothing_and_locks_nobody_out() -> None:
    meter = Meter(quota=QUOTA)
    for _ in range(10):
        meter.spend("hefei", 1, now=1_000_000)
    assert not admitted(meter, 1, now=0)
    assert admitted(meter, 1, now=6)


SPENDING = st.lists(st.tuples(st.floats(0, 30), st.integers(0, 700)), max_size=60)


@given(SPENDING)
def test_who_waits_as_told_is_admitted(spending: list[tuple[float, int]]) -> None:
    meter, now = Meter(quota=QUOTA), 0.0
    for pause, size in spending:
        now += pause
        try:
            meter.spend("hefei", size, now=now)
        except OverQuota as fault:
            now += fault.retry_after_seconds
            assert admitted(meter, size, now=now)


@given(SPENDING)
def test_in_any_time_no_more_passes_than_one_bucket_and_the_refill(
    spending: list[tuple[float, int]],
) -> None:
    meter, now = Meter(quota=QUOTA), 0.0
    passed: list[int] = []
    for pause, size in spending:
        now += pause
        if admitted(meter, size, now=now):
            passed.append(size)
    share = 1 + now / QUOTA.window_seconds
    assert len(passed) <= QUOTA.messages * share + 1e-6
    assert sum(passed[:-1]) <= QUOTA.bytes * share + 1e-6
