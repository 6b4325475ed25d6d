"""What officers do to an alert: answer, put off, hand over, remark, close, open again (pure).

Everyone who was told is told what became of it, except the one who did it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from service.alerts.escalation import restarted, stopped, stops, unanswered
from service.alerts.life import Turn
from service.alerts.telling import Say
from service.alerts.watch import Watch
from service.errors import Refused
from service.rules.built_in import people
from service.values import Acknowledgement, Alert, CloseReason, Level, Line, Outcome, Reason, Silence

CLOSED: Final[Mapping[CloseReason, str]] = {
    "misread": "misread by us",
    "untrue": "the report is untrue",
    "not_ours": "true, but not ours",
    "already_known": "already known",
    "too_late": "too late to act on",
    "handled": "handled",
}
SHORTEST_SNOOZE = timedelta(minutes=5)
LONGEST_SNOOZE: Final[Mapping[Level, timedelta]] = {
    Level.EXTREME: timedelta(hours=4),
    Level.SEVERE: timedelta(hours=12),
}
LONGEST_OTHERWISE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts, when, from where ("api", "link", "mail", "console"), and why in their own words."""

    name: str
    at: datetime
    source: str
    why: str = ""


def acknowledge(alert: Alert, officer: Officer, watch: Watch) -> Outcome:
    """ "I am checking": the steps of the officer's team stop until the check ends. Raises Refused where it is closed.

    Said again by the same officer it counts from now; by another of the same team it changes nothing.
    """
    refuse_closed(alert)
    team = watch.team_of(officer.name)
    mine = next((ack for ack in alert.acknowledgements if ack.officer == officer.name), None)
    if mine is None and any(ack.team in (None, team) for ack in alert.acknowledgements):
        return _turn(alert, officer, watch, "acknowledged too", f"{alert.owner} was first").outcome()
    ack = _check(alert, officer, team, watch)
    if mine is not None:
        acks = tuple(ack if one is mine else one for one in alert.acknowledgements)
        return _turn(replace(alert, acknowledgements=acks), officer, watch, "checking still").outcome()
    turn = _turn(_taken(alert, ack), officer, watch, "acknowledged")
    _tell_others(turn, officer, "taken", f"{officer.name} is checking")
    return turn.outcome()


def _check(alert: Alert, officer: Officer, team: str | None, watch: Watch) -> Acknowledgement:
    rule = watch.ring(alert.level)
    # What rings once only, an exercise or a problem, has nothing to come back with.
    until = officer.at + rule.checking if rule.checking and alert.kind == "incident" else None
    return Acknowledgement(officer.name, officer.at, team, until, until - rule.warn if until else None)


def _taken(alert: Alert, ack: Acknowledgement) -> Alert:
    tracks = tuple(stopped(track) if stops(ack, track) else track for track in alert.tracks)
    acks = (*alert.acknowledgements, ack)
    return replace(alert, state="acknowledged", acknowledgements=acks, tracks=tracks, snoozed_until=None)


def snooze(alert: Alert, officer: Officer, until: datetime, watch: Watch) -> Outcome:
    """Put an alert off: nothing rings until then but a rise. Raises Refused where that is too soon or too long."""
    refuse_closed(alert)
    longest = LONGEST_SNOOZE.get(alert.level, LONGEST_OTHERWISE)
    if not SHORTEST_SNOOZE <= until - officer.at <= longest:
        hours = longest.total_seconds() / 3600
        raise Refused(f"A {alert.level.word} alert can be put off for 5 minutes to {hours:g} hours.", status=422)
    if alert.kind != "incident":
        raise Refused(f"Alert {alert.id} rings once only: there is nothing to put off.", status=409)
    if alert.snoozed_until == until:
        return _turn(alert, officer, watch, "put off too").outcome()
    turn = _turn(_put_off(alert, until), officer, watch, "put off", f"until {until:%Y-%m-%d %H:%M} UTC")
    _tell_others(turn, officer, "snoozed", f"{officer.name} put it off until {until:%-d %b %H:%M} UTC")
    return turn.outcome()


