"""The nights on which clocks change: who is on call, who sleeps, and who is at work, by the clock on their wall."""

from datetime import UTC, datetime

import pytest

from tests.story.articles import offensive
from tests.story.office import Office, apart, office

__all__ = ["apart", "office"]

ROUTES = """\
routes:
  field:
    countries: [SYR]
    level: moderate
    team: field
    to: [duty, emil]
    steps: [{{to: [duty], after: 30m}}, {{to: [duty], after: 40m}}]
  capital: {{level: moderate, team: capital, to: [chen]}}
  worst: {{level: extreme, to: [dora]}}
"""
# In Berlin nour hands over to amira on Sundays at 02:30, emil sleeps until 07:00, chen's team begins at 08:00.
# On the first Sunday that half hour comes twice, on the second never.
AUTUMN = datetime(2024, 10, 27, 0, 5, tzinfo=UTC)
SPRING = datetime(2025, 3, 30, 0, 5, tzinfo=UTC)
THEN = ("nour: taken", "emil: taken", "chen: first")


@pytest.mark.timeout(240)
def test_the_nights_on_which_clocks_change(office: Office) -> None:
    office.open(ROUTES, AUTUMN, moderate("1", "Sun, 27 Oct 2024 00:00:00 GMT"))
    the_hour_that_comes_twice(office)
    office.tocsin.clock.move(SPRING)
    office.publish(moderate("2", "Sun, 30 Mar 2025 00:00:00 GMT"))
    office.tocsin.poll_again()
    the_hour_that_never_comes(office, office.newest())


def moderate(guid: str, published: str) -> str:
    return offensive("wire", guid, families="400", killed="12", day="Saturday", published=published)


def the_hour_that_comes_twice(office: Office) -> None:
    """02:05, 02:35, then 02:15 once more: handed over is handed over, and each step is taken once."""
    assert office.heard() == [("nour", "news")]
    assert office.alert()["next"]["what"] == "rings amira if nobody answers"
    assert office.at(office.next()) == [("amira", "step")]
    assert office.at(office.next()) == [("amira", "step")]
    taken(office, 1)
    assert office.at(datetime(2024, 10, 27, 6, tzinfo=UTC)) == [("emil", "news")]
    assert office.at(datetime(2024, 10, 27, 7, tzinfo=UTC)) == [("chen", "news")]
    closed(office, 1)
    assert told(office, 1) == ["nour: first", "emil: first", "amira: step", "amira: step", *THEN]


def the_hour_that_never_comes(office: Office, number: int) -> None:
    """01:05, 01:35, then 03:15: at 02:30, which was skipped, amira took over all the same."""
    assert office.heard() == [("nour", "news")]
    assert office.at(office.next(number)) == [("nour", "step")]
    assert office.alert(number)["next"]["what"] == "rings amira if nobody answers"
    assert office.at(office.next(number)) == [("amira", "step")]
    taken(office, number)
    assert office.at(datetime(2025, 3, 30, 5, tzinfo=UTC)) == [("emil", "news")]
    assert office.at(datetime(2025, 3, 30, 6, tzinfo=UTC)) == [("chen", "news")]
    closed(office, number)
    assert told(office, number) == ["nour: first", "emil: first", "nour: step", "amira: step", *THEN]


def taken(office: Office, number: int) -> None:
    """Nobody rings in the rest of the night; emil sleeps on, and what he was told is told together in the morning."""
    office.does("amira", "acknowledge", number)
    assert office.heard() == [("nour", "taken")]
    assert office.alert(number)["next"]["what"] == "rings chen if nobody answers"


def closed(office: Office, number: int) -> None:
    assert "2 messages in one" in office.last("emil").words
    office.does("amira", "close", number, reason="handled")
    assert office.heard() == [(who, "closed") for who in ("chen", "emil", "nour")]


def told(office: Office, number: int) -> list[str]:
    """Every message of an alert, those that say it is closed aside."""
    messages = office.alert(number)["messages"]
    assert {message["state"] for message in messages} == {"sent"}
    return [f"{message['recipient']}: {message['reason']}" for message in messages if message["reason"] != "closed"]
