"""List alerts, and show one with everything it rests on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, TypeAdapter

from service.alerts.notes import title
from service.alerts.upcoming import Outlook
from service.desk.alerts import Desk, outlooks
from service.errors import Refused
from service.store import alerts, listings, outbox, versions
from service.store.database import Connection
from service.store.listings import Wanted
from service.values import Alert, AlertKind, AlertState, CloseReason, Notice
from service.web.access import AtDesk, InForce, Key, may
from service.web.paging import AtLeast, Before, Country, Limit, Moment, Number, Owner, level_of, link
from service.web.problems import may_answer
from service.web.tags import IfNoneMatch, tagged

router = APIRouter(prefix="/api/v1", tags=["alerts"])

NOTICE = TypeAdapter(Notice)


class Checking(BaseModel):
    """Who is checking, of which team, until when; null: for as long as it takes."""

    officer: str
    team: str | None
    since: datetime
    until: datetime | None


class Next(BaseModel):
    at: datetime
    what: str


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
    kind: AlertKind
    checking: list[Checking] = Field(description="who said so; a team sees that another checks, and is still rung")
    assigned: str | None = Field(description="the recipient it was given to")
    snoozed_until: datetime | None
    silence: int | None = Field(description="the silence that holds it back")
    closed: CloseReason | None
    next: Next | None = Field(description="what happens by itself unless somebody acts")


class AlertPage(BaseModel):
    """Alerts, newest first. `next` is the cursor of the page after this one, null on the last."""

    alerts: list[AlertOut]
    next: int | None


class LogLine(BaseModel):
    at: datetime
    actor: str
    act: str
    detail: str
    source: str
    why: str


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
    request: Request,
    response: Response,
    caller: Key,
    settings: InForce,
    desk: AtDesk,
    asked: Annotated[Asked, Query()],
) -> AlertPage:
    """Alerts, newest first."""
    may(caller, "read")
    with desk.database.reading() as db:
        found = listings.alerts(db, asked.before, asked.limit + 1, asked.wanted())
        page = told(db, desk, found[: asked.limit], settings.clock.now())
    after = page[-1].id if len(found) > asked.limit else None
    link(request, response, after)
    return AlertPage(alerts=page, next=after)


@router.get("/alerts/{alert_id}", summary="Show an alert", response_model=AlertDetail, responses=may_answer(304, 404))
def show_alert(alert_id: Number, caller: Key, settings: InForce, desk: AtDesk, known: IfNoneMatch = None) -> Response:
    """One alert with everything it rests on."""
    may(caller, "read")
    with desk.database.reading() as db:
        version = versions.of_alert(db, alert_id)
        if version is None:
            raise Refused(f"There is no alert {alert_id}.", status=404)
        return tagged(detail(db, desk, alert_id, settings.clock.now()), version.number, known)


def detail(db: Connection, desk: Desk, alert_id: int, now: datetime) -> AlertDetail:
    """An alert that there is, with all of it."""
    alert = alerts.get(db, alert_id)
    assert alert is not None
    notice = alerts.notice(db, alert_id, alert.shown)
    [shown] = told(db, desk, [alert], now)
    return AlertDetail(
        **shown.model_dump(),
        notice=NOTICE.dump_python(notice, mode="json", exclude_defaults=True) if notice else None,
        log=[line_out(line) for line in alerts.logged(db, alert_id)],
        messages=[message_out(row) for row in outbox.of_alert(db, alert_id)],
    )


def told(db: Connection, desk: Desk, found: Sequence[Alert], now: datetime) -> list[AlertOut]:
    """Alerts as the API tells them."""
    notices, ahead = alerts.newest_notices(db, found), outlooks(db, desk, found, now)
    return [AlertOut(**_summary(alert, notices.get(alert.id)), **_life(alert, ahead[alert.id])) for alert in found]


def _summary(alert: Alert, notice: Notice | None) -> dict[str, Any]:
    incident = notice.incident if notice else None
    return {
        "id": alert.id,
        "kind": alert.kind,
        "level": alert.level.word,
        "revision": alert.revision,
        "opened_at": alert.opened_at,
        "incident_id": alert.incident_id,
        "title": title(notice),
        "country": incident.country if incident else None,
    }


def _life(alert: Alert, ahead: Outlook) -> dict[str, Any]:
    """What officers did to it, and what comes next."""
    names = ("state", "owner", "acknowledged_at", "assigned", "snoozed_until", "closed")
    return {
        **{name: getattr(alert, name) for name in names},
        "checking": [
            Checking(officer=ack.officer, team=ack.team, since=ack.at, until=ack.until)
            for ack in alert.acknowledgements
        ],
        "silence": ahead.silence.id if ahead.silence else None,
        "next": Next(at=ahead.next.at, what=ahead.next.words) if ahead.next else None,
    }


def line_out(line: Any) -> LogLine:
    return LogLine(**{name: getattr(line, name) for name in LogLine.model_fields})


def message_out(row: Any) -> MessageOut:
    names = ("recipient", "channel", "reason", "revision", "state", "sent_at", "error")
    return MessageOut(**{name: getattr(row, name) for name in names}, possible_duplicate=row.doubtful)
