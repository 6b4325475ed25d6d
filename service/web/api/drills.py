"""Drills: begun, and looked at while answers come."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from service.alerts.drill import Drilling
from service.desk import drills as desk_drills
from service.store.database import Database
from service.web.access import AtDesk, Key, Store, may
from service.web.acting import Act, done
from service.web.api.told import Valued
from service.web.paging import Number
from service.web.problems import may_answer

router = APIRouter(prefix="/api/v1", tags=["on-call"])


class DrillIn(BaseModel):
    """Send an exercise to everyone that a route may come to, and wait for answers for so many minutes."""

    route: Annotated[str, Field(min_length=1, max_length=60)]
    minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 10


class AnswerOut(Valued):
    """Who answered, when, and from where ("link", "email", "sms", "api", "console")."""

    officer: str
    at: datetime
    source: str


class ReachedOut(Valued):
    """One message: its state ("pending", "sending", "sent", "failed") and, where it was not sent, why."""

    channel: str
    state: str
    error: str
    sent_at: datetime | None


class DrilledOut(Valued):
    recipient: str
    messages: list[ReachedOut]
    answer: AnswerOut | None


class DrillOut(BaseModel):
    """A drill as far as it has come; it is the alert of this number. `unstaffed`: rotations nobody is on call in."""

    id: int
    route: str
    by: str
    begun: datetime
    until: datetime
    over: bool
    all_answered: bool
    unstaffed: list[str]
    people: list[DrilledOut]
    others: list[AnswerOut]


@router.post("/drills", summary="Begin a drill", status_code=201, **done(DrillOut))
def begin_drill(asked: DrillIn, acting: Act, desk: AtDesk) -> Response:
    """Begin a drill; it ends by itself. Everyone told is told that nothing happened."""
    officer = acting.officer("correct")

    def act(database: Database) -> DrillOut:
        here = replace(desk, database=database)
        number = desk_drills.begin(here, asked.route, timedelta(minutes=asked.minutes), officer)
        return drill_out(desk_drills.show(database, number))

    return acting.done(act, status=201)


@router.get("/drills", summary="List drills", responses=may_answer())
def list_drills(caller: Key, database: Store, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> list[DrillOut]:
    """The last drills, newest first."""
    may(caller, "read")
    return [drill_out(one) for one in desk_drills.newest(database, limit)]


@router.get("/drills/{drill_id}", summary="Show a drill", responses=may_answer(404))
def show_drill(drill_id: Number, caller: Key, database: Store) -> DrillOut:
    """One drill: who was told how, and who answered."""
    may(caller, "read")
    return drill_out(desk_drills.show(database, drill_id))


def drill_out(found: Drilling) -> DrillOut:
    return DrillOut(
        id=found.id,
        route=found.drill.route,
        by=found.drill.by,
        begun=found.begun,
        until=found.drill.until,
        over=found.over,
        all_answered=found.all_answered,
        unstaffed=list(found.drill.unstaffed),
        people=[DrilledOut.model_validate(one) for one in found.people],
        others=[AnswerOut.model_validate(one) for one in found.others],
    )
