"""At each hand-over whoever comes in gets one brief, however many workers look, and however often they restart."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from service.alerts.oncall import hand_overs
from service.alerts.route import contacts
from service.briefing import brief_of
from service.errors import ClaimLost
from service.flow.installation import Installation
from service.rules.model import Rules
from service.store import alerts, outcomes, overrides
from service.store import rules as rules_store
from service.store.database import Connection
from service.values import TOCSIN, Alert, Brief, HandOver, Level, Line, Notice, Outcome, Override, Telling
from service.watching import watch

# A brief that is later than this is none: whoever came in has looked by then.
LATEST = timedelta(hours=12)
# How far a brief looks back where the last hand-over is longer ago, or there was none.
LONGEST = timedelta(days=28)


def hand_over(installation: Installation) -> int:
    """Brief whoever came in and was not briefed; returns how many. Each brief is a transaction of its own."""
    rules, now = installation.rulebook.newest(), installation.now()
    if rules is None or not rules.rotations:
        return 0
    with installation.database.reading() as db:
        known = tuple(overrides.since(db, now - LONGEST).values())
        due = [one for one in came_in(db, rules, known, now) if not alerts.is_kept(db, key(one))]
    return sum(brief(installation, rules, one, known, now) for one in due)


def came_in(db: Connection, rules: Rules, known: Sequence[Override], now: datetime) -> Iterator[HandOver]:
    """The hand-overs to a recipient that are not too long ago, nor before there was an installation."""
    start = max(now - LATEST, rules_store.first_in_force(db) or now)
    return (one for one in hand_overs(rules, known, start, now) if one.incoming in rules.recipients)


def brief(installation: Installation, rules: Rules, at: HandOver, known: Sequence[Override], now: datetime) -> bool:
    """Write the brief of one hand-over; False where another worker has."""
    zone, since = rules.rotations[at.rotation].zone, last_before(at, rules, known)
    with installation.database.reading() as db:  # put together first: nobody shall wait for it
        told = brief_of(db, watch(db, rules, now), since, now, at.incoming, zone)
    with installation.database.writing() as db:
        return keep(db, told, rules, at, now)


def keep(db: Connection, told: Brief, rules: Rules, at: HandOver, now: datetime) -> bool:
    """Store a brief with its messages, unless that hand-over has one. It is closed: nobody needs to answer."""
    assert at.incoming is not None
    closed = Alert(0, "closed", Level.MINOR, revision=1, opened_at=now, kind="brief", news=1, told=(at.incoming,))
    # Every try says the same.
    telling = Telling(Notice(0, 1, "brief", closed.level, now, brief=told), contacts(rules, (at.incoming,)))
    line = Line(TOCSIN, "briefed", f"{at.incoming}, at the hand-over of {at.rotation}")
    try:
        outcomes.keep(db, Outcome(closed, (telling,), (line,)), now, key(at))
    except ClaimLost:
        return False
    return True


def last_before(at: HandOver, rules: Rules, known: Sequence[Override]) -> datetime:
    """When the one before began: what came since then is new to whoever comes in."""
    before = hand_overs(rules, known, at.at - LONGEST, at.at - timedelta.resolution)
    return max((one.at for one in before if one.rotation == at.rotation), default=at.at - LONGEST)


def key(at: HandOver) -> str:
    """What a hand-over to somebody is known by: one who comes in to two rotations at once is briefed once."""
    return f"brief:{at.at.isoformat()}:{at.incoming}"
