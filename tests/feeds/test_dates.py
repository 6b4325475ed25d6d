"""Dates as feeds write them."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.feeds.calendar import MONTHS
from service.feeds.dates import parse


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        # the standards
        ("Thu, 28 Nov 2024 18:30:00 GMT", "2024-11-28 18:30"),
        ("28 Nov 24 18:30 EST", "2024-11-28 23:30"),
        ("Thu, 28 Nov 2024 18:30:00 -0330", "2024-11-28 22:00"),
        ("2024-11-28T18:30:00.123456+02:00", "2024-11-28 16:30"),
        ("2024-11-28T18:30Z", "2024-11-28 18:30"),
        ("20241128T183000Z", "2024-11-28 18:30"),
        ("2024-11-28", "2024-11-28 00:00"),
        ("Thu Nov 28 18:30:00 2024", "2024-11-28 18:30"),
        ("Thu Nov 28 18:30:00 UTC 2024", "2024-11-28 18:30"),
        ("1732818600", "2024-11-28 18:30"),
        ("1732818600000", "2024-11-28 18:30"),
        # in their place
        ("2024-11-28 18:30:00 +0200", "2024-11-28 16:30"),
        ("2024/11/28 18:30", "2024-11-28 18:30"),
        ("28-Nov-2024 18:30", "2024-11-28 18:30"),
        ("Nov. 28, 2024", "2024-11-28 00:00"),
        ("Thursday, 28th November 2024 - 6:30 pm", "2024-11-28 18:30"),
        ("November 28, 2024 at 12:05 AM", "2024-11-28 00:05"),
        ("28 Nov 2024 12:05 p.m.", "2024-11-28 12:05"),
        ("28 Nov 2024 6 pm", "2024-11-28 18:00"),
        ("18:30, 28 November 2024", "2024-11-28 18:30"),
        ("28 Nov 2024 18h30", "2024-11-28 18:30"),
        ("28.11.2024 18.30 Uhr", "2024-11-28 18:30"),
        ("28.11.24", "2024-11-28 00:00"),
        ("03.04.2024", "2024-04-03 00:00"),
        ("28/11/2024", "2024-11-28 00:00"),
        ("11/28/2024 6:30 PM", "2024-11-28 18:30"),
        ("05/05/2024", "2024-05-05 00:00"),
        ("Wed, 03/04/2024", "2024-04-03 00:00"),
        ("Mon, 03/04/2024", "2024-03-04 00:00"),
        ("Thu, 28 Nov 2024 24:00:00 GMT", "2024-11-29 00:00"),
        ("Thu, 28 Nov 2024 18:30:60 GMT", "2024-11-28 18:30:59"),
        ("Thu, 28 Nov 2024 18:30:00 Europe/Kyiv", "2024-11-28 16:30"),
        ("Thu, 28 Nov 2024 18:30:00 Mars/Crater", "2024-11-28 18:30"),
        ("Thu, 28 Nov 2024 18:30:00 ../../etc/passwd", "2024-11-28 18:30"),
        ("Thu, 28 Nov 2024 18:30:00 GMT+0300 (EAT)", "2024-11-28 15:30"),
        ("Thu, 28 Nov 2024 18:30:00 +9900", "2024-11-28 18:30"),
        ("Thu, 28 Nov 2024 18:30:00 \u22120500", "2024-11-28 23:30"),
        # languages
        ("jeu., 28 déc. 2023", "2023-12-28 00:00"),
        ("mar., 3 mars 2020 à 07:05", "2020-03-03 07:05"),
        ("1er août 2024", "2024-08-01 00:00"),
        ("Do, 28 Mär 2024 10:00:00 +0100", "2024-03-28 09:00"),
        ("Montag, 16. Dezember 2024 - 15:54", "2024-12-16 15:54"),
        ("28 de noviembre de 2024, 18:30", "2024-11-28 18:30"),
        ("dom., 1 set. 2024 09:00 -0300", "2024-09-01 12:00"),
        ("gio, 5 giugno 2024", "2024-06-05 00:00"),
        ("28 ноября 2024, 18:30 MSK", "2024-11-28 15:30"),
        ("28 листопада 2024 р. 18:30", "2024-11-28 18:30"),
        ("28 نوفمبر 2024", "2024-11-28 00:00"),
        ("٢٨ تشرين الثاني ٢٠٢٤ 6:30 م", "2024-11-28 18:30"),
        ("الخميس 28 كانون الأول 2023", "2023-12-28 00:00"),
        ("2024年11月28日 18:30", "2024-11-28 18:30"),
    ],
)
def test_read(written: str, moment: str) -> None:
    assert parse(written) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "now",
        "yesterday",
        "0001-01-01T00:00:00Z",
        "0000-00-00 00:00:00",
        "2024-02-31",
        "31 Nov 2024",
        "28 Foo 2024",
        "28 Nov 2024 25:30",
        "03/04/2024",
        "Fri, 03/04/2024",
        "12345",
        "99999999999999999999999",
        "28 Nov 9999",
        "18:30",
    ],
)
def test_not_read(written: str) -> None:
    assert parse(written) is None


@pytest.mark.parametrize(
    ("name", "number"),
    [
        (name.replace("_", " "), number)
        for line in MONTHS.values()
        for number, names in enumerate(line.split(), start=1)
        for name in names.split("|")
    ],
)
def test_every_months_name_is_read(name: str, number: int) -> None:
    assert parse(f"7 {name} 2024") == datetime(2024, number, 7, tzinfo=UTC)
    assert parse(f"7 {name.upper()} 2024 08:09") == datetime(2024, number, 7, 8, 9, tzinfo=UTC)


MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2098, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(MOMENTS, OFFSETS)
def test_what_the_standards_write_is_read_back(moment: datetime, offset: timezone) -> None:
    aware = moment.replace(tzinfo=offset)
    assert (
        parse(format_datetime(aware))
        == parse(aware.isoformat())
        == parse(aware.strftime("%a %d %B %Y %H:%M:%S %z"))
        == aware
    )


PARTS = [
    "28",
    "Nov",
    "2024",
    "/",
    "-",
    ":",
    "T",
    "30",
    "am",
    "+99",
    "utc",
    " ",
    ",",
    "99",
    "a/b",
    "كانون",
    "²",
    "٣",
    "1e9",
]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join) | st.text(max_size=200))
def test_nothing_is_raised_and_every_moment_is_in_utc(written: str) -> None:
    moment = parse(written)
    assert moment is None or moment.utcoffset() == timedelta(0)


def test_a_long_text_is_no_burden() -> None:
    assert parse("1 nov " * 1_000_000) is None
