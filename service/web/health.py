"""Health as progress, not presence: live answers at all, ready says that work gets done."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from service.flow.state import gathered
from service.health.problems import problems
from service.store import queue
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
    """Nothing is wrong; 503 with the reasons where something is, as `/metrics` and the operators' alerts have them."""
    state = gathered(settings, database)
    found = problems(state)
    body = {
        "status": "not ready" if found else "ready",
        "reasons": [problem.title for problem in found],
        "problems": [problem.key for problem in found],
        "rules": state.rules,
        "waiting_seconds": dict(state.waited),
        "parked": queue.parked(database),
    }
    return JSONResponse(body, 503 if found else 200)
