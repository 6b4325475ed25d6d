"""What an alert is about, and why people are told of it now, in words (pure)."""

from datetime import datetime

from service.alerts.escalation import Rung
from service.values import Alert, Notice


def title(notice: Notice | None) -> str:
    """What an alert is about, in a few words."""
    if notice is None:
        return ""
    if notice.brief:
        return f"Brief for {notice.brief.to}"
    if notice.drill:
        return f"EXERCISE, nothing happened: drill of the route {notice.drill.route}"
    return notice.incident.area if notice.incident else notice.problem.title if notice.problem else ""


def ringing_since(alert: Alert) -> datetime:
    """When an alert last began to ring, or had news, whichever is later."""
    return max(moment for moment in (alert.opened_at, alert.pace_from, alert.ringing_from) if moment)


def note_of(alert: Alert, rung: Rung, now: datetime) -> str:
    """Why people are told now."""
    match rung.reason:
        case "step" | "repeat":
            return _nobody(alert, rung, f"has answered since {_shown(ringing_since(alert), now)}")
        case "unacknowledged":
            return _nobody(alert, rung, "is checking any more: the last check ended")
        case "woken":
            return "It was put off until now"
        case "reopened":
            return "It was opened again"
    return ""


def _shown(at: datetime, now: datetime) -> str:
    return f"{at:%H:%M} UTC" if at.date() == now.date() else f"{at:%-d %b %H:%M} UTC"


def _nobody(alert: Alert, rung: Rung, does: str) -> str:
    """That nobody does, or of the team nobody, where others have seen it."""
    if not alert.acknowledgements:
        return f"Nobody {does}"
    seen = ", ".join(f"{ack.officer} ({ack.team})" if ack.team else ack.officer for ack in alert.acknowledgements)
    return f"Seen by {seen}; nobody {f'of {rung.track.team}' if rung.track.team else 'else'} {does}"
