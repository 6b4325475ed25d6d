"""Signals and what they become: cells, figures, incidents, and what officers say of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from service.store.columns import Id, Moment, stored
from service.store.tables.parts import FROM_ONE, GIVEN, NUMBERED, Numbered, Queued, parked, waiting
from service.values import Figure, Incident, Pin


class SignalRow(Numbered, table=True):
    """A signal with its provenance. `incident_id` is empty until it is assigned, and `why` tells what for."""

    __tablename__ = "signal"
    __table_args__ = (
        Index(
            "ix_signal_loose",
            "country",
            "said_at",
            sqlite_where=text("incident_id IS NULL"),
            postgresql_where=text("incident_id IS NULL"),
        ),
        Index("ix_signal_country_said_at", "country", "said_at"),
        NUMBERED,
    )
    report_id: int = Field(index=True, sa_type=Id)
    country: str
    week: date
    said_at: datetime = Field(sa_type=Moment)
    why: str = ""
    incident_id: int | None = Field(default=None, index=True, sa_type=Id)
    value: Any = Field(sa_type=stored(Figure))


class CellRow(Numbered, Queued, table=True):
    """A country and a week (its Monday): what the assign stage claims, so that work within is serial.

    `anew_from`: what was said in the country from then on is to be gathered anew.
    """

    __tablename__ = "cell"
    __table_args__ = (UniqueConstraint("country", "week"), waiting("cell"), parked("cell"), NUMBERED)
    country: str
    week: date
    anew_from: datetime | None = Field(default=None, sa_type=Moment)


class FigureRow(SQLModel, table=True):
    """Every figure ever said. Append-only; `id` is that of its signal, which tells the incident it is put in."""

    __tablename__ = "figure"
    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    kind: str
    type: str
    unit: str | None
    scope: str
    place_id: str | None
    low: int | None = Field(sa_type=Id)
    high: int | None = Field(sa_type=Id)
    quantifier: str
    origin: str
    said_at: datetime = Field(sa_type=Moment)


class IncidentRow(Queued, table=True):
    """A happening; `id` is that of its oldest figure. One that became another's is `merged_into` that.

    `profile` is what its accounts tell it by (plain data); it was founded and last told of at these moments.
    `version` counts its changes, the last of which was made by somebody at a moment.
    """

    __tablename__ = "incident"
    __table_args__ = (
        waiting("incident"),
        parked("incident"),
        Index("ix_incident_country_founded_at", "country", "founded_at"),
        Index(
            "ix_incident_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
    )
    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    country: str
    founded_at: datetime = Field(sa_type=Moment)
    last_said: datetime = Field(sa_type=Moment, index=True)
    merged_into: int | None = Field(default=None, sa_type=Id)
    version: int = Field(default=1, sa_column_kwargs=FROM_ONE)
    changed_by: str | None = None
    changed_at: datetime | None = Field(default=None, sa_type=Moment)
    value: Any = Field(sa_type=stored(Incident))
    profile: Any = Field(sa_type=JSON)


class PinRow(Numbered, table=True):
    """What an officer decided about which figures are of one incident. Only ever added to."""

    __tablename__ = "pin"
    __table_args__ = (NUMBERED,)
    country: str = Field(index=True)
    value: Any = Field(sa_type=stored(Pin))


class VerdictRow(Numbered, table=True):
    """What an officer found out about an incident, or about one facet of it. Only ever added to."""

    __tablename__ = "verdict"
    __table_args__ = (NUMBERED,)
    incident_id: int = Field(index=True, sa_type=Id)
    kind: str | None = None
    type: str | None = None
    state: str
    how: str
    who: str
    at: datetime = Field(sa_type=Moment)


class IncidentLogRow(Numbered, table=True):
    """What officers did to an incident: who, when, from where, why. Only ever added to."""

    __tablename__ = "incident_log"
    __table_args__ = (NUMBERED,)
    incident_id: int = Field(index=True, sa_type=Id)
    at: datetime = Field(index=True, sa_type=Moment)
    actor: str
    act: str
    source: str
    why: str
    detail: str = ""
