"""Incidents as the API tells them, and what it may be asked to do to them; times in UTC."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from service.values import Assertion, Facet, Figure, Incident, Kind, Quantifier, Scope, Unit, VerdictState

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Id = Annotated[int, Field(ge=1, lt=2**63)]


class Valued(BaseModel):
    """Made of a value of the same fields."""

    model_config = ConfigDict(from_attributes=True)


class Count(BaseModel):
    """How many, as the text says it: `low` is null where it gives no number, `vague` then holds its word."""

    kind: Kind
    type: str
    unit: Unit | None
    scope: Scope
    low: int | None
    high: int | None
    vague: str | None
    quantifier: Quantifier
    origin: str = Field(description="who says so")
    said_at: datetime


class FacetOut(Count):
    """The figure we would quote of one kind and type, and how many independent origins there are of it."""

    origins: int


class Figured(Count):
    """One figure said of an incident. `counts`: it may ring; `why` it is in this incident."""

    id: int
    report_id: int
    counts: bool
    assertion: Assertion
    place: str | None
    event_date: date | None
    words: str
    publisher: str | None
    title: str
    link: str | None
    why: str

    @classmethod
    def of(cls, figure: Figure, why: str) -> Self:
        signal = figure.signal
        return cls(
            **count(figure),
            id=figure.id,
            report_id=figure.report_id,
            counts=signal.alertable,
            assertion=signal.assertion,
            place=signal.place,
            event_date=signal.event_date,
            words=signal.evidence.text,
            publisher=figure.publisher,
            title=figure.title,
            link=figure.link,
            why=why,
        )


class PinOut(Valued):
    """What an officer decided: a figure goes with another, or is of a happening apart from it."""

    figure: int
    to: Literal["with", "apart"]
    other: int
    who: str
    at: datetime


class VerdictOut(Valued):
    """What an officer found out, and how; of the whole incident where `kind` and `type` are null."""

    state: VerdictState
    how: str
    who: str
    at: datetime
    kind: Kind | None
    type: str | None


class ActOut(Valued):
    """What an officer did to the incident: who, when, from where, why."""

    act: str
    who: str
    at: datetime
    source: str
    why: str
    detail: str


class IncidentOut(BaseModel):
    """A happening: where and when, and what is said of each side of it."""

    id: int
    country: str | None
    area: str
    place: str | None
    started: date
    ended: date
    first_said: date
    last_said: date
    reports: int
    origins: int
    facets: list[FacetOut]


class IncidentDetail(IncidentOut):
    """An incident with every figure said of it, in the order they were said, and what officers did and found."""

    figures: list[Figured]
    pins: list[PinOut]
    verdicts: list[VerdictOut]
    log: list[ActOut]


class IncidentPage(BaseModel):
    """Incidents, newest first. `next` is the cursor of the page after this one, null on the last."""

    incidents: list[IncidentOut]
    next: int | None


class Merge(BaseModel):
    into: Id = Field(description="the incident whose number stays")
    why: Words


class Split(BaseModel):
    figures: Annotated[list[Id], Field(min_length=1, max_length=2000)]
    why: Words


class Move(BaseModel):
    figure: Id
    why: Words


class VerdictIn(BaseModel):
    """A verdict; of one facet where `kind` and `type` are given."""

    state: VerdictState
    how: Words = Field(description="how you know: whom you asked, what you saw")
    kind: Kind | None = None
    type: Annotated[str, Field(max_length=100)] | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.kind is None) != (self.type is None):
            raise ValueError("give both `kind` and `type`, or neither")
        return self


class Acted(BaseModel):
    """What was asked is noted; `incident_id` is the incident that keeps its number."""

    incident_id: int


def summary(incident: Incident) -> dict[str, Any]:
    names = ("id", "country", "area", "place", "started", "ended", "first_said", "last_said")
    return {name: getattr(incident, name) for name in names} | {
        "reports": len(incident.reports),
        "origins": len(incident.origins),
        "facets": [facet_out(facet) for facet in incident.facets],
    }


def facet_out(facet: Facet) -> FacetOut:
    return FacetOut(**count(facet.recommended), origins=facet.origins)


def count(figure: Figure) -> dict[str, Any]:
    names = ("kind", "type", "unit", "scope", "low", "high", "vague", "quantifier")
    return {name: getattr(figure.signal, name) for name in names} | {"origin": figure.origin, "said_at": figure.said_at}
