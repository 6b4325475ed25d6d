"""What one who takes over should know, as `tocsin brief` prints it."""

from datetime import datetime, timedelta
from typing import Annotated, Generic, Literal, TypeVar

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, PlainSerializer

from service.briefing import brief_of
from service.values import Level
from service.watching import watch
from service.web.access import InForce, Key, Ruled, Store, may
from service.web.api.told import Valued
from service.web.problems import may_answer

router = APIRouter(prefix="/api/v1", tags=["on-call"])
Hours = Annotated[int, Query(ge=1, le=31 * 24, description="how far back, in hours")]

Entry = TypeVar("Entry")
Worded = Annotated[Level, PlainSerializer(lambda level: level.word, return_type=str)]


class PartOut(Valued, Generic[Entry]):
    """The first entries of a list, and how many more there are."""

    listed: list[Entry]
    more: int


class AlertLine(Valued):
    """An alert in a line: `said` is its weightiest figure. It rings for nothing until `waits_until`."""

    id: int
    level: Worded
    place: str
    country: str | None
    said: str
    owner: str | None
    next: str
    next_at: datetime | None
    waits: Literal["", "put off", "silenced"]
    waits_until: datetime | None
    closed: str


class NearOut(Valued):
    """An incident that did not ring, and the figure that came closest to the lowest bound that rings."""

    incident: int
    place: str
    country: str | None
    level: Worded
    value: int
    bound: int
    share: float
    words: str


class SilentOut(Valued):
    name: str
    since: datetime
    answered_at: datetime | None


class UnreadOut(Valued):
    """Texts in a language that is not read: its code, "" where it is not known, "others" for the rest."""

    language: str
    texts: int


class TroubleOut(Valued):
    alert: int
    title: str
    since: datetime


class HeldOut(Valued):
    """A silence in force: alerts up to `level`, of these countries and types (none: of all)."""

    silence: int
    level: Worded
    until: datetime
    by: str
    why: str
    countries: list[str]
    types: list[str]


class BriefOut(Valued):
    """The time from `since` to `until`: `rang` counts the alerts that rang, `quiet` are those too small to ring."""

    since: AwareDatetime
    until: AwareDatetime
    rules: str
    rang: int
    open: PartOut[AlertLine]
    closed: PartOut[AlertLine]
    quiet: PartOut[AlertLine]
    near: PartOut[NearOut]
    silent: PartOut[SilentOut]
    unread: list[UnreadOut]
    unread_since: datetime | None
    troubles: PartOut[TroubleOut]
    held: PartOut[HeldOut]
    unlooked: bool


@router.get("/brief", summary="What happened lately", responses=may_answer(503))
def show_brief(caller: Key, settings: InForce, database: Store, rules: Ruled, hours: Hours = 12) -> BriefOut:
    """What is open, what rang and what did not, near a threshold, silent, not read, silenced."""
    may(caller, "read")
    now = settings.clock.now()
    with database.reading() as db:
        found = brief_of(db, watch(db, rules, now), now - timedelta(hours=hours), now)
    return BriefOut.model_validate(found)
