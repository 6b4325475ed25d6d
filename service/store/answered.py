"""Answers to acts, kept for a day by the name their caller gave the request: asked again, it is answered again."""

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete, select, text

from service.store.tables import AnsweredRow
from service.store.upsert import insert

TABLE: Table = AnsweredRow.__table__  # type: ignore[attr-defined]

KEPT = timedelta(hours=24)
# Any number, always the same: it tells our locks on requests from other locks on PostgreSQL.
REQUEST_LOCKS = 706_275


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered with (`body` is JSON); `digest` is that of the request."""

    digest: str
    status: int
    body: str


def hold(db: Connection, caller_id: int, name: str) -> bool:
    """Let nobody else act on this request until the transaction ends; False where somebody does.

    On SQLite a writing transaction is alone: the second waits for the first, and finds its answer.
    """
    if db.dialect.name != "postgresql":
        return True
    names = {"ours": REQUEST_LOCKS, "request": zlib.crc32(f"{caller_id} {name}".encode()) >> 1}
    return bool(db.scalar(text("SELECT pg_try_advisory_xact_lock(:ours, :request)"), names))


def find(db: Connection, caller_id: int, name: str, since: datetime) -> Answer | None:
    """The answer to a request since a moment; None where there is none."""
    ours = (TABLE.c.caller_id == caller_id, TABLE.c.name == name, TABLE.c.at >= since)
    row = db.execute(select(TABLE.c.digest, TABLE.c.status, TABLE.c.body).where(*ours)).first()
    return Answer(row.digest, row.status, row.body) if row else None


def keep(db: Connection, caller_id: int, name: str, answer: Answer, now: datetime) -> None:
    """Keep an answer, in place of one whose time is over."""
    values = {"digest": answer.digest, "status": answer.status, "body": answer.body, "at": now}
    statement = insert(db, TABLE).values(caller_id=caller_id, name=name, **values)
    db.execute(statement.on_conflict_do_update(index_elements=["caller_id", "name"], set_=values))


def forget(db: Connection, before: datetime) -> None:
    """Delete answers from before a moment."""
    db.execute(delete(TABLE).where(TABLE.c.at < before))
