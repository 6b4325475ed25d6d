"""API keys: shown once, kept as a digest, always with an end."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from service.errors import Refused
from service.store import keys
from service.store.database import Database

Role = Literal["viewer", "officer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

# What each role may do. Acknowledging is a permission of its own: nobody is made an admin to answer an alert.
# To correct is to merge, split, verify: what an officer finds out about incidents; and to change who is on call.
PERMISSIONS: dict[Role, frozenset[str]] = {
    "viewer": frozenset({"read"}),
    "officer": frozenset({"read", "acknowledge", "correct"}),
    "admin": frozenset({"read", "acknowledge", "correct", "administer"}),
}
# A key found in a log or a repository is known for ours.
PREFIX = "tocsin_"
# Uses of a key closer together than this are noted as one.
TOUCH_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever holds a key."""

    name: str
    role: Role

    def may(self, permission: str) -> bool:
        return permission in PERMISSIONS[self.role]


def create(database: Database, name: str, role: Role, now: datetime, expires_at: datetime) -> str:
    """A new key, told this once. Raises Refused where it would already be over, or has no name."""
    if expires_at <= now:
        raise Refused("A key that has already expired opens nothing.", status=422)
    if not name.strip():
        raise Refused("A key needs the name of whoever holds it.", status=422)
    key = PREFIX + secrets.token_urlsafe(32)
    with database.writing() as db:
        keys.add(db, name.strip(), role, key, now, expires_at)
    return key


def caller(database: Database, key: str, now: datetime) -> Caller:
    """Who holds a key. Raises Refused (401) where it is unknown or over."""
    with database.reading() as db:
        row = keys.find(db, key)
    if row is None:
        raise Refused("This API key is not known.", status=401)
    if row.expires_at <= now:
        raise Refused(f"This API key expired on {row.expires_at:%Y-%m-%d}.", status=401)
    if row.last_used_at is None or now - row.last_used_at > TOUCH_AFTER:
        with database.writing() as db:
            keys.touch(db, row.id, now)
    return Caller(row.name, row.role)


def listed(database: Database) -> Sequence[Any]:
    """Every key's row, without the key."""
    with database.reading() as db:
        return keys.everyone(db)


def remove(database: Database, key_id: int) -> None:
    """Take a key away. Raises Refused (404) where there is none of that number."""
    with database.writing() as db:
        if not keys.remove(db, key_id):
            raise Refused(f"There is no key {key_id}.", status=404)
