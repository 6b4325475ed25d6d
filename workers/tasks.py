"""One small task a stage, and beat's four."""

from functools import cache, partial

from service.desk.alerts import Desk
from service.desk.answers import answer
from service.flow import STAGES, brief, sweep
from service.flow.drain import LONGEST, drain
from service.flow.installation import Installation
from service.flow.listen import TURN, listen
from workers.app import app, settings


@cache
def installation() -> Installation:
    """Made on first use, so in the pool's child: a database connection must not cross a fork."""
    return Installation(settings)


def stage_task(name: str) -> None:
    # A text that hangs its reader must not hold the slot for ever: its row comes back as one whose worker died.
    longest = LONGEST + Installation(settings).lease(name).total_seconds()

    @app.task(name=f"tocsin.{name}", time_limit=longest)
    def work() -> None:
        drain(installation(), name)


for stage in STAGES:
    stage_task(stage)


@app.task(name="tocsin.sweep")
def ring_what_is_due() -> None:
    sweep.sweep(installation())


@app.task(name="tocsin.brief")
def brief_who_comes_in() -> None:
    brief.hand_over(installation())


@app.task(name="tocsin.clean_up")
def clean_up() -> None:
    sweep.clean_up(installation())


# Ended before its turn is over, so that two never read the mailbox at once.
@app.task(name="tocsin.listen", time_limit=TURN.total_seconds() - 30)
def listen_for_answers() -> None:
    desk = Desk(installation().database, installation().rulebook)
    listen(installation(), partial(answer, desk))
