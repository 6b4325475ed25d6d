"""List incidents, show one with all that was said of it, and put right what was gathered wrongly."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import RedirectResponse
from pydantic import AwareDatetime

from service.desk import incidents as desk
from service.desk.incidents import Facing, Officer
from service.desk.keys import Caller
from service.settings import Settings
from service.store import incidents, signals, verdicts
from service.store.database import Connection
from service.values import Incident
from service.web.access import InForce, Store, api_caller, may
from service.web.api.told import (
    Acted,
    ActOut,
    Figured,
    IncidentDetail,
    IncidentOut,
    IncidentPage,
    Merge,
    Move,
    PinOut,
    Split,
    VerdictIn,
    VerdictOut,
    summary,
)

router = APIRouter(prefix="/api/v1", tags=["incidents"])
Key = Annotated[Caller, Depends(api_caller)]
Number = Annotated[int, Path(ge=1, lt=2**63)]
Country = Annotated[str | None, Query(pattern="^[A-Z]{3}$", description="ISO 3166-1 alpha-3")]
Since = Annotated[AwareDatetime | None, Query(description="only what was told of at this moment or later")]
REDIRECT = HTTPStatus.PERMANENT_REDIRECT
MERGED: dict[int | str, dict[str, Any]] = {
    int(REDIRECT): {"description": "It became part of another incident, which `Location` leads to."}
}


@router.get("/incidents")
def list_incidents(
    caller: Key,
    database: Store,
    country: Country = None,
    since: Since = None,
    before: Annotated[int | None, Query(ge=1, lt=2**63, description="the `next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> IncidentPage:
    """Incidents, newest first."""
    may(caller, "read")
    with database.reading() as db:
        found = incidents.page(db, before, limit + 1, country, since)
    page = found[:limit]
    shown = [IncidentOut(**summary(incident)) for incident in page]
    return IncidentPage(incidents=shown, next=page[-1].id if len(found) > limit else None)


@router.get("/incidents/{incident_id}", response_model=IncidentDetail, responses=MERGED)
def show_incident(incident_id: Number, caller: Key, database: Store) -> IncidentDetail | RedirectResponse:
    """One incident: its facets, every figure with its source and why it is here, what officers did and found."""
    may(caller, "read")
    with database.reading() as db:
        incident = incidents.find(db, incident_id)
        if incident is None:
            raise desk.missing(incident_id)
        if incident.id != incident_id:
            return RedirectResponse(f"/api/v1/incidents/{incident.id}", REDIRECT)
        return detail(db, incident)


@router.post("/incidents/{incident_id}/merge", status_code=HTTPStatus.ACCEPTED)
def merge_incident(incident_id: Number, asked: Merge, caller: Key, settings: InForce, database: Store) -> Acted:
    """Make this incident part of another, whose number stays. It shows once the figures are gathered anew."""
    return Acted(incident_id=desk.merge(database, incident_id, asked.into, officer(caller, settings, asked.why)))


@router.post("/incidents/{incident_id}/split", status_code=HTTPStatus.ACCEPTED)
def split_incident(incident_id: Number, asked: Split, caller: Key, settings: InForce, database: Store) -> Acted:
    """Put figures apart, as an incident of their own. It shows once they are gathered anew."""
    return Acted(incident_id=desk.split(database, incident_id, asked.figures, officer(caller, settings, asked.why)))


@router.post("/incidents/{incident_id}/move", status_code=HTTPStatus.ACCEPTED)
def move_figure(incident_id: Number, asked: Move, caller: Key, settings: InForce, database: Store) -> Acted:
    """Put a figure of the same country into this incident. It shows once it is gathered anew."""
    return Acted(incident_id=desk.move(database, incident_id, asked.figure, officer(caller, settings, asked.why)))


@router.post("/incidents/{incident_id}/verdict")
def give_verdict(incident_id: Number, asked: VerdictIn, caller: Key, settings: InForce, database: Store) -> VerdictOut:
    """Say that this incident, or one facet of it, is verified or refuted, and how you know. The newest counts."""
    by, about = officer(caller, settings, asked.how), Facing(asked.kind, asked.type)
    return VerdictOut.model_validate(desk.verify(database, incident_id, asked.state, by, about))


def officer(caller: Caller, settings: Settings, why: str) -> Officer:
    """The caller as who acts. Raises Refused (403) where their role may not."""
    may(caller, "correct")
    return Officer(caller.name, settings.clock.now(), "api", why)


def detail(db: Connection, incident: Incident) -> IncidentDetail:
    placed = signals.in_incident(db, incident.id)
    pins = incidents.pins(db, incidents.country_of(db, incident.id) or "")
    return IncidentDetail(
        **summary(incident),
        figures=[Figured.of(one.figure, one.why) for one in placed.values()],
        pins=[PinOut.model_validate(pin) for pin in pins if pin.figure in placed],
        verdicts=[VerdictOut.model_validate(verdict) for verdict in verdicts.current(db, incident.id)],
        log=[ActOut.model_validate(act) for act in incidents.logged(db, incident.id)],
    )
