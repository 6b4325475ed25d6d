"""When teams are at work: hours, days, seasons and holidays, all in the team's zone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from service.alerts.wall_clock import reached, shown
from service.rules.duty import Hours, TeamRule
from service.rules.model import Rules

DAY = timedelta(days=1)
# A team that is at work on no day of a year never is.
FAR = 366


def in_hours(rules: Rules, team: str, now: datetime) -> bool:
    """Is a team at work? One that has no hours, or is not in the rules any more, always is."""
    found = rules.teams.get(team)
    if found is None or found.hours is None:
        return True
    # Hours past midnight began yesterday; a clock put back over midnight shows yesterday once more.
    return any(start <= now < end for start, end in shifts(found, now, ahead=1))


def next_hours(rules: Rules, team: str, now: datetime) -> datetime:
    """When a team is at work next: now if it is, and also if it will not be for a year, so that someone is told."""
    if in_hours(rules, team, now):
        return now
    coming = (start for start, _ in shifts(rules.teams[team], now, ahead=FAR) if start > now)
    return next(coming, now)


def shifts(team: TeamRule, now: datetime, ahead: int) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of a team's work, from yesterday to some days ahead; the end is not included."""
    today = shown(now, team.zone).date()
    for place in range(-1, ahead + 1):
        day = today + place * DAY
        hours = hours_on(team, day)
        if hours is not None:
            closing = day if hours.end > hours.start else day + DAY
            start, end = reached(day, hours.start, team.zone), reached(closing, hours.end, team.zone)
            if start < end:
                yield start, end


def hours_on(team: TeamRule, day: date) -> Hours | None:
    """The hours that begin on a day; None where it is free."""
    if day.weekday() not in team.days or any(holiday.covers(day) for holiday in team.holidays):
        return None
    return next((season.hours for season in team.seasons if season.covers(day)), team.hours)
