"""Silences: what each would hide, made with an end, listed, ended before its time."""

from dataclasses import replace
from typing import Annotated, Self

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from service.alerts.acts import Officer
from service.alerts.silencing import Hidden, Wanted
from service.desk import silences as desk
from service.store import silences
from service.store.database import Database
from service.values import Level, Silence
from service.web.access import AtDesk, InForce, Key, may
from service.web.acting import Act, done
from service.web.api.told import Words
from service.web.paging import Before, Limit, Number, Word, level_of, link
from service.web.problems import may_answer

router = APIRouter(prefix="/api/v1/silences", tags=["silences"])
Named = Annotated[list[Annotated[str, Field(min_length=1, max_length=60)]], Field(max_length=20)]


class SilenceIn(BaseModel):
    """Alerts up to a level, of these countries (ISO 3166-1 alpha-3) and these types of figures, until `end`.

    An alert that tells of another type as well is not hidden. Extreme always rings, and so does a rise in level.
    """

    countries: Named = []
    types: Named = []
    level: Word = "Moderate"
    end: AwareDatetime
    why: Words

    def wanted(self) -> Wanted:
        level = Level(level_of(self.level) or 0)
        return Wanted(self.end, level, tuple(self.countries), tuple(self.types))


class HiddenOut(BaseModel):
    """`alerts` that are not closed and would ring no more; of all `of` alerts of 30 days `past` would not have rung."""

    alerts: list[int]
    past: int
    of: int
    too_broad: str = Field(description="why it would be refused; empty where it would not")

    @classmethod
    def told(cls, found: Hidden) -> Self:
        return cls(alerts=[alert.id for alert in found.now], past=found.past, of=found.of, too_broad=found.too_broad)


class SilenceOut(BaseModel):
    id: int
    author: str
    why: str
    start: AwareDatetime
    end: AwareDatetime
    level: Word
    countries: list[str]
    types: list[str]

    @classmethod
    def told(cls, silence: Silence) -> Self:
        names = ("id", "author", "why", "start", "end", "countries", "types")
        return cls(level=silence.level.word, **{name: getattr(silence, name) for name in names})


class Made(SilenceOut):
    hides: HiddenOut


class SilencePage(BaseModel):
    """Silences, newest first, those that are over among them. `next` is the cursor of the page after this one."""

    silences: list[SilenceOut]
    next: int | None


@router.get("", summary="List silences", responses=may_answer())
def list_silences(
    request: Request, response: Response, caller: Key, at: AtDesk, before: Before = None, limit: Limit = 50
) -> SilencePage:
    """Silences, newest first: one that is over stays."""
    may(caller, "read")
    with at.database.reading() as db:
        found = list(silences.page(db, before, limit + 1))
    after = found[limit - 1].id if len(found) > limit else None
    link(request, response, after)
    return SilencePage(silences=[SilenceOut.told(one) for one in found[:limit]], next=after)


@router.post("/preview", summary="What would a silence hide?", **done(HiddenOut))
def preview_silence(asked: SilenceIn, acting: Act, at: AtDesk) -> Response:
    """Nothing is changed."""
    by = acting.officer("handle", asked.why)
    return acting.done(lambda _: HiddenOut.told(desk.preview(at, asked.wanted(), by)))


@router.post("", summary="Silence alerts for a time", status_code=201, **done(Made))
def make_silence(asked: SilenceIn, acting: Act, at: AtDesk) -> Response:
    """Refused (422) where it names neither countries nor types, or would have hidden more than half of all alerts."""
    by = acting.officer("handle", asked.why)

    def act(database: Database) -> Made:
        made, hides = desk.make(replace(at, database=database), asked.wanted(), by)
        return Made(**SilenceOut.told(made).model_dump(), hides=HiddenOut.told(hides))

    return acting.done(act, status=201)


@router.delete("/{silence_id}", summary="End a silence", responses=may_answer(404, 409))
def end_silence(silence_id: Number, caller: Key, settings: InForce, at: AtDesk) -> SilenceOut:
    """It is not deleted, it ends now, and what it held back rings."""
    may(caller, "handle")
    by = Officer(caller.name, settings.clock.now(), "api")
    return SilenceOut.told(desk.end(at, silence_id, by))
