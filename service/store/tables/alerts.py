"""Alerts and their messages, and answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from service.store.columns import Id, Moment, stored
from service.store.tables.parts import FROM_ONE, NUMBERED, Numbered, Queued, waiting
from service.values import Alert, Notice


class AlertRow(Numbered, table=True):
    """What a duty officer handles. `open_key` names its incident or problem while it is open, so there is one.

    `version` counts its changes.
    """

    __tablename__ = "alert"
    __table_args__ = (NUMBERED,)
    open_key: str | None = Field(default=None, unique=True)
    incident_id: int | None = Field(default=None, index=True, sa_type=Id)
    state: str
    level: int
    kind: str
    owner: str | None = None
    opened_at: datetime = Field(sa_type=Moment)
    version: int = Field(default=1, sa_column_kwargs=FROM_ONE)
    value: Any = Field(sa_type=stored(Alert))


class AlertLogRow(Numbered, table=True):
    """What happened to an alert: who, when, from where. Only ever added to."""

    __tablename__ = "alert_log"
    __table_args__ = (NUMBERED,)
    alert_id: int = Field(index=True, sa_type=Id)
    at: datetime = Field(index=True, sa_type=Moment)
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


class MissedRow(Numbered, table=True):
    """What somebody asked about a thing that did not ring, and the answer (plain data). Only ever added to."""

    __tablename__ = "missed"
    __table_args__ = (NUMBERED,)
    at: datetime = Field(sa_type=Moment)
    asked: str
    stage: str
    answer: Any = Field(sa_type=JSON)
