"""Days and hours in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from service.notifications.times import days, is_late, moment, span

EVENING = datetime(2024, 11, 28, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("started", "ended", "words"),
    [
        (date(2024, 11, 28), date(2024, 11, 28), "28 Nov"),
        (date(2024, 11, 27), date(2024, 11, 28), "27–28 Nov"),
        (date(2024, 11, 28), date(2024, 11, 27), "27–28 Nov"),
        (date(2024, 11, 30), date(2024, 12, 2), "30 Nov–2 Dec"),
        (date(2023, 12, 30), date(2024, 1, 2), "30 Dec 2023–2 Jan 2024"),
        (date(2023, 5, 1), date(2023, 5, 1), "1 May 2023"),
    ],
)
def test_days(started: date, ended: date, words: str) -> None:
    assert days(started, ended, 2024) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (("Asia/Damascus", "Damascus"), "29 Nov 01:30 Damascus (28 Nov 22:30 UTC)"),
        (("America/Bogota", "Bogotá"), "28 Nov 17:30 Bogotá (22:30 UTC)"),
        (("No/Such", "Nowhere"), "28 Nov 22:30 UTC"),
        (("../etc", "Nowhere"), "28 Nov 22:30 UTC"),
        (None, "28 Nov 22:30 UTC"),
    ],
)
def test_moment(zone: tuple[str, str] | None, words: str) -> None:
    assert moment(EVENING, zone, 2024) == words


def test_another_year_is_said() -> None:
    assert moment(EVENING, None, 2025) == "28 Nov 2024 22:30 UTC"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "1 min"), (59, "59 min"), (60, "1 h"), (47 * 60, "47 h"), (49 * 60, "2 days")]
)
def test_span(minutes: int, words: str) -> None:
    assert span(timedelta(minutes=minutes)) == words


def test_late_is_older_than_a_day() -> None:
    assert not is_late(EVENING, EVENING + timedelta(days=1))
    assert is_late(EVENING, EVENING + timedelta(days=1, seconds=1))
