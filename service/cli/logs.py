"""Logs of every process: one line each, to standard error."""

import logging
import sys

from service.settings import Settings

# Talkative at INFO about things that are not news.
QUIETER = ("httpx", "httpcore", "apprise", "alembic", "celery", "kombu", "uvicorn")


def set_up_logging(settings: Settings) -> None:
    """Our own level for our own words; libraries from WARNING up."""
    layout = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
    logging.basicConfig(stream=sys.stderr, level=settings.log_level, format=layout, datefmt="%H:%M:%S")
    for name in QUIETER:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
