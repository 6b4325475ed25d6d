"""The next thing that happens to an alert by itself, and when (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from service.alerts.escalation import is_silenced
from service.alerts.watch import Watch
from service.values import Alert, Silence, Track


@dataclass(frozen=True, slots=True, order=True)
class Upcoming:
    """What happens at a moment unless somebody acts, in words that follow "Next:"."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to come of an alert by itself, and the silence that holds it back; None where nothing, or none, is."""

    next: Upcoming | None = None
    silence: Silence | None = None


NOTHING_AHEAD = Outlook()


def outlook(alert: Alert, watch: Watch, now: datetime) -> Outlook:
    held = alert.state != "closed" and any(map(is_silenced, alert.tracks))
    return Outlook(upcoming(alert, watch), watch.silence(alert, now) if held else None)


def upcoming(alert: Alert, watch: Watch) -> Upcoming | None:
    """The next of what is to come; None where nothing is."""
    return min(coming(alert, watch), default=None)


def coming(alert: Alert, watch: Watch) -> Iterator[Upcoming]:
    if alert.state == "closed":
        return
    if alert.ends_at is not None:
        yield Upcoming(alert.ends_at, "the exercise ends")
    if alert.snoozed_until is not None:
        yield Upcoming(alert.snoozed_until, "rings again, as it was put off until then")
    for ack in alert.acknowledgements:
        if ack.warn_at is not None:
            yield Upcoming(ack.warn_at, f"warns {ack.officer} that the check ends")
        if ack.until is not None:
            yield Upcoming(ack.until, f"{ack.officer}’s check ends, and it rings again")
    for track in alert.tracks:
        if track.due_at is not None:
            yield Upcoming(track.due_at, _step(track, watch, track.due_at))


def _step(track: Track, watch: Watch, at: datetime) -> str:
    people = ", ".join(watch.people(track.steps[track.step].to, at))
    again = " again" if track.rounds and not track.step else ""
    return f"rings {people}{again} if nobody answers" if people else "passes over a step nobody is on call for"
