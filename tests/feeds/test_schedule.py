"""When a feed is polled next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.feeds.schedule import next_poll

NOW = datetime(2024, 11, 28, 18, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("every", "failures", "wait", "delay"),
    [
        (5 * MINUTE, 0, None, 5 * MINUTE),
        (5 * MINUTE, 1, None, 10 * MINUTE),
        (5 * MINUTE, 3, None, 40 * MINUTE),
        (5 * MINUTE, 4, None, 60 * MINUTE),
        (5 * MINUTE, 10**9, None, 60 * MINUTE),
        (120 * MINUTE, 5, None, 120 * MINUTE),
        (5 * MINUTE, 0, 30.0, 5 * MINUTE),
        (5 * MINUTE, 0, 600.0, 10 * MINUTE),
        (5 * MINUTE, 2, 600.0, 20 * MINUTE),
        (5 * MINUTE, 0, 1e300, timedelta(hours=24)),
        (5 * MINUTE, 0, float("nan"), 5 * MINUTE),
        (5 * MINUTE, 0, -7.0, 5 * MINUTE),
    ],
)
def test_delay(every: timedelta, failures: int, wait: float | None, delay: timedelta) -> None:
    assert next_poll(NOW, every, failures, wait, jitter=0.0) - NOW == delay


def test_jitter_adds_up_to_a_tenth() -> None:
    assert next_poll(NOW, 10 * MINUTE, 0, None, jitter=1.0) - NOW == 11 * MINUTE
    assert next_poll(NOW, 10 * MINUTE, 0, None, jitter=0.5) - NOW == 10.5 * MINUTE


@given(
    every=st.timedeltas(timedelta(seconds=1), timedelta(days=7)),
    failures=st.integers(),
    wait=st.none() | st.floats(),
    jitter=st.floats(0, 1),
)
def test_never_sooner_than_every_and_never_lost(
    every: timedelta, failures: int, wait: float | None, jitter: float
) -> None:
    delay = next_poll(NOW, every, failures, wait, jitter) - NOW
    assert every <= delay <= max(every, timedelta(hours=24)) * 1.1 + timedelta(microseconds=1)
