"""Entity tags: what an officer saw, and whether it still is so (RFC 9110, section 13).

A tag is the number of a version and a digest of the answer.  If-None-Match compares both, so that whatever changed
in the answer is sent; If-Match compares the version, as a message that went out since is nothing an act overwrites.
"""

import hashlib
import re
from typing import Annotated

from fastapi import Header, Response
from pydantic import BaseModel

from service.errors import Refused, Stale
from service.store.versions import Version

TAG = re.compile(r'(W/)?"([^"]*)"')
# Characters of a header.
LONGEST = 2000

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=LONGEST,
        description="the `ETag` of what you saw: refused (412) where it has changed since",
    ),
]
IfNoneMatch = Annotated[
    str | None,
    Header(alias="If-None-Match", max_length=LONGEST, description="the `ETag` you have: 304 where nothing has changed"),
]


def tagged(shown: BaseModel, version: int, known: str | None) -> Response:
    """An answer with its tag; without a body where the caller has it already."""
    body = shown.model_dump_json().encode()
    tag = f'"{version}-{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": tag}
    if known is not None and (known.strip() == "*" or tag in {f'"{opaque}"' for _, opaque in TAG.findall(known)}):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def check(seen: str | None, now: Version | None, what: str) -> None:
    """Raises Stale where what an officer saw (`If-Match`; None: they do not say) is no longer so."""
    if seen is None or (now is not None and (seen.strip() == "*" or now.number in _versions(seen))):
        return
    if now is None:
        raise Refused(f"There is no {what}.", status=404)
    when = f", by {now.by} at {now.at:%Y-%m-%d %H:%M:%S} UTC" if now.by and now.at else ""
    raise Stale(f"The {what} has changed since you saw it{when}: look again.", now.by, now.at)


def _versions(seen: str) -> set[int]:
    """The versions that strong tags name; a weak one matches nothing, as does what is none of ours."""
    numbers = (opaque.partition("-")[0] for weak, opaque in TAG.findall(seen) if not weak)
    return {int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 19}
