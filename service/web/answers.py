"""Answers that a gateway hands on: signed requests, one address a channel."""

import os
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from service.answers import signed
from service.answers.sender import Said
from service.clock import machine_time
from service.desk.answers import answer
from service.errors import Refused
from service.rules.model import ChannelRule, Rules
from service.settings import SHORTEST_SECRET
from service.web.access import AtDesk, InForce

router = APIRouter(include_in_schema=False)


async def bounded(request: Request) -> bytes:
    """The raw body. Raises Refused (413) as soon as it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > signed.LARGEST_BODY:
            raise Refused("An answer holds 64 KB at most.", status=413)
    return bytes(body)


Body = Annotated[bytes, Depends(bounded)]


@router.post("/answers/{channel}")
def hear(channel: str, request: Request, body: Body, settings: InForce, desk: AtDesk) -> JSONResponse:
    """Do what a signed answer asks for; the JSON says what to send back, whether or not anything was done.

    Raises Refused: 404 where the channel takes no answers, 401 where the signature is wrong, 4xx for the body.
    """
    rule = channel_of(desk.rulebook.newest(), channel)
    found = signed.read(secret_of(rule), request.headers, body, machine_time())
    said = Said(rule.kind, found.sender, found.text, found.digest)
    return JSONResponse({"text": answer(desk, said, settings.clock.now())})


def channel_of(rules: Rules | None, name: str) -> ChannelRule:
    rule = rules.channels.get(name) if rules else None
    if rule is None or rule.answers is None:
        raise Refused("No answers are taken for this channel.", status=404)
    return rule


def secret_of(rule: ChannelRule) -> str:
    """What the gateway signs with. Raises Refused (404) where it is not set or too short: nobody could be believed."""
    secret = os.environ.get(rule.answers or "", "")
    if len(secret) < SHORTEST_SECRET:
        raise Refused("No answers are taken for this channel.", status=404)
    return secret
