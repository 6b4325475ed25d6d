"""How long servers ask us to wait."""

import pytest

from service.feeds.freshness import fresh_for, retry_after, wait

DATE = "Thu, 28 Nov 2024 18:30:00 GMT"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        ("0", 0.0),
        ("Thu, 28 Nov 2024 18:31:40 GMT", 100.0),
        ("Thu, 28 Nov 2024 18:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86400.0),
        ("999999999999", 86400.0),
        ("9" * 5000, None),
        ("-5", None),
        ("1e9", None),
        ("٣٠", None),
        ("", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value, "date": DATE}) == seconds


def test_without_the_servers_date_our_clock_serves() -> None:
    assert retry_after({"retry-after": DATE}) == 0.0


@pytest.mark.parametrize(
    ("control", "age", "seconds"),
    [
        ("max-age=300", "", 300.0),
        ("public, Max-Age = 300", "100", 200.0),
        ("max-age=300", "900", 0.0),
        ("max-age=31536000", "", 3600.0),
        ("s-maxage=300", "", None),
        ("no-cache, max-age=300", "", None),
        ("max-age=300, no-store", "", None),
        ("max-age=soon", "", None),
        ("", "", None),
    ],
)
def test_fresh_for(control: str, age: str, seconds: float | None) -> None:
    assert fresh_for({"cache-control": control, "age": age}) == seconds


def test_the_longer_counts() -> None:
    assert wait({"cache-control": "max-age=60", "retry-after": "90"}) == 90.0
    assert wait({}) is None
