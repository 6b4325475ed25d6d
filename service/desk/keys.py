"""API keys: shown once, kept as a digest, always with an end."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Literal, get_args

from service.clock import machine_time
from service.errors import Refused, TooMany
from service.store import admin_log, keys, refused
from service.store.admin_log import Entry
from service.store.database import Connection, Database
from service.values import TOCSIN

Role = Literal["viewer", "officer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

# What each role may do. Acknowledging is a permission of its own: nobody is made an admin to answer an alert.
# To handle is to put an alert off, hand it over, remark on it, close it, silence what is like it.
# To correct is to merge, split, verify: what an officer finds out about incidents; and to change who is on call.
PERMISSIONS: dict[Role, frozenset[str]] = {
    "viewer": frozenset({"read"}),
    "officer": frozenset({"read", "acknowledge", "handle", "correct"}),
    "admin": frozenset({"read", "acknowledge", "handle", "correct", "administer"}),
}
# A key found in a log or a repository is known for ours.
PREFIX = "tocsin_"
# Uses of a key closer together than this are noted as one.
TOUCH_AFTER = timedelta(minutes=1)
# Bad keys from one address within a minute (`store.refused`) before it is told to wait.
MOST_REFUSED = 20
# Characters; ours have 50.
LONGEST = 200
COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever holds a key; `id` is its number."""

    name: str
    role: Role
    id: int

    def may(self, permission: str) -> bool:
        return permission in PERMISSIONS[self.role]


def create(database: Database, name: str, role: Role, now: datetime, expires_at: datetime, by: str = TOCSIN) -> str:
    """A new key, told this once, made by somebody. Raises Refused where it would already be over, or has no name."""
    if expires_at <= now:
        raise Refused("A key that has already expired opens nothing.", status=422)
    if not name.strip():
        raise Refused("A key needs the name of whoever holds it.", status=422)
    key = PREFIX + secrets.token_urlsafe(32)
    with database.writing() as db:
        number = keys.add(db, name.strip(), role, key, now, expires_at)
        note(db, number, "key made", f"{role} key of {name.strip()}, ends {expires_at:%Y-%m-%d %H:%M} UTC", by, now)
    return key


def caller(database: Database, key: str, now: datetime, address: str) -> Caller:
    """Who holds a key, used from an address.

    Raises Refused (401) where it is unknown or over, TooMany where too many such came from there.  A good key
    opens whatever its address did: no stranger, and no forgotten script, locks an officer out.  No key of 256
    random bits is guessed at any pace; what is limited is the work that bad ones make.
    """
    with database.reading() as db:
        row = keys.find(db, key) if len(key) <= LONGEST else None
    if row is None:
        raise rebuff(database, "This API key is not known.", address)
    if row.expires_at <= now:
        raise rebuff(database, f"This API key expired on {row.expires_at:%Y-%m-%d}.", address)
    if row.last_used_at is None or now - row.last_used_at > TOUCH_AFTER:
        with database.writing() as db:
            keys.touch(db, row.id, now, address)
    return Caller(row.name, row.role, row.id)


def rebuff(database: Database, why: str, address: str) -> Refused:
    """The refusal of a bad key, counted where it came from; past the limit nothing is written any more."""
    now = machine_time()
    with database.reading() as db:
        known, since = refused.count(db, address, now)
    if known >= MOST_REFUSED:
        wait = (since + refused.WINDOW - now).total_seconds()
        return TooMany("Too many bad API keys came from your address: wait, and check yours.", max(1, ceil(wait)))
    with database.writing() as db:
        refused.add(db, address, now)
    return Refused(why, status=401)


def listed(database: Database) -> Sequence[Any]:
    """Every key's row, without the key."""
    with database.reading() as db:
        return keys.everyone(db)


def remove(database: Database, key_id: int, now: datetime, by: str = TOCSIN) -> None:
    """Take a key away. Raises Refused (404) where there is none of that number."""
    with database.writing() as db:
        row = keys.named(db, key_id)
        if row is None or not keys.remove(db, key_id):
            raise Refused(f"There is no key {key_id}.", status=404)
        note(db, key_id, "key taken away", f"{row.role} key of {row.name}", by, now)


def note(db: Connection, key_id: int, act: str, detail: str, by: str, now: datetime) -> None:
    admin_log.add(db, Entry(now, by, act, f"key {key_id}", COMMAND_LINE, detail=detail))
