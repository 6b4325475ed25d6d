"""Ringing until somebody answers: each route's steps, one after another, then again (pure)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from service.alerts.route import covering
from service.alerts.watch import Watch
from service.rules.model import RingRule, Route
from service.values import TOCSIN, Acknowledgement, Alert, Level, Line, Reason, Step, Track

# What nobody answered for so long since its last news is not repeated any more; it stays open.
REPEATS_FOR = timedelta(days=3)
NOW = timedelta(0)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step taken: the track after it, whom it tells, by name, for what reason, and what to note."""

    track: Track
    to: tuple[str, ...] = ()
    reason: Reason = "first"
    log: tuple[Line, ...] = ()


def begun(
    watch: Watch, country: str | None, level: Level, now: datetime, reason: Reason = "first"
) -> tuple[Track, ...]:
    """The escalations of every route that covers a country and level; none where the level is for the brief."""
    rule = watch.ring(level)
    routes = () if rule.brief else covering(watch.rules, country, level)
    # A rise waits for nobody's hours.
    return tuple(
        track(route, rule, now if reason == "rise" else watch.starts(rule, route.team, now), reason) for route in routes
    )


def track(route: Route, rule: RingRule, at: datetime, reason: Reason) -> Track:
    """A route's escalation as it is now."""
    later = (Step(step.to, step.after or rule.next_person) for step in route.steps)
    return Track(route.name, (Step(route.to, NOW), *later), route.team, rule.repeat, due_at=at, reason=reason)


def unanswered(alert: Alert) -> Alert:
    """The alert as if nobody had answered it, put it off or closed it."""
    return replace(alert, state="open", acknowledgements=(), snoozed_until=None, closed=None)


def restarted(track: Track, now: datetime, reason: Reason) -> Track:
    """The track from its first step on, which is told for this reason."""
    return replace(track, step=0, rounds=0, due_at=now, reason=reason)


def is_silenced(track: Track) -> bool:
    """Does a silence hold it? Not what rings for a rise, nor what a person opened again."""
    return track.reason not in ("rise", "reopened")


def is_due(track: Track, now: datetime) -> bool:
    return track.due_at is not None and track.due_at <= now


def is_first(track: Track) -> bool:
    """Is its first step the next, and was none taken since it began?"""
    return track.step == 0 and track.rounds == 0


def stops(ack: Acknowledgement, track: Track) -> bool:
    """Does this officer's check stop the track? It does their team's, and where either names none."""
    return ack.team is None or track.team is None or ack.team == track.team


def stopped(track: Track) -> Track:
    return replace(track, due_at=None)


def put_off(track: Track, until: datetime) -> Track:
    return replace(track, due_at=max(until, track.due_at) if track.due_at else None)


def hastened(track: Track, now: datetime) -> Track:
    """The track with its next step due now. After the last step nothing is brought forward: rounds keep their pace."""
    return replace(track, due_at=now) if track.step and track.due_at and track.due_at > now else track


def take(track: Track, watch: Watch, repeats: bool, now: datetime) -> Rung:
    """Take the step that is due; one that reaches nobody is passed over at once, and noted."""
    log: list[Line] = []
    while is_due(track, now):
        step, reason = track.steps[track.step], _reason(track)
        track = _next(track, repeats, now)
        people = watch.people(step.to, now)
        if people:
            return Rung(track, people, reason, tuple(log))
        log.append(Line(TOCSIN, "passed over", f"nobody is on call for {', '.join(step.to)}"))
        if track.step == 0:
            break
        track = replace(track, due_at=now)
    return Rung(track, (), "step", tuple(log))


def _reason(track: Track) -> Reason:
    if track.step:
        return "step"
    return "repeat" if track.rounds else track.reason


def _next(track: Track, repeats: bool, now: datetime) -> Track:
    """The track after a step: due for the next, for the next round, or at its end."""
    if track.step + 1 < len(track.steps):
        return replace(track, step=track.step + 1, due_at=now + track.steps[track.step + 1].after)
    again = now + track.again if track.again is not None and repeats else None
    return replace(track, step=0, rounds=track.rounds + 1, due_at=again)
