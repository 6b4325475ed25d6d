"""What waits, and until when: never what must not wait, and never for ever."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from service.alerts.hold import Hold, hold, hour_of, quiet_until
from service.rules.model import Contact, RecipientRule
from service.values import Level, Notice, Reason

NOW = datetime(2024, 11, 28, 20, 40, tzinfo=UTC)
NOTICE = Notice(1, 1, "revised", Level.MODERATE, NOW)
AMIRA = RecipientRule("amira", (Contact("mail", "amira@example.org"),), zone="Asia/Damascus")
NIGHT = replace(AMIRA, quiet=(time(22), time(7)))

clock = st.times().map(lambda at: at.replace(microsecond=0))
rules = st.builds(
    RecipientRule,
    name=st.just("amira"),
    contacts=st.just(()),
    zone=st.sampled_from([None, "Asia/Damascus", "Europe/Kyiv", "America/New_York", "Australia/Lord_Howe"]),
    quiet=st.none() | st.tuples(clock, clock).filter(lambda hours: hours[0] != hours[1]),
    digest=st.none() | st.timedeltas(timedelta(minutes=5), timedelta(hours=24)),
    hourly=st.integers(1, 50),
)
notices = st.builds(
    Notice,
    alert_id=st.just(1),
    revision=st.integers(1, 9),
    reason=st.sampled_from(get_args(Reason)),
    level=st.sampled_from(Level),
    decided_at=st.just(NOW),
    previous_level=st.none() | st.sampled_from(Level),
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))


@given(rules, notices, moments, st.integers(0, 100))
def test_nothing_from_severe_up_and_no_rise_is_ever_held(
    rule: RecipientRule, notice: Notice, now: datetime, sent: int
) -> None:
    if notice.level >= Level.SEVERE or notice.reason == "rise":
        assert hold(rule, notice, now, sent) is None


@given(rules, notices, moments, st.integers(0, 100))
def test_what_is_held_is_held_for_a_while_only(rule: RecipientRule, notice: Notice, now: datetime, sent: int) -> None:
    found = hold(rule, notice, now, sent)
    assert found is None or now < found.until <= now + timedelta(hours=50)


@given(rules, moments)
def test_quiet_hours_end_when_the_clock_says_so(rule: RecipientRule, now: datetime) -> None:
    end = quiet_until(rule, now)
    if end is not None and rule.quiet is not None:
        assert now < end <= now + timedelta(hours=25)
        shown = end.astimezone(ZoneInfo(rule.zone or "UTC"))
        left_out = shown.utcoffset() != (shown - timedelta(hours=3)).utcoffset()  # the clock may never show it
        assert shown.time() == rule.quiet[1] or left_out


def test_in_quiet_hours_it_waits_for_the_morning_there() -> None:
    assert hold(NIGHT, NOTICE, NOW, 0) == Hold(datetime(2024, 11, 29, 4, tzinfo=UTC), "quiet hours")
    assert hold(NIGHT, NOTICE, NOW - timedelta(hours=4), 0) is None
    assert hold(NIGHT, NOTICE, datetime(2024, 11, 29, 4, tzinfo=UTC), 0) is None


def test_across_a_change_of_the_clock_the_morning_is_the_wall_clocks() -> None:
    kyiv = replace(NIGHT, zone="Europe/Kyiv")
    before = datetime(2024, 10, 26, 20, tzinfo=UTC)  # 23:00 there, summer time; at four the clock goes back
    assert quiet_until(kyiv, before) == datetime(2024, 10, 27, 5, tzinfo=UTC)
    twice = replace(kyiv, quiet=(time(1), time(3, 30)))  # 3:30 comes twice that night
    assert quiet_until(twice, datetime(2024, 10, 26, 23, tzinfo=UTC)) == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert quiet_until(twice, datetime(2024, 10, 27, 1, 10, tzinfo=UTC)) is None  # it came the first time


def test_a_digest_ends_after_its_time_or_with_the_night_that_follows() -> None:
    gathered = replace(AMIRA, digest=timedelta(minutes=30))
    assert hold(gathered, NOTICE, NOW, 0) == Hold(NOW + timedelta(minutes=30), "digest")
    evening = NOW - timedelta(hours=2)
    both = replace(NIGHT, digest=timedelta(minutes=30))
    assert hold(both, NOTICE, evening, 0) == Hold(datetime(2024, 11, 29, 4, tzinfo=UTC), "digest")


def test_beyond_the_cap_it_waits_for_the_next_hour() -> None:
    assert hold(AMIRA, NOTICE, NOW, AMIRA.hourly - 1) is None
    assert hold(AMIRA, NOTICE, NOW, AMIRA.hourly) == Hold(hour_of(NOW) + timedelta(hours=1), "hourly cap")


def test_what_is_about_tocsin_itself_does_not_wait() -> None:
    assert hold(NIGHT, replace(NOTICE, reason="problem"), NOW, 99) is None
