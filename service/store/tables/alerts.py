"""Alerts and their messages, and answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

from service.store.columns import Id, Moment, stored
from service.store.tables.parts import FROM_ONE, NUMBERED, Numbered, Queued, only, parked, waiting
from service.values import Alert, Notice, Silence


class AlertRow(Numbered, Queued, table=True):
    """What a duty officer handles, due when something happens to it by itself.

    `open_key` names its incident or problem while that may ring by it, so that there is one: a closed alert keeps
    that of its incident, whose rise opens it again.  `version` counts what officers see change.
    """

    __tablename__ = "alert"
    __table_args__ = (
        waiting("alert"),
        parked("alert"),
        Index("ix_alert_counted", "state", "level", "incident_id"),
        NUMBERED,
    )
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
    source: str = ""
    why: str = ""


class SilenceRow(Numbered, table=True):
    """What an officer keeps from ringing, and until when. Ended, never deleted."""

    __tablename__ = "silence"
    __table_args__ = (NUMBERED,)
    ends_at: datetime = Field(sa_type=Moment, index=True)
    value: Any = Field(sa_type=stored(Silence))


class NoticeRow(SQLModel, table=True):
    """One ringing of an alert as decided, once for all its messages."""

    __tablename__ = "notice"
    alert_id: int = Field(primary_key=True, sa_type=Id)
    revision: int = Field(primary_key=True)
    value: Any = Field(sa_type=stored(Notice))


_ADDRESS = text("coalesce(address, '')")


class OutboxRow(Numbered, Queued, table=True):
    """One message to one contact of a recipient for one reason.

    `state`: pending; sending (if found so later, its outcome is unknown); sent; failed;
    superseded, where a newer one to the same contact said as much.
    `turn` is its place in the order of sending.  A message that is `held` until a moment is
    told together with others: `fold` is the number of the one that carries them.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_one", "alert_id", "recipient", "channel", _ADDRESS, "reason", "revision", unique=True),
        waiting("outbox"),
        Index("ix_outbox_turn", "turn", "due_at", **only("due_at IS NOT NULL")),
        Index("ix_outbox_receiver", "channel", "address", "turn", **only("due_at IS NOT NULL")),
        Index("ix_outbox_crashes", "due_at", **only("crashes > 0")),
        Index("ix_outbox_sent", "recipient", "channel", "sent_at", **only("sent_at IS NOT NULL")),
        Index("ix_outbox_fold", "recipient", "channel", "fold", **only("fold IS NOT NULL AND due_at IS NOT NULL")),
        parked("outbox"),
        Index("ix_outbox_counted", "channel", "state"),
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
    turn: int = Field(default=0, sa_type=Id)
    held: str | None = None
    held_until: datetime | None = Field(default=None, sa_type=Moment)
    fold: int | None = Field(default=None, sa_type=Id)


class ReceiverRow(SQLModel, table=True):
    """A receiver (an address on a channel, or "" for the channel's own) that fails: it is tried with one message.

    `probe_at`: no message is sent to it before.
    """

    __tablename__ = "receiver"
    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Moment)
    probe_at: datetime = Field(sa_type=Moment)


class MissedRow(Numbered, table=True):
    """What somebody asked about a thing that did not ring, and the answer (plain data). Only ever added to."""

    __tablename__ = "missed"
    __table_args__ = (NUMBERED,)
    at: datetime = Field(sa_type=Moment)
    asked: str
    stage: str
    answer: Any = Field(sa_type=JSON)
