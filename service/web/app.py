"""Puts the application together, and turns every error into one kind of answer."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.middleware.base import RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware

from service.desk.alerts import Desk
from service.errors import Refused, Stale, TooMany
from service.rulebook import Rulebook
from service.settings import Settings
from service.store.database import Database
from service.web import answers, health, metrics
from service.web.api import acts as acts_api
from service.web.api import admin
from service.web.api import alerts as alerts_api
from service.web.api import brief as brief_api
from service.web.api import drills as drills_api
from service.web.api import incidents as incidents_api
from service.web.api import oncall as oncall_api
from service.web.api import silences as silences_api
from service.web.console import acknowledge, pages
from service.web.described import described
from service.web.problems import problem

log = logging.getLogger(__name__)

DESCRIPTION = """Alerts of Tocsin: list them, show one, acknowledge it, put it off, hand it over, close it; silences.

The incidents they are about: list them, show one with every figure said of it, merge, split, verify.

Who is on call: the week ahead, and somebody put on call in another's place; a brief for whoever takes over, and
drills.

For admins: which keys there are, the audit, a report redacted.

Errors are problem details (RFC 9457). Alerts and incidents have an `ETag`: given back as `If-Match`, an act is done
only where nothing has changed since. An `Idempotency-Key` makes an act safe to send again."""

API = (alerts_api, acts_api, silences_api, incidents_api, oncall_api, brief_api, drills_api, admin)

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def create(settings: Settings) -> FastAPI:
    """The application of one installation."""
    # FastAPI's own pages of documentation load scripts from elsewhere; the description itself is enough.
    app = FastAPI(
        title="Tocsin",
        version="1",
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.database = Database(settings.database)
    app.state.rulebook = Rulebook(app.state.database)
    app.state.desk = Desk(app.state.database, app.state.rulebook)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.hosts)
    app.middleware("http")(_guard)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    for part in (health, metrics, answers, *API, acknowledge, pages):
        app.include_router(part.router)
    app.openapi = described(app)  # type: ignore[method-assign]
    return app


async def _guard(request: Request, proceed: RequestResponseEndpoint) -> Response:
    """Every answer with our headers; what nobody foresaw is logged, and answered as every other error."""
    try:
        response = await proceed(request)
    except Exception:
        # The route, not the path: a path may hold a link's token.
        route = getattr(request.scope.get("route"), "path", "an unknown path")
        log.exception("%s %s failed", request.method, route)
        response = await answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "Something failed here; the log says what.")
    response.headers.update(HEADERS)
    return response


async def answer(request: Request, status: int, detail: str) -> Response:
    """An error as whoever asked can read it: a page for a browser, problem details for a program."""
    if not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", ""):
        return pages.error_page(request, status, detail)
    challenge = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    return problem(status, detail, challenge)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    if isinstance(error, Stale):
        at = error.at.isoformat() if error.at else None
        return problem(error.status, str(error), {}, changed_by=error.by, changed_at=at)
    response = await answer(request, error.status, str(error))
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = await answer(request, error.status_code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors())
    return await answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, wrong)
