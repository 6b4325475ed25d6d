"""What news and time do to an alert: whom it tells, for which named reason, and what comes next (pure).

A rise in level rings at once whatever anybody did before: no acknowledgement, snooze, silence or closing hides it.
Everything else waits for its moment, and for whoever is checking.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from service.alerts.escalation import (
    REPEATS_FOR,
    Rung,
    begun,
    hastened,
    is_due,
    is_first,
    is_silenced,
    put_off,
    restarted,
    stops,
    take,
    unanswered,
)
from service.alerts.notes import note_of, ringing_since
from service.alerts.telling import Say, outcome
from service.alerts.watch import Watch
from service.values import TOCSIN, Acknowledgement, Alert, Line, Notice, Outcome, Reason, Track


@dataclass
class Turn:
    """An alert while one thing after another is done to it: what is to be told, and noted."""

    alert: Alert
    watch: Watch
    now: datetime
    say: list[Say] = field(default_factory=list)
    log: list[Line] = field(default_factory=list)

    def note(self, act: str, detail: str = "") -> None:
        self.log.append(Line(TOCSIN, act, detail))

    def outcome(self) -> Outcome:
        return outcome(self.alert, self.say, self.log, self.watch, self.now)


# --- news ---------------------------------------------------------------------


def news(alert: Alert, notice: Notice, watch: Watch, now: datetime) -> Outcome:
    """An alert that has news, as judged: it opens, its level rose, or its figures changed."""
    turn = Turn(_with_news(alert, notice), watch, now)
    if notice.reason in ("first", "rise"):
        _ring(turn, notice)
    elif alert.state == "closed" or alert.snoozed_until or watch.silence(turn.alert, now):
        turn.note("kept quiet", f"{notice.reason}: {_why_quiet(turn)}")
        turn.say.append(Say(notice.reason, (), news=notice))
    else:
        turn.say.append(Say(notice.reason, alert.told, news=notice))
    return turn.outcome()


def _with_news(alert: Alert, notice: Notice) -> Alert:
    incident = notice.incident
    types = tuple(dict.fromkeys(facet.type for facet in incident.facets)) if incident else ()
    country = incident.country if incident else None
    return replace(alert, news=notice.revision, pace_from=notice.decided_at, country=country, types=types)


def _ring(turn: Turn, notice: Notice) -> None:
    """From the first step of every route; at a rise whoever was told before is told as well."""
    alert, watch, now = turn.alert, turn.watch, turn.now
    fresh = begun(watch, alert.country, alert.level, now, notice.reason)
    routes = {track.route for track in fresh}
    kept = (restarted(track, now, notice.reason) for track in alert.tracks if track.route not in routes)
    turn.alert = replace(alert, tracks=(*fresh, *kept))
    if notice.reason == "first":
        _hold_back(turn)
    told = [name for rung in _take_all(turn) for name in rung.to]
    before = alert.told if notice.reason == "rise" else ()
    turn.say.append(Say(notice.reason, tuple(dict.fromkeys((*told, *before))), news=notice))
    if not told and not before:
        turn.note("kept quiet", f"{notice.reason}: {_why_quiet(turn)}")


def _why_quiet(turn: Turn) -> str:
    alert = turn.alert
    if alert.state == "closed":
        return "it is closed, and its level has not risen"
    if alert.snoozed_until:
        return f"put off until {alert.snoozed_until:%Y-%m-%d %H:%M} UTC"
    if silence := turn.watch.silence(alert, turn.now):
        return f"silence {silence.id} holds"
    if any(line.act == "passed over" for line in turn.log):
        return "nobody is on call"
    if not alert.tracks:
        brief = turn.watch.ring(alert.level).brief
        return "it is for the next brief" if brief else "no route covers it"
    return "the team’s hours have not begun"


# --- time ---------------------------------------------------------------------


def passed(alert: Alert, watch: Watch, now: datetime) -> Outcome:
    """What has fallen due of an alert that is not closed."""
    turn = Turn(alert, watch, now)
    if alert.ends_at is not None and alert.ends_at <= now and alert.state != "closed":
        _end(turn)
    elif alert.state != "closed":
        _wake(turn)
        _end_checks(turn)
        _warn(turn)
        _hold_back(turn)
        _tell_rungs(turn, _take_all(turn))
    return turn.outcome()


def _tell_rungs(turn: Turn, rungs: Iterable[Rung]) -> None:
    """Tell each person once, however many routes lead to them at this moment."""
    told: set[str] = set()
    groups: dict[tuple[Reason, str], list[str]] = {}
    for rung in rungs:
        names = [name for name in rung.to if name not in told]
        told.update(names)
        if names:
            groups.setdefault((rung.reason, note_of(turn.alert, rung, turn.now)), []).extend(names)
    turn.say += [Say(reason, tuple(names), note) for (reason, note), names in groups.items()]


def unreached(alert: Alert, name: str, watch: Watch, now: datetime) -> Outcome:
    """An alert whose step could not reach this person, nor anybody else: the next step, if there is one, comes now."""
    turn = Turn(alert, watch, now)
    tracks = tuple(hastened(track, now) if name in watch.people(track.before, now) else track for track in alert.tracks)
    if tracks != alert.tracks:
        turn.note("brought forward", f"{name} cannot be reached: the next step comes now")
        turn.alert = replace(alert, tracks=tracks)
    return turn.outcome()


def joined(alert: Alert, gone: Alert, now: datetime) -> Alert:
    """An alert once another's incident became part of its own: what nobody answered of that rings on here."""
    alert = replace(alert, told=tuple(dict.fromkeys((*alert.told, *gone.told))))
    rings = gone.state == "open" and not gone.snoozed_until
    if not rings or (alert.state != "closed" and not alert.snoozed_until):
        return alert
    routes = {track.route for track in alert.tracks}
    tracks = (*alert.tracks, *(track for track in gone.tracks if track.route not in routes))
    return replace(unanswered(alert), tracks=_again(tracks, now, "reopened"))


