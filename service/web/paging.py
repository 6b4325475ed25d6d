"""Numbers in addresses; pages of a list: which are asked for, and the links to the next and the first (RFC 8288)."""

from typing import Annotated, Literal

from fastapi import Path, Query, Request, Response
from pydantic import AwareDatetime

from service.values import Level

# Of an alert, an incident, a silence, as an address holds it.
Number = Annotated[int, Path(ge=1, lt=2**63)]
Before = Annotated[int | None, Query(ge=1, lt=2**63, description="the `next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]
Country = Annotated[str | None, Query(pattern="^[A-Z]{3}$", description="ISO 3166-1 alpha-3")]
Owner = Annotated[str | None, Query(min_length=1, max_length=200, description="the officer who has it")]
Word = Literal["Minor", "Moderate", "Severe", "Extreme"]
AtLeast = Annotated[Word | None, Query(description="of this alert level or a higher one")]
Moment = AwareDatetime | None


def level_of(word: Word | None) -> int | None:
    return Level[word.upper()] if word else None


def link(request: Request, response: Response, after: int | None) -> None:
    """Say where the first page is, and the next where there is one."""
    first = f"{request.url.path}?{request.url.remove_query_params('before').query}".rstrip("?")
    links = [f'<{first}>; rel="first"']
    if after is not None:
        links.insert(0, f'<{request.url.path}?{request.url.include_query_params(before=after).query}>; rel="next"')
    response.headers["Link"] = ", ".join(links)
