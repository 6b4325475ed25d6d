"""The list of alerts, one alert, and the page that says what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from service.alerts.acts import CLOSED
from service.alerts.upcoming import NOTHING_AHEAD, Outlook
from service.countries import zone
from service.desk.alerts import outlooks
from service.errors import Refused
from service.notifications.bulletin import Bulletin, Links
from service.notifications.wording import bulletin
from service.store import alerts, listings, outbox
from service.store.listings import Wanted
from service.values import Alert, Notice
from service.web.access import AtDesk, InForce, Store, console_caller

router = APIRouter(include_in_schema=False)
TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
TEMPLATES.env.globals["CLOSED"] = CLOSED

# Alerts on the first page; older ones are behind a link.
PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert with the words of its last ringing."""

    alert: Alert
    told: Bulletin | None
    ahead: Outlook = NOTHING_AHEAD


def shown(alert: Alert, notice: Notice | None, address: str) -> Shown:
    if notice is None:
        return Shown(alert, None)
    country = notice.incident.country if notice.incident else None
    links = Links(alert=f"{address}/alerts/{alert.id}")
    place = zone(country) if country else None
    return Shown(alert, bulletin(notice, links, notice.decided_at, place, duplicate=False))


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    return TEMPLATES.TemplateResponse(request, template, values, status_code=status)


def error_page(request: Request, status: int, detail: str) -> HTMLResponse:
    return page(request, "error.html.j2", status, title=HTTPStatus(status).phrase, detail=detail)


@router.get("/", dependencies=[Depends(console_caller)])
def list_page(
    request: Request, settings: InForce, database: Store, before: Annotated[int | None, Query(ge=1, lt=2**63)] = None
) -> HTMLResponse:
    """Alerts, newest first."""
    with database.reading() as db:
        found = listings.alerts(db, before, PAGE + 1, Wanted())
        notices = alerts.newest_notices(db, found)
    rows = [shown(alert, notices.get(alert.id), settings.address) for alert in found[:PAGE]]
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return page(request, "alerts.html.j2", rows=rows, older=older, now=settings.clock.now())


@router.get("/alerts/{alert_id}", dependencies=[Depends(console_caller)])
def alert_page(request: Request, alert_id: int, settings: InForce, desk: AtDesk) -> HTMLResponse:
    """One alert: what, who says so, why it rang, what happened to it. Raises Refused (404)."""
    with desk.database.reading() as db:
        alert = alerts.get(db, alert_id) if 0 < alert_id < 2**63 else None
        if alert is None:
            raise Refused(f"There is no alert {alert_id}.", status=404)
        notice = alerts.notice(db, alert_id, alert.shown)
        ahead = outlooks(db, desk, [alert], settings.clock.now())[alert_id]
        log: Sequence[Any] = alerts.logged(db, alert_id)
        messages: Sequence[Any] = outbox.of_alert(db, alert_id)
    row = replace(shown(alert, notice, settings.address), ahead=ahead)
    return page(request, "alert.html.j2", row=row, log=log, messages=messages)
