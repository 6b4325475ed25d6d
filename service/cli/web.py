"""`tocsin web`: the API and the console."""

import argparse

import uvicorn

from service import settings as environment
from service.cli.logs import set_up_logging
from service.embedded import tether
from service.web.app import create

HELP = (
    "Serves the API under /api/v1, the console at / and the links in messages, at TOCSIN_WEB_HOST and TOCSIN_WEB_PORT."
)


def arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_options: argparse.Namespace) -> int:
    tether.hold()
    settings = environment.load()
    set_up_logging(settings)
    # Refused here rather than at every request.
    _ = settings.clock
    uvicorn.run(
        create(settings),
        host=settings.web_host,
        port=settings.web_port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    return 0