def _end(turn: Turn) -> None:
    turn.note("closed", "its time is over")
    turn.alert = replace(turn.alert, state="closed", acknowledgements=(), snoozed_until=None)


def _wake(turn: Turn) -> None:
    alert = turn.alert
    if alert.snoozed_until is not None and alert.snoozed_until <= turn.now:
        turn.note("put off no longer")
        turn.alert = replace(alert, snoozed_until=None, tracks=_again(alert.tracks, turn.now, "woken"))


def _end_checks(turn: Turn) -> None:
    """Let acknowledgements end; their teams are rung again, and nobody's check keeps the alert from being open."""
    alert = turn.alert
    over = [ack for ack in alert.acknowledgements if ack.until is not None and ack.until <= turn.now]
    for ack in over:
        turn.note("check ended", f"{ack.officer} had not said so again")
        turn.alert = without(turn.alert, ack)
        left = turn.alert.acknowledgements
        tracks = tuple(_rung_anew(track, ack, left, turn.now) for track in turn.alert.tracks)
        turn.alert = replace(turn.alert, tracks=tracks)


def _rung_anew(track: Track, over: Acknowledgement, left: Iterable[Acknowledgement], now: datetime) -> Track:
    """The track from its first step, where the check that is over stopped it and no other does."""
    ended = stops(over, track) and not any(stops(ack, track) for ack in left)
    return restarted(track, now, "unacknowledged") if ended else track


def without(alert: Alert, ack: Acknowledgement) -> Alert:
    """The alert without one acknowledgement; open again where it was the last."""
    left = tuple(one for one in alert.acknowledgements if one is not ack)
    return replace(alert, acknowledgements=left, state="acknowledged" if left else "open")


def _warn(turn: Turn) -> None:
    for ack in turn.alert.acknowledgements:
        if ack.warn_at is not None and ack.warn_at <= turn.now:
            note = f"Your check ends at {ack.until:%H:%M} UTC: say again that you are checking, or close it"
            turn.say.append(Say("ending", (ack.officer,), note))
            warned = replace(ack, warn_at=None)
            acks = tuple(warned if one is ack else one for one in turn.alert.acknowledgements)
            turn.alert = replace(turn.alert, acknowledgements=acks)


def _hold_back(turn: Turn) -> None:
    """Put off what is due until the silence that covers the alert ends."""
    alert, silence = turn.alert, turn.watch.silence(turn.alert, turn.now)
    if silence is not None and any(is_silenced(track) and is_due(track, turn.now) for track in alert.tracks):
        turn.note("silenced", f"until {silence.end:%Y-%m-%d %H:%M} UTC by silence {silence.id}")
        held = (put_off(track, silence.end) if is_silenced(track) else track for track in alert.tracks)
        turn.alert = replace(alert, tracks=tuple(held))


def _take_all(turn: Turn) -> list[Rung]:
    """Take every step that is due."""
    if any(is_first(track) and is_due(track, turn.now) for track in turn.alert.tracks):
        turn.alert = replace(turn.alert, ringing_from=turn.now)
    alert = turn.alert
    repeats = turn.now - ringing_since(alert) < REPEATS_FOR
    rungs = [take(track, turn.watch, repeats, turn.now) for track in alert.tracks]
    turn.alert = replace(alert, tracks=tuple(rung.track for rung in rungs))
    turn.log += [line for rung in rungs for line in rung.log]
    unreached = [track.route for track, rung in zip(alert.tracks, rungs, strict=True) if rung.log and not rung.to]
    if unreached:
        note = f"Nobody is on call on the way {', '.join(unreached)}"
        turn.say.append(Say("step", turn.watch.rules.operators, note))
    return rungs


def _again(tracks: Iterable[Track], now: datetime, reason: Reason) -> tuple[Track, ...]:
    return tuple(restarted(track, now, reason) for track in tracks)
