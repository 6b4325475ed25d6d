"""Health as progress, not presence: live answers at all, ready says that work gets done."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from service.health.readiness import reasons_not_ready
from service.store import queue, rules
from service.web.access import InForce, Store

router = APIRouter(tags=["health"])


@router.get("/health/live", summary="Is it alive?")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@router.get(
    "/health/ready", summary="Does work get done?", responses={503: {"description": "It does not: `reasons` say why."}}
)
def ready(settings: InForce, database: Store) -> JSONResponse:
    """Rules are in force and every queue moves; 503 with the reasons where not."""
    waited = queue.oldest_due(database, settings.clock.now())
    with database.reading() as db:
        in_force = rules.newest(db)
    reasons = list(reasons_not_ready(waited, in_force.hash if in_force else None))
    body = {
        "status": "not ready" if reasons else "ready",
        "reasons": reasons,
        "rules": in_force.hash if in_force else None,
        "waiting_seconds": waited,
        "parked": queue.parked(database),
    }
    return JSONResponse(body, 503 if reasons else 200)
