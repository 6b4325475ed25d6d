"""List incidents, show one with all that was said of it, and put right what was gathered wrongly."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from service.alerts.acts import Officer
from service.desk import incidents as desk
from service.desk.incidents import Facing
from service.store import incidents, listings, signals, verdicts, versions
from service.store.database import Connection, Database
from service.store.listings import Wanted
from service.values import AlertState, Incident, Kind
from service.web.access import AtDesk, Key, Store, may
from service.web.acting import Act, Acting, done, incident
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
from service.web.paging import AtLeast, Before, Country, Limit, Moment, Number, Owner, level_of, link
from service.web.problems import may_answer
from service.web.tags import IfNoneMatch, tagged

router = APIRouter(prefix="/api/v1", tags=["incidents"])
REDIRECT = HTTPStatus.PERMANENT_REDIRECT
MERGED: dict[int | str, dict[str, Any]] = {
    int(REDIRECT): {"description": "It became part of another incident, which `Location` leads to."}
}


class Asked(BaseModel):
    """Which incidents are asked for; state, level and owner are those of their alerts."""

    state: AlertState | None = None
    level: AtLeast = None
    country: Country = None
    since: Annotated[Moment, Query(description="only what was told of at this moment or later")] = None
    until: Annotated[Moment, Query(description="only what was first told of before this moment")] = None
    owner: Owner = None
    kind: Annotated[Kind | None, Query(description="only those with a figure of this kind")] = None
    before: Before = None
    limit: Limit = 50

    def wanted(self) -> Wanted:
        asked = self.model_dump(include={"state", "country", "since", "until", "owner", "kind"})
        return Wanted(level=level_of(self.level), **asked)


@router.get("/incidents", summary="List incidents", responses=may_answer())
def list_incidents(
    request: Request, response: Response, caller: Key, database: Store, asked: Annotated[Asked, Query()]
) -> IncidentPage:
    """Incidents, newest first."""
    may(caller, "read")
    with database.reading() as db:
        found = listings.incidents(db, asked.before, asked.limit + 1, asked.wanted())
    page = found[: asked.limit]
    after = page[-1].id if len(found) > asked.limit else None
    link(request, response, after)
    return IncidentPage(incidents=[IncidentOut(**summary(incident)) for incident in page], next=after)


@router.get(
    "/incidents/{incident_id}",
    summary="Show an incident",
    response_model=IncidentDetail,
    responses=MERGED | may_answer(304, 404),
)
def show_incident(incident_id: Number, caller: Key, database: Store, known: IfNoneMatch = None) -> Response:
    """One incident: its facets, every figure with its source and why it is here, what officers did and found."""
    may(caller, "read")
    with database.reading() as db:
        found, version = incidents.find(db, incident_id), versions.of_incident(db, incident_id)
        if found is None or version is None:
            raise desk.missing(incident_id)
        if found.id != incident_id:
            return RedirectResponse(f"/api/v1/incidents/{found.id}", REDIRECT)
        return tagged(detail(db, found), version.number, known)


@router.post("/incidents/{incident_id}/merge", summary="Merge two incidents", status_code=202, **done(Acted))
def merge_incident(incident_id: Number, asked: Merge, acting: Act) -> Response:
    """Make this incident part of another, whose number stays. It shows once the figures are gathered anew."""
    return _pinned(incident_id, acting, asked.why, lambda here, by: desk.merge(here, incident_id, asked.into, by))


@router.post("/incidents/{incident_id}/split", summary="Split an incident", status_code=202, **done(Acted))
def split_incident(incident_id: Number, asked: Split, acting: Act) -> Response:
    """Put figures apart, as an incident of their own. It shows once they are gathered anew."""
    return _pinned(incident_id, acting, asked.why, lambda here, by: desk.split(here, incident_id, asked.figures, by))


@router.post("/incidents/{incident_id}/move", summary="Move a figure", status_code=202, **done(Acted))
def move_figure(incident_id: Number, asked: Move, acting: Act) -> Response:
    """Put a figure of the same country into this incident. It shows once it is gathered anew."""
    return _pinned(incident_id, acting, asked.why, lambda here, by: desk.move(here, incident_id, asked.figure, by))


def _pinned(incident_id: int, acting: Acting, why: str, act: Callable[[Database, Officer], int]) -> Response:
    """Act as the caller, and answer with the incident that it leads to once its figures are gathered anew."""
    by = acting.officer("correct", why)
    return acting.done(lambda database: Acted(incident_id=act(database, by)), incident(incident_id), 202)


@router.post("/incidents/{incident_id}/verdict", summary="Verify or refute", **done(VerdictOut))
def give_verdict(incident_id: Number, asked: VerdictIn, acting: Act, at: AtDesk) -> Response:
    """Say that this incident, or one facet of it, is verified or refuted, and how you know. The newest counts.

    Whoever was told of what is refuted is told that it is.
    """
    by, about = acting.officer("correct", asked.how), Facing(asked.kind, asked.type)

    def act(database: Database) -> VerdictOut:
        return VerdictOut.model_validate(
            desk.verify(replace(at, database=database), incident_id, asked.state, by, about)
        )

    return acting.done(act, incident(incident_id))


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
