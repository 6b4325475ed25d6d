"""List alerts, show one, acknowledge one."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, TypeAdapter

from service.desk.acknowledge import acknowledge
from service.errors import Refused
from service.store import alerts, listings, outbox, versions
from service.store.database import Connection, Database
from service.store.listings import Wanted
from service.values import Alert, AlertState, Notice
from service.web.access import Key, Store, may
from service.web.acting import Act, alert, done
from service.web.paging import AtLeast, Before, Country, Limit, Moment, Owner, level_of, link
from service.web.problems import may_answer
from service.web.tags import IfNoneMatch, tagged

router = APIRouter(prefix="/api/v1", tags=["alerts"])
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


class Asked(BaseModel):
    """Which alerts are asked for; times are when they were opened."""

    state: AlertState | None = None
    level: AtLeast = None
    country: Country = None
    since: Moment = None
    until: Annotated[Moment, Query(description="the first moment that is too late")] = None
    owner: Owner = None
    kind: Annotated[Literal["incident", "problem", "drill", "brief"] | None, Query(description="what it is about")] = (
        None
    )
    before: Before = None
    limit: Limit = 50

    def wanted(self) -> Wanted:
        asked = self.model_dump(include={"state", "country", "since", "until", "owner", "kind"})
        return Wanted(level=level_of(self.level), **asked)


@router.get("/alerts", summary="List alerts", responses=may_answer())
def list_alerts(
    request: Request, response: Response, caller: Key, database: Store, asked: Annotated[Asked, Query()]
) -> AlertPage:
    """Alerts, newest first."""
    may(caller, "read")
    with database.reading() as db:
        found = listings.alerts(db, asked.before, asked.limit + 1, asked.wanted())
        notices = alerts.newest_notices(db, found)
    page = found[: asked.limit]
    after = page[-1].id if len(found) > asked.limit else None
    link(request, response, after)
    return AlertPage(alerts=[AlertOut(**summary(alert, notices.get(alert.id))) for alert in page], next=after)


@router.get("/alerts/{alert_id}", summary="Show an alert", response_model=AlertDetail, responses=may_answer(304, 404))
def show_alert(alert_id: Number, caller: Key, database: Store, known: IfNoneMatch = None) -> Response:
    """One alert with everything it rests on."""
    may(caller, "read")
    with database.reading() as db:
        version = versions.of_alert(db, alert_id)
        if version is None:
            raise Refused(f"There is no alert {alert_id}.", status=404)
        return tagged(detail(db, alert_id), version.number, known)


@router.post("/alerts/{alert_id}/acknowledge", summary="Acknowledge an alert", **done(AcknowledgeOut))
def acknowledge_alert(alert_id: Number, acting: Act) -> Response:
    """Say "I am checking". Saying it twice is harmless; the second officer is told who was first."""
    may(acting.caller, "acknowledge")

    def act(database: Database) -> AcknowledgeOut:
        after = acknowledge(database, alert_id, acting.caller.name, acting.now, "api")
        return AcknowledgeOut(
            id=alert_id,
            state=after.alert.state,
            first=after.first,
            acknowledged_by=after.alert.owner or "",
            acknowledged_at=after.alert.acknowledged_at or acting.now,
        )

    return acting.done(act, of=alert(alert_id))


def detail(db: Connection, alert_id: int) -> AlertDetail:
    """An alert that there is, with all of it."""
    alert = alerts.get(db, alert_id)
    assert alert is not None
    notice = alerts.notice(db, alert_id, alert.revision)
    return AlertDetail(
        **summary(alert, notice),
        notice=NOTICE.dump_python(notice, mode="json", exclude_defaults=True) if notice else None,
        log=[
            LogLine(at=line.at, actor=line.actor, act=line.act, detail=line.detail)
            for line in alerts.logged(db, alert_id)
        ],
        messages=[message_out(row) for row in outbox.of_alert(db, alert_id)],
    )


def summary(alert: Alert, notice: Notice | None) -> dict[str, Any]:
    incident = notice.incident if notice else None
    problem = notice.problem if notice else None
    return {
        "id": alert.id,
        "state": alert.state,
        "level": alert.level.word,
        "revision": alert.revision,
        "opened_at": alert.opened_at,
        "incident_id": alert.incident_id,
        "title": incident.area if incident else problem.title if problem else "",
        "country": incident.country if incident else None,
        "owner": alert.owner,
        "acknowledged_at": alert.acknowledged_at,
    }


def message_out(row: Any) -> MessageOut:
    names = ("recipient", "channel", "reason", "revision", "state", "sent_at", "error")
    return MessageOut(**{name: getattr(row, name) for name in names}, possible_duplicate=row.doubtful)
