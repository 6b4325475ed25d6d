"""Who may ask, what they asked, and what admins did."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from service.store.columns import Id, Moment
from service.store.tables.parts import NUMBERED, Numbered


class ApiKeyRow(Numbered, table=True):
    """A key to the API: only its SHA-256 digest is kept. It was last used from an address."""

    __tablename__ = "api_key"
    __table_args__ = (NUMBERED,)
    name: str
    role: str
    digest: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    last_used_at: datetime | None = Field(default=None, sa_type=Moment)
    last_used_from: str | None = None


class RefusedRow(SQLModel, table=True):
    """How many bad keys came from an address since a moment (the machine's time)."""

    __tablename__ = "refused"
    address: str = Field(primary_key=True)
    since: datetime = Field(index=True, sa_type=Moment)
    times: int


class AnsweredRow(SQLModel, table=True):
    """What an act was answered with, by the holder of an API key and the name they gave the request.

    `digest` is that of the request; one with the same name and another digest is another request.
    """

    __tablename__ = "answered"
    caller_id: int = Field(primary_key=True, sa_type=Id)
    name: str = Field(primary_key=True)
    digest: str
    status: int
    body: str
    at: datetime = Field(index=True, sa_type=Moment)


class AdminLogRow(Numbered, table=True):
    """What admins did: keys made and taken away, reports redacted. Only ever added to."""

    __tablename__ = "admin_log"
    __table_args__ = (NUMBERED,)
    at: datetime = Field(index=True, sa_type=Moment)
    actor: str
    act: str
    subject: str = Field(index=True)
    source: str
    why: str = ""
    detail: str = ""
