"""The outbox: messages decided upon, until each is known to be sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, case, func, select, true, update

from service.store import codes
from service.store.queue import Claimed
from service.store.tables import OutboxRow
from service.store.upsert import insert
from service.values import Notice, Recipient

TABLE: Table = OutboxRow.__table__  # type: ignore[attr-defined]


def add(db: Connection, notice: Notice, recipients: Sequence[Recipient], now: datetime) -> None:
    """One row a recipient, due at once, and a code to answer with; what exists already stays as it is."""
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
            "crashes": 0,
        }
        for recipient in recipients
    ]
    if rows:
        db.execute(insert(db, TABLE).on_conflict_do_nothing(), rows)
        codes.give(db, notice.alert_id, {recipient.name for recipient in recipients}, now)


def begin(db: Connection, rows: Sequence[Claimed]) -> dict[int, bool]:
    """Mark rows as being sent, those of them that are still ours; for each, may it have been sent before?

    A row found already `sending` was left so by a worker that died or never learnt the outcome.
    """
    return {row.id: doubtful for row in rows if (doubtful := _begin(db, row)) is not None}


def _begin(db: Connection, row: Claimed) -> bool | None:
    doubtful = case((TABLE.c.state == "sending", true()), else_=TABLE.c.doubtful)
    ours = update(TABLE).where(TABLE.c.id == row.id, TABLE.c.claimed_until == row.claimed_until)
    found: bool | None = db.scalar(ours.values(state="sending", doubtful=doubtful).returning(TABLE.c.doubtful))
    return found


def is_stuck(db: Connection, row: Claimed, tries: int) -> bool:
    """Does a message of an incident to the same recipient on the same channel fail again and again?"""
    failing = and_(TABLE.c.due_at.is_not(None), TABLE.c.attempts >= tries)
    same = (TABLE.c.recipient == row.recipient, TABLE.c.channel == row.channel, TABLE.c.reason != "problem")
    return db.execute(select(TABLE.c.id).where(*same, failing).limit(1)).first() is not None


def newest_sent(db: Connection, alert_id: int, recipient: str) -> int | None:
    """The latest revision of which a message may have reached a recipient."""
    where = (TABLE.c.alert_id == alert_id, TABLE.c.recipient == recipient, TABLE.c.state.in_(("sent", "sending")))
    found: int | None = db.scalar(select(func.max(TABLE.c.revision)).where(*where))
    return found


def of_alert(db: Connection, alert_id: int) -> Sequence[Any]:
    """An alert's messages, oldest first."""
    return db.execute(select(TABLE).where(TABLE.c.alert_id == alert_id).order_by(TABLE.c.id)).all()
