"""Which claimed messages go now; the others are given back, to be told together or when their receiver is well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from service.alerts.hold import MOST_TOGETHER, Hold, bypasses, hold, hour_of
from service.flow import trouble
from service.flow.retry import LONGEST_WAIT
from service.rules.model import Rules
from service.store import alerts, codes, outbox, queue, receivers, waiting
from service.store.database import Connection
from service.store.queue import OUTBOX, Claimed
from service.values import Notice, Problem


class Told(NamedTuple):
    """A message, what it is to say (None where that is gone), and the code it is answered with."""

    row: Claimed
    notice: Notice | None
    code: str | None


@dataclass(frozen=True, slots=True)
class Sending:
    """A message on its way, with the others it carries. `doubtful`: it may have been sent before."""

    itself: Told
    doubtful: bool
    carried: tuple[Told, ...] = ()

    @property
    def row(self) -> Claimed:
        return self.itself.row

    @property
    def notice(self) -> Notice | None:
        return self.itself.notice

    @property
    def told(self) -> tuple[Told, ...]:
        return (self.itself, *self.carried)


def take_up(db: Connection, rows: Sequence[Claimed], rules: Rules, now: datetime, longest: timedelta) -> list[Sending]:
    """Mark what goes now as being sent, and give back the rest. `longest`: how long one try can take."""
    going: list[Told] = []
    failing = receivers.failing(db, map(receivers.of, rows))
    over = outbox.superseded(db, rows)
    queue.finish(db, OUTBOX, [row for row in rows if row.id in over], state="superseded")
    for told in with_words(db, [row for row in rows if row.id not in over]):
        row, notice = told.row, told.notice
        if waits_for_others(db, row, notice, rules, now, going):
            continue
        rests_until = failing.get(receivers.of(row))
        if rests_until is None or not waits_for_receiver(db, row, rests_until, now, longest):
            going.append(told)
    doubtful = outbox.begin(db, [told.row for told in going])
    ours = [told for told in going if told.row.id in doubtful]
    return [Sending(told, doubtful[told.row.id], carried(db, told.row)) for told in ours]


def with_words(db: Connection, rows: Sequence[Claimed]) -> tuple[Told, ...]:
    """Messages, each with what it is to say."""
    found = alerts.notices(db, [(row.alert_id, row.revision) for row in rows])
    given = codes.of_each(db, [(row.alert_id, row.recipient) for row in rows])
    return tuple(
        Told(row, found.get((row.alert_id, row.revision)), given.get((row.alert_id, row.recipient))) for row in rows
    )


def carried(db: Connection, row: Claimed) -> tuple[Told, ...]:
    """The messages that this one carries, each with what it is to say."""
    return with_words(db, waiting.carried_by(db, row)) if row.fold == row.id else ()


# --- with others --------------------------------------------------------------


def waits_for_others(
    db: Connection, row: Claimed, notice: Notice | None, rules: Rules, now: datetime, going: Sequence[Told]
) -> bool:
    """Give the row back where it is, or is to be, told together with others."""
    if waiting.is_carried(db, row):
        outbox.put_off(db, row, now + waiting.ALONE_AFTER)
        return True
    found = held(db, row, notice, rules, now, going)
    if found is None:
        return False
    waiting.hold(db, row, found.until, found.why, MOST_TOGETHER, now)
    if found.why == "hourly cap":
        trouble.begin(db, too_many(row, rules.recipients[row.recipient].hourly), rules, now)
    return True


def held(
    db: Connection, row: Claimed, notice: Notice | None, rules: Rules, now: datetime, going: Sequence[Told]
) -> Hold | None:
    """What an untried message waits for; one that has waited goes."""
    rule = rules.recipients.get(row.recipient)
    untried = row.state == "pending" and row.attempts == 0 and not row.doubtful and row.held is None
    if rule is None or notice is None or not untried or bypasses(notice):
        return None
    alike = sum((other.recipient, other.channel) == (row.recipient, row.channel) for other, *_ in going)
    return hold(rule, notice, now, alike + waiting.sent_since(db, row, hour_of(now)))


def too_many(row: Claimed, hourly: int) -> Problem:
    """The trouble of a recipient who would get more messages than anyone reads; over with the one that folds them."""
    detail = f"More than {hourly} messages in an hour: those below Severe come together at its end"
    return Problem(cap_key(row), f"Messages to {row.recipient} by {row.channel} are folded", detail)


def cap_key(row: Claimed) -> str:
    return f"cap:{row.channel}:{row.recipient}"


# --- for the receiver ---------------------------------------------------------


def waits_for_receiver(db: Connection, row: Claimed, rests_until: datetime, now: datetime, longest: timedelta) -> bool:
    """Give the row back, since its receiver fails, unless it is time to try that, and this the message that does."""
    if receivers.take_probe(db, receivers.of(row), now, now + longest):
        return False
    # One that may have arrived already is never the next in line: it comes back by itself.
    doubtful = row.doubtful or row.state == "sending"
    outbox.put_off(db, row, max(rests_until, now + timedelta(seconds=1)) if doubtful else now + LONGEST_WAIT)
    return True
