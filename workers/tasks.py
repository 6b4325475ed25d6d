"""One small task a stage, and beat's two."""

from functools import cache

from service.flow import STAGES, sweep
from service.flow.drain import drain
from service.flow.installation import Installation
from workers.app import app, settings


@cache
def installation() -> Installation:
    """Made on first use, so in the pool's child: a database connection must not cross a fork."""
    return Installation(settings)


def stage_task(name: str) -> None:
    @app.task(name=f"tocsin.{name}")
    def work() -> None:
        drain(installation(), name)


for stage in STAGES:
    stage_task(stage)


@app.task(name="tocsin.sweep")
def ring_what_is_due() -> None:
    sweep.sweep(installation())


@app.task(name="tocsin.clean_up")
def clean_up() -> None:
    sweep.clean_up(installation())
