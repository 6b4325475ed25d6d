"""Rules with teams and rotations for these tests, and moments as a clock somewhere shows them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from service.rules.duty import Hours, RotationRule, TeamRule
from service.rules.model import Contact, RecipientRule, Rules
from service.values import Override
from tests.factories import some_rules

MONDAY = date(2026, 1, 5)
PEOPLE = ("amira", "bilal", "chen")
# Whose clocks go forward and back by an hour, half an hour or not at all, some at midnight; one lost a day in 2011.
ZONES = (
    "UTC",
    "Europe/Kyiv",
    "Asia/Beirut",
    "America/Havana",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Pacific/Apia",
)


def a_rotation(**also: Any) -> RotationRule:
    usual: dict[str, Any] = {"people": PEOPLE, "zone": "Europe/Kyiv", "at": time(8), "since": MONDAY, "turn": 7}
    return RotationRule("duty", **(usual | also))


def rules_with(rotation: RotationRule | None = None, team: TeamRule | None = None) -> Rules:
    recipients = {name: RecipientRule(name, (Contact("mail", f"{name}@example.org"),)) for name in PEOPLE}
    return some_rules(
        recipients=recipients,
        rotations={rotation.name: rotation} if rotation else {},
        teams={team.name: team} if team else {},
    )


def a_team(**also: Any) -> TeamRule:
    usual: dict[str, Any] = {"countries": frozenset(), "zone": "Europe/Kyiv", "hours": Hours(time(8), time(18))}
    return TeamRule("field", **(usual | also))


def an_override(person: str | None, start: datetime, end: datetime, rotation: str = "duty") -> Override:
    return Override(rotation, person, start, end, by="amira", why="a wedding")


def local(text: str, zone: str = "Europe/Kyiv", fold: int = 0) -> datetime:
    """A moment by what a clock in the zone shows."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


zones = st.sampled_from(ZONES)
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
# 2010 to 2012: St. John's changed at a minute past midnight, and Apia lost a Friday.
moments = st.one_of(
    st.datetimes(datetime(2010, 1, 1), datetime(2012, 12, 31)),
    st.datetimes(datetime(2026, 1, 5), datetime(2027, 12, 31)),
).map(lambda at: at.replace(tzinfo=UTC))
days = st.dates(date(2010, 1, 1), date(2012, 12, 31)) | st.dates(date(2026, 1, 1), date(2027, 12, 31))
spans = st.timedeltas(timedelta(minutes=1), timedelta(days=20))
