"""Answers: codes that messages carry, guesses that were wrong, what was answered already, and who listens now."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from service.store.columns import Id, Moment
from service.store.tables.parts import NUMBERED, Numbered


class CodeRow(SQLModel, table=True):
    """What a recipient quotes to answer one alert; given back after some weeks."""

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("alert_id", "recipient"),)
    code: str = Field(primary_key=True)
    alert_id: int = Field(sa_type=Id)
    recipient: str
    given_at: datetime = Field(index=True, sa_type=Moment)


class WrongCodeRow(Numbered, table=True):
    """One wrong guess, by the digest of its sender."""

    __tablename__ = "wrong_code"
    __table_args__ = (Index("ix_wrong_code_sender_at", "sender", "at"), NUMBERED)
    sender: str
    at: datetime = Field(sa_type=Moment)


class HeardRow(SQLModel, table=True):
    """An answer that was dealt with, by its digest, and what was said back."""

    __tablename__ = "heard"
    digest: str = Field(primary_key=True)
    at: datetime = Field(index=True, sa_type=Moment)
    said: str


class TurnRow(SQLModel, table=True):
    """Whose turn something is that one process does at a time.

    `until` is in the machine's time, `failing_since` in Tocsin's.
    """

    __tablename__ = "turn"
    name: str = Field(primary_key=True)
    until: datetime = Field(sa_type=Moment)
    failing_since: datetime | None = Field(default=None, sa_type=Moment)
