"""The tables, in the order data flows.

Every stage's queue is a table that carries `due_at, claimed_until, attempts,
error`, and `crashes`: how often it was claimed without word of how that ended.
A row is *waiting* while `due_at` is set, *done* when both `due_at` and
`error` are empty, and *parked* when only `error` is left.  `due_at` is in
Tocsin's time; `claimed_until` is in the machine's, since a lease is a promise
between processes and must not pass when a trial moves the clock.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from service.store.columns import Id, Moment, stored
from service.values import Alert, Figure, Incident, Notice

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Numbers are never used twice, or a link to a deleted row would lead to a stranger.
NUMBERED = {"sqlite_autoincrement": True}
# Keys that come from elsewhere.
GIVEN = {"autoincrement": False}


def waiting(table: str) -> Index:
    """The index a queue is claimed by: only rows that wait are in it."""
    where = text("due_at IS NOT NULL")
    return Index(f"ix_{table}_due_at", "due_at", sqlite_where=where, postgresql_where=where)


class Numbered(SQLModel):
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)


class Queued(SQLModel):
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    claimed_until: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    crashes: int = 0
    error: str | None = None


class RulesRow(Numbered, table=True):
    """Every version of alerts.yaml ever in force; the newest row is."""

    __tablename__ = "rules"
    __table_args__ = (NUMBERED,)
    hash: str
    text: str
    activated_at: datetime = Field(sa_type=Moment)


class FeedRow(Numbered, Queued, table=True):
    """A feed's cursor, which holds for its `url` only. A feed taken out of the rules is never due."""

    __tablename__ = "feed"
    __table_args__ = (waiting("feed"), NUMBERED)
    name: str = Field(unique=True)
    url: str
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    polled_at: datetime | None = Field(default=None, sa_type=Moment)
    changed_at: datetime | None = Field(default=None, sa_type=Moment)
    arrived_at: datetime | None = Field(default=None, sa_type=Moment)


class SeenRow(SQLModel, table=True):
    """Items already taken in, by `service.reports.seen_key`; `day` is the last one it was in its feed."""

    __tablename__ = "seen"
    __table_args__ = (Index("ix_seen_feed_id_day", "feed_id", "day"),)
    key: bytes = Field(primary_key=True, sa_type=LargeBinary)
    feed_id: int = Field(sa_type=Id)
    day: date = Field(index=True)


class ReportRow(Numbered, Queued, table=True):
    """A report without its text. `outcome`: read, quiet, not_read, history; empty until it is read."""

    __tablename__ = "report"
    __table_args__ = (
        waiting("report"),
        Index("ix_report_outcome_fetched_at", "outcome", "fetched_at"),
        NUMBERED,
    )
    feed_id: int = Field(sa_type=Id)
    outcome: str | None = None
    fetched_at: datetime = Field(sa_type=Moment)
    published_at: datetime | None = Field(default=None, sa_type=Moment)
    language: str | None = None
    country: str | None = None
    publisher: str | None = None
    link: str | None = None
    fingerprint: str
    problem: str | None = None


class ReportTextRow(SQLModel, table=True):
    """The text, apart: the rows that stages scan stay small."""

    __tablename__ = "report_text"
    report_id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    text: str


class DailyCountRow(SQLModel, table=True):
    """What became of a feed's reports on a day, kept when the reports are gone."""

    __tablename__ = "daily_count"
    feed_id: int = Field(primary_key=True, sa_type=Id)
    day: date = Field(primary_key=True)
    outcome: str = Field(primary_key=True)
    count: int


class SignalRow(Numbered, table=True):
    """A signal with its provenance. `incident_id` is empty until it is assigned."""

    __tablename__ = "signal"
    __table_args__ = (
        Index(
            "ix_signal_cell",
            "country",
            "week",
            sqlite_where=text("incident_id IS NULL"),
            postgresql_where=text("incident_id IS NULL"),
        ),
        NUMBERED,
    )
    report_id: int = Field(index=True, sa_type=Id)
    country: str
    week: date
    incident_id: int | None = Field(default=None, index=True, sa_type=Id)
    value: Any = Field(sa_type=stored(Figure))


class CellRow(Numbered, Queued, table=True):
    """A country and a week (its Monday): what the assign stage claims, so that work within is serial."""

    __tablename__ = "cell"
    __table_args__ = (UniqueConstraint("country", "week"), waiting("cell"), NUMBERED)
    country: str
    week: date


class FigureRow(SQLModel, table=True):
    """Every figure ever said of an incident. Append-only; `id` is that of its signal."""

    __tablename__ = "figure"
    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    incident_id: int = Field(index=True, sa_type=Id)
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
    """A happening; `id` is that of its oldest figure. `last_said` is when it was last told of."""

    __tablename__ = "incident"
    __table_args__ = (waiting("incident"), Index("ix_incident_country_last_said", "country", "last_said"))
    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs=GIVEN)
    country: str
    last_said: date
    value: Any = Field(sa_type=stored(Incident))


class AlertRow(Numbered, table=True):
    """What a duty officer handles. `open_key` names its incident or problem while it is open, so there is one."""

    __tablename__ = "alert"
    __table_args__ = (NUMBERED,)
    open_key: str | None = Field(default=None, unique=True)
    incident_id: int | None = Field(default=None, index=True, sa_type=Id)
    state: str
    level: int
    value: Any = Field(sa_type=stored(Alert))


class AlertLogRow(Numbered, table=True):
    """What happened to an alert: who, when, from where. Only ever added to."""

    __tablename__ = "alert_log"
    __table_args__ = (NUMBERED,)
    alert_id: int = Field(index=True, sa_type=Id)
    at: datetime = Field(sa_type=Moment)
    actor: str
    act: str
    detail: str = ""


class NoticeRow(SQLModel, table=True):
    """One ringing of an alert as decided, once for all its messages."""

    __tablename__ = "notice"
    alert_id: int = Field(primary_key=True, sa_type=Id)
    revision: int = Field(primary_key=True)
    value: Any = Field(sa_type=stored(Notice))


class OutboxRow(Numbered, Queued, table=True):
    """One message to one recipient on one channel for one reason.

    `state`: pending; sending (if found so later, its outcome is unknown); sent; failed.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("alert_id", "recipient", "channel", "reason", "revision"),
        waiting("outbox"),
        NUMBERED,
    )
    alert_id: int = Field(sa_type=Id)
    revision: int
    reason: str
    recipient: str
    channel: str
    address: str | None = None
    state: str = "pending"
    doubtful: bool = False
    sent_at: datetime | None = Field(default=None, sa_type=Moment)


class ApiKeyRow(Numbered, table=True):
    """A key to the API: only its SHA-256 digest is kept."""

    __tablename__ = "api_key"
    __table_args__ = (NUMBERED,)
    name: str
    role: str
    digest: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    last_used_at: datetime | None = Field(default=None, sa_type=Moment)
