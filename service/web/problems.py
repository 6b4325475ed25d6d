"""Errors as problem details (RFC 9457): made, and described."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

MEDIA = "application/problem+json"

MEANINGS = {
    304: "It is as you have it (`If-None-Match`).",
    401: "No API key, or one that is unknown or over.",
    403: "The key's role may not do this.",
    404: "There is no such thing.",
    409: "It cannot be done as things stand; or the same request is being answered right now.",
    412: "It has changed since you saw it (`If-Match`): by whom and when is told.",
    422: "What is asked cannot be understood; or the `Idempotency-Key` was given to another request.",
    503: "No alerts.yaml is in force yet.",
    429: "Too many bad API keys came from your address: wait as long as `Retry-After` says.",
}


class Problem(BaseModel):
    """What went wrong, in a sentence; `changed_by` and `changed_at` where something has changed since it was seen."""

    type: str = Field("about:blank", examples=["about:blank"])
    title: str
    status: int
    detail: str
    changed_by: str | None = None
    changed_at: datetime | None = None


def problem(status: int, detail: str, headers: Mapping[str, str], **also: object) -> JSONResponse:
    """An error as an answer; what is not known is left out."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    known = {name: value for name, value in also.items() if value is not None}
    return JSONResponse(body | known, status, media_type=MEDIA, headers=dict(headers))


def may_answer(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of an operation as OpenAPI describes them; of every one that asks for a key 401, 403, 422 and 429."""
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    told = {401, 403, 422, 429, *statuses}
    return {
        status: {"description": MEANINGS[status]} | ({"content": content} if status >= 400 else {})
        for status in sorted(told)
    }
