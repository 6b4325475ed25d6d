"""The page behind the link in a message: GET shows, only POST acts, as the recipient it was sent to.

Mail scanners follow links and run scripts, so nothing acts by itself.
"""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from service.alerts.acts import Officer
from service.desk.alerts import Acknowledged, Answered, acknowledge
from service.errors import Refused
from service.notifications.links import Ack, read
from service.settings import Settings
from service.store import alerts
from service.store.database import Database
from service.web.access import AtDesk, InForce, Store
from service.web.console.pages import page, shown

router = APIRouter(include_in_schema=False)

# An answer to an old message is no answer to what has happened since.
LINK_LIVES = timedelta(days=7)


# The ringing that the page with the button showed; a program that posts without a page gives none.
Revision = Annotated[int | None, Form(ge=1, lt=2**63)]


@router.get("/acknowledge/{token}")
def ask(request: Request, token: str, settings: InForce, database: Store) -> HTMLResponse:
    """Shows the alert and a button; changes nothing."""
    return answer(request, settings, database, given(settings, token), None)


@router.post("/acknowledge/{token}")
def act(request: Request, token: str, settings: InForce, desk: AtDesk, revision: Revision = None) -> HTMLResponse:
    """Acknowledges; saying it again is harmless and tells who was first.

    An alert that has rung again since what is answered is shown again instead, with status 409.
    """
    ack = given(settings, token)
    answered = Answered(revision, ack.issued)
    officer = Officer(ack.recipient, settings.clock.now(), "link")
    after = acknowledge(desk, ack.alert_id, officer, answered)
    return answer(request, settings, desk.database, ack, after)


def given(settings: Settings, token: str) -> Ack:
    """What the link allows. Raises Refused where it is forged (404) or over (410)."""
    return read(settings.signing_secret, token, LINK_LIVES, settings.clock.now())


def answer(
    request: Request, settings: Settings, database: Database, ack: Ack, after: Acknowledged | None
) -> HTMLResponse:
    with database.reading() as db:
        alert = alerts.get(db, ack.alert_id)
        notice = alerts.notice(db, ack.alert_id, alert.shown) if alert else None
    if alert is None:
        raise Refused(f"There is no alert {ack.alert_id} any more.", status=404)
    row = shown(alert, notice, settings.address)
    status = HTTPStatus.CONFLICT if after and after.outdated else HTTPStatus.OK
    return page(request, "acknowledge.html.j2", status, row=row, officer=ack.recipient, after=after)
