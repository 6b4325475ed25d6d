"""Rules, feeds and reports."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary
from sqlmodel import Field, SQLModel

from service.store.columns import Id, Moment, stored
from service.store.tables.parts import GIVEN, NUMBERED, Numbered, Queued, parked, waiting
from service.values import Pulse


class RulesRow(Numbered, table=True):
    """Every version of alerts.yaml ever in force; the newest row is. `files`: the text of those it names, by name."""

    __tablename__ = "rules"
    __table_args__ = (NUMBERED,)
    hash: str
    text: str
    activated_at: datetime = Field(sa_type=Moment)
    files: Any = Field(default=None, nullable=True, sa_type=JSON)


class FeedRow(Numbered, Queued, table=True):
    """A feed's cursor, which holds for its `url` only. A feed taken out of the rules is never due."""

    __tablename__ = "feed"
    __table_args__ = (waiting("feed"), parked("feed"), NUMBERED)
    name: str = Field(unique=True)
    url: str
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    polled_at: datetime | None = Field(default=None, sa_type=Moment)
    changed_at: datetime | None = Field(default=None, sa_type=Moment)
    arrived_at: datetime | None = Field(default=None, sa_type=Moment)
    pulse: Any = Field(default=None, nullable=True, sa_type=stored(Pulse))


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
        parked("report"),
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
    day: date = Field(primary_key=True, index=True)
    outcome: str = Field(primary_key=True)
    count: int


class DailyLanguageRow(SQLModel, table=True):
    """How many reports of a day were not read, by the language they seem to be in ("" where nothing tells)."""

    __tablename__ = "daily_language"
    day: date = Field(primary_key=True)
    language: str = Field(primary_key=True)
    count: int