def _put_off(alert: Alert, until: datetime) -> Alert:
    return replace(unanswered(alert), snoozed_until=until, tracks=tuple(map(stopped, alert.tracks)))


def assign(alert: Alert, officer: Officer, to: str, watch: Watch) -> Outcome:
    """Give an alert to somebody, who is told. Raises Refused where alerts.yaml knows no such recipient."""
    refuse_closed(alert)
    if to not in people(watch.rules):
        raise Refused(f"alerts.yaml knows no recipient '{to}'.", status=422)
    if alert.assigned == to:
        return _turn(alert, officer, watch, "assigned too", f"to {to}").outcome()
    turn = _turn(replace(alert, assigned=to), officer, watch, "assigned", f"to {to}")
    turn.say.append(Say("assigned", (to,), f"{officer.name} gave it to {to}"))
    return turn.outcome()


def comment(alert: Alert, officer: Officer, watch: Watch) -> Outcome:
    """Remark on an alert; why is the remark."""
    return _turn(alert, officer, watch, "remarked").outcome()


def close(alert: Alert, officer: Officer, reason: CloseReason, watch: Watch) -> Outcome:
    """End an alert; only a rise in level, or a person, opens it again. Raises Refused where it is closed already."""
    refuse_closed(alert)
    tracks = tuple(map(stopped, alert.tracks))
    ended = replace(alert, state="closed", closed=reason, snoozed_until=None, tracks=tracks)
    turn = _turn(ended, officer, watch, "closed", CLOSED[reason])
    _tell_others(turn, officer, "closed", f"{officer.name} closed it: {CLOSED[reason]}")
    return turn.outcome()


def reopen(alert: Alert, officer: Officer, watch: Watch) -> Outcome:
    """Open an alert again that an officer closed: it rings from its first step. Raises Refused where it is none."""
    if alert.state != "closed":
        raise Refused(f"Alert {alert.id} is not closed.")
    if alert.closed is None or alert.kind in ("brief", "drill"):
        raise Refused(f"Alert {alert.id} is over: nothing rings by it any more.")
    tracks = tuple(restarted(track, officer.at, "reopened") for track in alert.tracks)
    return _turn(replace(unanswered(alert), tracks=tracks), officer, watch, "opened again").outcome()


def correct(alert: Alert, officer: Officer, note: str, watch: Watch) -> Outcome:
    """Tell everyone who was told that something they were told is not so."""
    turn = _turn(alert, officer, watch, "corrected", note)
    _tell_others(turn, officer, "corrected", note)
    return turn.outcome()


def is_held(alert: Alert, silence: Silence) -> bool:
    """Does something of an alert wait for a silence to end?"""
    return alert.state != "closed" and any(track.due_at == silence.end for track in alert.tracks)


def unsilenced(alert: Alert, silence: Silence, officer: Officer, watch: Watch) -> Outcome:
    """What a silence held back of an alert rings now."""
    tracks = tuple(
        replace(track, due_at=officer.at) if track.due_at == silence.end else track for track in alert.tracks
    )
    after = replace(alert, tracks=tracks)
    return _turn(after, officer, watch, "silence ended", f"silence {silence.id}").outcome()


def refuse_closed(alert: Alert) -> None:
    if alert.state == "closed":
        raise Refused(f"Alert {alert.id} is closed.", status=409)


def _turn(alert: Alert, officer: Officer, watch: Watch, act: str, detail: str = "") -> Turn:
    line = Line(officer.name, act, detail, officer.source, officer.why)
    return Turn(alert, watch, officer.at, log=[line])


def _tell_others(turn: Turn, officer: Officer, reason: Reason, note: str) -> None:
    if turn.alert.kind == "drill":  # who answers shall not depend on who answered
        return
    others = tuple(name for name in turn.alert.told if name != officer.name)
    if others:
        turn.say.append(Say(reason, others, note))
