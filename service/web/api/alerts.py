"""List alerts, show one, acknowledge one."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, TypeAdapter

from service.alerts.acts import Officer
from service.desk.alerts import acknowledge
from service.desk.keys import Caller
from service.errors import Refused
from service.store import alerts, outbox
from service.values import Alert, AlertState, Notice
from service.web.access import AtDesk, InForce, Store, api_caller, may

router = APIRouter(prefix="/api/v1", tags=["alerts"])
Key = Annotated[Caller, Depends(api_caller)]
Number = Annotated[int, Path(ge=1, lt=2**63)]

NOTICE = TypeAdapter(Notice)


class AlertOut(BaseModel):
    """An alert as the API tells it; times in UTC, level in words."""

    id: int
    state: AlertState
    level: Literal["Minor", "Moderate", "Severe", "Extreme"]
    revision: int
    opened_at: datetime
    incident_id: int | None
    title: str
    country: str | None
    owner: str | None
    acknowledged_at: datetime | None


class AlertPage(BaseModel):
    """Alerts, newest first. `next` is the cursor of the page after this one, null on the last."""

    alerts: list[AlertOut]
    next: int | None


class LogLine(BaseModel):
    at: datetime
    actor: str
    act: str
    detail: str


class MessageOut(BaseModel):
    """One message: to whom, how, why, and what became of it."""

    recipient: str
    channel: str
    reason: str
    revision: int
    state: str
    sent_at: datetime | None
    possible_duplicate: bool
    error: str | None


class AlertDetail(AlertOut):
    """An alert with what it rests on (`notice`), its log and its messages."""

    notice: dict[str, Any] | None
    log: list[LogLine]
    messages: list[MessageOut]


class AcknowledgeOut(BaseModel):
    """`first`: this call acknowledged it; otherwise `acknowledged_by` was before you."""

    id: int
    state: AlertState
    first: bool
    acknowledged_by: str
    acknowledged_at: datetime


@router.get("/alerts")
def list_alerts(
    caller: Key,
    database: Store,
    state: AlertState | None = None,
    before: Annotated[int | None, Query(ge=1, lt=2**63, description="the `next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> AlertPage:
    """Alerts, newest first."""
    may(caller, "read")
    with database.reading() as db:
        found = alerts.page(db, before, limit + 1, state)
        notices = alerts.newest_notices(db, found)
    page = found[:limit]
    shown = [AlertOut(**summary(alert, notices.get(alert.id))) for alert in page]
    return AlertPage(alerts=shown, next=page[-1].id if len(found) > limit else None)


@router.get("/alerts/{alert_id}")
def show_alert(alert_id: Number, caller: Key, database: Store) -> AlertDetail:
    """One alert with everything it rests on."""
    may(caller, "read")
    with database.reading() as db:
        alert = alerts.get(db, alert_id)
        if alert is None:
            raise Refused(f"There is no alert {alert_id}.", status=404)
        notice = alerts.notice(db, alert_id, alert.shown)
        log, messages = alerts.logged(db, alert_id), outbox.of_alert(db, alert_id)
    return AlertDetail(
        **summary(alert, notice),
        notice=NOTICE.dump_python(notice, mode="json", exclude_defaults=True) if notice else None,
        log=[LogLine(at=line.at, actor=line.actor, act=line.act, detail=line.detail) for line in log],
        messages=[message_out(row) for row in messages],
    )


@router.post("/alerts/{alert_id}/acknowledge")
def acknowledge_alert(alert_id: Number, caller: Key, settings: InForce, desk: AtDesk) -> AcknowledgeOut:
    """Say "I am checking". Saying it twice is harmless; the second officer is told who was first."""
    may(caller, "acknowledge")
    after = acknowledge(desk, alert_id, Officer(caller.name, settings.clock.now(), "api"))
    assert after.alert.owner is not None and after.alert.acknowledged_at is not None
    return AcknowledgeOut(
        id=alert_id,
        state=after.alert.state,
        first=after.first,
        acknowledged_by=after.alert.owner,
        acknowledged_at=after.alert.acknowledged_at,
    )


def summary(alert: Alert, notice: Notice | None) -> dict[str, Any]:
    incident = notice.incident if notice else None
    return {
        "id": alert.id,
        "state": alert.state,
        "level": alert.level.word,
        "revision": alert.revision,
        "opened_at": alert.opened_at,
        "incident_id": alert.incident_id,
        "title": _title(notice) if notice else "",
        "country": incident.country if incident else None,
        "owner": alert.owner,
        "acknowledged_at": alert.acknowledged_at,
    }


def _title(notice: Notice) -> str:
    if notice.brief:
        return f"Brief for {notice.brief.to}"
    if notice.drill:
        return f"EXERCISE, nothing happened: drill of the route {notice.drill.route}"
    return notice.incident.area if notice.incident else notice.problem.title if notice.problem else ""


def message_out(row: Any) -> MessageOut:
    names = ("recipient", "channel", "reason", "revision", "state", "sent_at", "error")
    return MessageOut(**{name: getattr(row, name) for name in names}, possible_duplicate=row.doubtful)
