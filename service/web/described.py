"""The OpenAPI description, with what all operations share."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from service.web.problems import Problem


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """The application's own way to describe itself, with problem details among what it describes."""
    own = app.openapi

    def description() -> dict[str, Any]:
        found = own()
        found["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        return found

    return description
