"""What officers do to an alert: "I am checking", put off, hand over, remark, close, open again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field

from service.alerts.acts import Officer
from service.desk import alerts as desk
from service.desk.alerts import Desk
from service.store.database import Database
from service.values import Alert, AlertState, CloseReason
from service.web.access import AtDesk
from service.web.acting import Act, Acting, alert, done
from service.web.api.alerts import AlertOut, told
from service.web.api.told import Words
from service.web.paging import Number

router = APIRouter(prefix="/api/v1/alerts/{alert_id}", tags=["alerts"])
Why = Annotated[str, Field(max_length=2000, description="in your own words; kept in the log")]


class AcknowledgeOut(BaseModel):
    """`first`: this call acknowledged it; otherwise `acknowledged_by` was before you."""

    id: int
    state: AlertState
    first: bool
    acknowledged_by: str
    acknowledged_at: datetime


class Until(BaseModel):
    until: AwareDatetime
    why: Why = ""


class To(BaseModel):
    """Give it to a recipient of alerts.yaml, who is told."""

    to: Annotated[str, Field(min_length=1, max_length=200)]
    why: Why = ""


class Remark(BaseModel):
    text: Words


class Closing(BaseModel):
    """`misread` by us; `untrue` as reported; true but `not_ours`; `already_known`; `too_late`; `handled`."""

    reason: CloseReason
    why: Why = ""


class Reopening(BaseModel):
    why: Why = ""


@router.post("/acknowledge", summary="Acknowledge an alert", **done(AcknowledgeOut))
def acknowledge(alert_id: Number, acting: Act, at: AtDesk) -> Response:
    """Say "I am checking": the steps of your team stop until your check ends.

    Said again it counts from now; the second officer is told who was first.
    """
    officer = acting.officer("acknowledge")

    def act(database: Database) -> AcknowledgeOut:
        after = desk.acknowledge(replace(at, database=database), alert_id, officer)
        return AcknowledgeOut(
            id=alert_id,
            state=after.alert.state,
            first=after.first,
            acknowledged_by=officer.name if after.first else after.alert.owner or "",
            acknowledged_at=after.alert.acknowledged_at or acting.now,
        )

    return acting.done(act, of=alert(alert_id))


@router.post("/snooze", summary="Put an alert off", **done(AlertOut))
def snooze(alert_id: Number, asked: Until, acting: Act, at: AtDesk) -> Response:
    """Nothing rings until then but a rise in level: at most 4 hours for Extreme, 12 for Severe, 7 days otherwise."""
    return _done(alert_id, acting, at, asked.why, lambda here, by: desk.snooze(here, alert_id, by, asked.until))


@router.post("/assign", summary="Give an alert to somebody", **done(AlertOut))
def assign(alert_id: Number, asked: To, acting: Act, at: AtDesk) -> Response:
    """Hand it over to a recipient of alerts.yaml, who is told. It goes on ringing until somebody answers."""
    return _done(alert_id, acting, at, asked.why, lambda here, by: desk.assign(here, alert_id, by, asked.to))


@router.post("/comment", summary="Remark on an alert", **done(AlertOut))
def comment(alert_id: Number, asked: Remark, acting: Act, at: AtDesk) -> Response:
    """Add a remark to its log."""
    return _done(alert_id, acting, at, asked.text, lambda here, by: desk.comment(here, alert_id, by))


@router.post("/close", summary="Close an alert", **done(AlertOut))
def close(alert_id: Number, asked: Closing, acting: Act, at: AtDesk) -> Response:
    """End it, and tell everyone who was told. A rise in level opens it again."""
    return _done(alert_id, acting, at, asked.why, lambda here, by: desk.close(here, alert_id, by, asked.reason))


@router.post("/reopen", summary="Open a closed alert again", **done(AlertOut))
def reopen(alert_id: Number, asked: Reopening, acting: Act, at: AtDesk) -> Response:
    """It rings from its first step."""
    return _done(alert_id, acting, at, asked.why, lambda here, by: desk.reopen(here, alert_id, by))


def _done(alert_id: int, acting: Acting, at: Desk, why: str, act: Callable[[Desk, Officer], Alert]) -> Response:
    """Act as the caller, all in one transaction, and answer with the alert as it is then."""
    officer = acting.officer("handle", why)

    def acted(database: Database) -> AlertOut:
        here = replace(at, database=database)
        after = act(here, officer)
        with database.reading() as db:
            return told(db, here, [after], acting.now)[0]

    return acting.done(acted, of=alert(alert_id))
