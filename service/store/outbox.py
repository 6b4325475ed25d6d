"""The outbox: messages decided upon, until each is known to be sent.

Messages that may go now are claimed in the order of their `turn`: the urgent first,
and within one urgency every receiver in its turn, however many messages wait for another.
Those that wait for something have their `due_at` ahead (`store/waiting.py`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, case, func, select, true, update

from service.store import codes
from service.store.queue import Claimed
from service.store.tables import OutboxRow
from service.store.upsert import insert
from service.values import AGAIN, Level, Notice, Recipient

TABLE: Table = OutboxRow.__table__  # type: ignore[attr-defined]

# Turns of one urgency; more messages never waited at once.
TURNS = 10**12


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
            "turn": _turn(db, urgency(notice), recipient, now),
            "attempts": 0,
            "crashes": 0,
        }
        for recipient in recipients
    ]
    if rows:
        db.execute(insert(db, TABLE).on_conflict_do_nothing(), rows)
    if rows and notice.reason != "brief":  # which nobody answers
        codes.give(db, notice.alert_id, {recipient.name for recipient in recipients}, now)


def urgency(notice: Notice) -> int:
    """0 for what is new or has risen, 1 for Severe and up, 2 for the rest."""
    if notice.reason in {"first", "rise"}:
        return 0
    return 1 if notice.level >= Level.SEVERE else 2


def _turn(db: Connection, urgency: int, recipient: Recipient, now: datetime) -> int:
    """The turn after the receiver's last, or beside the one whose turn it is now."""
    first = urgency * TURNS
    alike = (TABLE.c.due_at.is_not(None), TABLE.c.turn >= first, TABLE.c.turn < first + TURNS)
    last: int | None = db.scalar(select(func.max(TABLE.c.turn)).where(to(recipient.channel, recipient.address), *alike))
    if last is not None:
        return last + 1
    waiting = select(TABLE.c.turn).where(*alike, TABLE.c.due_at <= now).order_by(TABLE.c.turn).limit(1)
    return db.scalar(waiting) or first


def to(channel: str, address: str | None) -> ColumnElement[bool]:
    """The messages to one receiver."""
    same = TABLE.c.address.is_(None) if address is None else TABLE.c.address == address
    return and_(TABLE.c.channel == channel, same)


# --- sending -----------------------------------------------------------------


def begin(db: Connection, rows: Sequence[Claimed]) -> dict[int, bool]:
    """Mark rows as being sent, those of them that are still ours; for each, may it have been sent before?

    A row found already `sending` was left so by a worker that died or never learnt the outcome.
    """
    found: dict[int, bool] = {}
    for token in {row.claimed_until for row in rows}:
        ids = [row.id for row in rows if row.claimed_until == token]
        ours = update(TABLE).where(TABLE.c.id.in_(ids), TABLE.c.claimed_until == token)
        marked = ours.values(state="sending", doubtful=DOUBTFUL).returning(TABLE.c.id, TABLE.c.doubtful)
        found |= {row.id: row.doubtful for row in db.execute(marked)}
    return found


def superseded(db: Connection, rows: Sequence[Claimed]) -> set[int]:
    """Of these messages those that ask once more, where a newer one to the same contact tells of the alert as it is.

    So after an outage nobody is rung once for every repeat there was meanwhile.
    """
    untried = [row for row in rows if row.state == "pending" and not row.doubtful and row.fold is None]
    again = [row.id for row in untried if row.reason in AGAIN]
    if not again:
        return set()
    mine = TABLE.alias()
    same = (mine.c[name] == TABLE.c[name] for name in ("alert_id", "recipient", "channel"))
    address = func.coalesce(mine.c.address, "") == func.coalesce(TABLE.c.address, "")
    newer = and_(*same, address, TABLE.c.id > mine.c.id, TABLE.c.state == "pending", TABLE.c.due_at.is_not(None))
    found = select(mine.c.id).distinct().select_from(mine.join(TABLE, newer))
    return set(db.scalars(found.where(mine.c.id.in_(again))))


def put_off(db: Connection, row: Claimed, until: datetime, **also: Any) -> None:
    """Give a claimed row back, untried, to fall due later; nothing where another worker has it by now."""
    ours = update(TABLE).where(TABLE.c.id == row.id, TABLE.c.claimed_until == row.claimed_until)
    back = {"state": "pending", "doubtful": DOUBTFUL, "claimed_until": None, "crashes": 0, "due_at": until}
    db.execute(ours.values(**back, **also))


DOUBTFUL = case((TABLE.c.state == "sending", true()), else_=TABLE.c.doubtful)


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


def contacts_of(db: Connection, row: Claimed) -> set[Recipient]:
    """The contacts of this recipient that this message goes, or went, to."""
    same = (TABLE.c[name] == getattr(row, name) for name in ("alert_id", "recipient", "reason", "revision"))
    found = select(TABLE.c.recipient, TABLE.c.channel, TABLE.c.address).where(*same)
    return {Recipient(*one) for one in db.execute(found)}


def reaches_anybody(db: Connection, row: Claimed) -> bool:
    """Is there a message of the same telling that reached somebody, or still may?"""
    same = (TABLE.c.alert_id == row.alert_id, TABLE.c.revision == row.revision, TABLE.c.state != "failed")
    return db.execute(select(TABLE.c.id).where(*same).limit(1)).first() is not None
