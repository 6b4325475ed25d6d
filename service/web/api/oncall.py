"""Who is on call, with the week ahead; someone put on call in another's place, and that taken back."""

from collections.abc import Mapping
from typing import Annotated, Self

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field

from service.desk import oncall as desk
from service.desk.oncall import Wanted
from service.values import Override
from service.web.access import InForce, Key, Ruled, Store, may
from service.web.acting import Act, done
from service.web.api.told import Valued, Words
from service.web.paging import Number
from service.web.problems import may_answer

router = APIRouter(prefix="/api/v1", tags=["on-call"])
Name = Annotated[str, Field(min_length=1, max_length=60)]
Person = Annotated[str | None, Field(description="null: nobody")]


class HandOverOut(Valued):
    """From `at` on `incoming` is on call, up to then `outgoing`; one person where a turn begins with the same."""

    at: AwareDatetime
    incoming: Person
    outgoing: Person


class GapOut(Valued):
    """From `start` until before `end` nobody is on call."""

    start: AwareDatetime
    end: AwareDatetime


class RotationOut(Valued):
    """A rotation now, with the week ahead; times in UTC, `zone` is the one it hands over in."""

    rotation: str
    zone: str
    on_call: Person
    hand_overs: list[HandOverOut]
    gaps: list[GapOut]


class OverrideIn(BaseModel):
    """Put a recipient, or "nobody", on call in a rotation: from `start` (now where it is null) until before `end`."""

    rotation: Name
    person: Name
    start: AwareDatetime | None = None
    end: AwareDatetime
    why: Words


class OverrideOut(BaseModel):
    """Someone on call in another's place, as `by` decided."""

    id: int
    rotation: str
    person: Person
    start: AwareDatetime
    end: AwareDatetime
    by: str
    why: str

    @classmethod
    def of(cls, id: int, override: Override) -> Self:
        return cls(
            id=id,
            rotation=override.rotation,
            person=override.person,
            start=override.start,
            end=override.end,
            by=override.by,
            why=override.why,
        )


class OnCall(BaseModel):
    """Every rotation at a moment, and the overrides that hold then or later, in the order they were made."""

    at: AwareDatetime
    rotations: list[RotationOut]
    overrides: list[OverrideOut]

    @classmethod
    def of(cls, roster: desk.Roster) -> Self:
        rotations = [RotationOut.model_validate(duty) for duty in roster.duties]
        return cls(at=roster.at, rotations=rotations, overrides=_listed(roster.overrides))


def _listed(overrides: Mapping[int, Override]) -> list[OverrideOut]:
    return [OverrideOut.of(id, override) for id, override in overrides.items()]


@router.get("/oncall", summary="Who is on call", responses=may_answer(503))
def show_on_call(caller: Key, settings: InForce, database: Store, rules: Ruled) -> OnCall:
    """Who is on call in every rotation, with hand-overs and unstaffed hours of the coming week."""
    may(caller, "read")
    return OnCall.of(desk.roster(database, rules, settings.clock.now()))


@router.post("/oncall/overrides", summary="Put somebody on call", status_code=201, **done(OverrideOut))
def make_override(asked: OverrideIn, acting: Act, rules: Ruled) -> Response:
    """Put somebody on call in another's place, for 60 days at most. Of two that hold at once the last made counts."""
    may(acting.caller, "correct")
    wanted = Wanted(asked.rotation, asked.person, asked.start, asked.end, asked.why)
    return acting.done(
        lambda database: OverrideOut.of(*desk.override(database, rules, wanted, acting.caller.name, acting.now, "api")),
        status=201,
    )


@router.delete("/oncall/overrides/{override_id}", summary="End an override", responses=may_answer(404, 409))
def end_override(override_id: Number, caller: Key, settings: InForce, database: Store) -> OverrideOut:
    """Let an override hold no longer: it is not deleted, it ends now."""
    may(caller, "correct")
    return OverrideOut.of(override_id, desk.end(database, override_id, caller.name, settings.clock.now(), "api"))
