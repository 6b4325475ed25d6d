"""What admins ask for: which keys there are, who did what, and the words of a report removed."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict

from service.desk import keys
from service.desk.audit import Form, written
from service.desk.redact import redact
from service.errors import Refused
from service.store import audit
from service.web.access import Key, Store, may
from service.web.acting import Act, done
from service.web.api.told import Words
from service.web.paging import Number
from service.web.problems import may_answer

router = APIRouter(prefix="/api/v1", tags=["admin"])
MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/x-ndjson"}
EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Lines in the order of time, as they are read.",
        "content": {media.partition(";")[0]: {"schema": {"type": "string"}} for media in MEDIA.values()},
    }
}


class Told(BaseModel):
    """Made of a value or row of the same fields."""

    model_config = ConfigDict(from_attributes=True)


class KeyOut(Told):
    """A key without the key: who holds it, and when and from where it was last used."""

    id: int
    name: str
    role: keys.Role
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    last_used_from: str | None


class KeyList(BaseModel):
    keys: list[KeyOut]


class Why(BaseModel):
    """Why it is done: kept for good, so it should quote nothing of the text."""

    why: Words


class RedactedOut(Told):
    """What stays of a report: who removed its words, when, why, and the SHA-256 of the text that was there.

    `copies` are other reports with the very same text, which stay as they are.
    """

    report_id: int
    who: str
    at: datetime
    why: str
    digest: str | None
    incidents: list[int]
    copies: list[int]


@router.get("/keys", summary="List API keys", responses=may_answer())
def list_keys(caller: Key, database: Store) -> KeyList:
    """Every key, without the key, in the order they were made."""
    may(caller, "administer")
    return KeyList(keys=[KeyOut.model_validate(row) for row in keys.listed(database)])


@router.get("/audit", summary="Export the audit", response_class=Response, responses=EXPORTED | may_answer())
def export_audit(
    caller: Key,
    database: Store,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to", description="the first moment that is too late")] = None,
    form: Annotated[Form, Query(alias="format", description="csv, or one JSON object a line")] = "csv",
) -> StreamingResponse:
    """What people and Tocsin did to alerts, incidents, keys, reports and rules: who, when, from where, what, why."""
    may(caller, "administer")
    begin, end = since or datetime.min.replace(tzinfo=UTC), until or datetime.max.replace(tzinfo=UTC)
    if begin >= end:
        raise Refused("`from` is not before `to`.", HTTPStatus.UNPROCESSABLE_ENTITY)
    name = {"Content-Disposition": f'attachment; filename="audit.{form}"'}
    return StreamingResponse(written(audit.lines(database, begin, end), form), media_type=MEDIA[form], headers=name)


@router.post("/reports/{report_id}/redact", summary="Redact a report", **done(RedactedOut))
def redact_report(report_id: Number, asked: Why, acting: Act) -> Response:
    """Remove a report's text and link, and its words from whatever repeats them; what it counted stays."""
    admin = acting.officer("administer", asked.why)
    return acting.done(lambda database: RedactedOut.model_validate(redact(database, report_id, admin)))
