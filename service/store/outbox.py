"""The outbox: messages decided upon, until each is known to be sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, case, select, true, update

from service.store.queue import Claimed
from service.store.tables import OutboxRow
from service.store.upsert import insert
from service.values import Notice, Recipient

TABLE: Table = OutboxRow.__table__  # type: ignore[attr-defined]


def add(db: Connection, notice: Notice, recipients: Sequence[Recipient], now: datetime) -> None:
    """One row a recipient, due at once; a row that exists already stays as it is."""
    rows = [
        {
            "alert_id": notice.alert_id,
            "revision": notice.revision,
            "reason": notice.reason,
            "recipient": recipient.name,
            "channel": recipient.channel,
            "address": recipient.address,
            "state": "pending",
            "doubtful": False,
            "due_at": now,
            "attempts": 0,
        }
        for recipient in recipients
    ]
    if rows:
        db.execute(insert(db, TABLE).on_conflict_do_nothing(), rows)


def begin(db: Connection, rows: Sequence[Claimed]) -> set[int]:
    """Mark rows as being sent; returns those that may have been sent before.

    A row found already `sending` was left so by a worker that died or never learnt the outcome.
    """
    ids = [row.id for row in rows]
    doubtful = case((TABLE.c.state == "sending", true()), else_=TABLE.c.doubtful)
    statement = update(TABLE).where(TABLE.c.id.in_(ids)).values(state="sending", doubtful=doubtful)
    return {row.id for row in db.execute(statement.returning(TABLE.c.id, TABLE.c.doubtful)) if row.doubtful}


def of_alert(db: Connection, alert_id: int) -> Sequence[Any]:
    """An alert's messages, oldest first."""
    return db.execute(select(TABLE).where(TABLE.c.alert_id == alert_id).order_by(TABLE.c.id)).all()
