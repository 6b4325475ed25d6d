"""Receivers that fall ill: a chat and a mailbox on ports of their own, with all that ever came to them."""

import asyncio
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from http.server import BaseHTTPRequestHandler
from typing import Any, Literal, NamedTuple

from tests.receivers import Chat, Mailbox, receiving, reply, serving, text_of, wait_for

# refused: nobody listens; slow: it takes the message and answers after the sender's patience; 500: it takes none;
# closing: it takes the message and hangs up instead of answering.
Illness = Literal["", "refused", "slow", "500", "closing after DATA"]
DUPLICATE = "possible duplicate"
ALERT = re.compile(r"/alerts/(\d+)")


class Came(NamedTuple):
    """A message that came: on which channel, to whom, about what; `marked`: it says that it may have come before."""

    channel: str
    address: str
    alert: int
    revision: int | None
    text: str
    marked: bool


class IllChat(Chat):
    """A chat that can fall ill."""

    illness: Illness = ""
    asked = 0

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        self.asked += 1
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        if self.illness == "500":
            return reply(request, 500, b"out of order")
        self.payloads.append(json.loads(body))
        if self.illness == "slow":
            wait_for("the end of the illness", lambda: self.illness != "slow")
        if self.illness == "closing after DATA":
            return None
        return reply(request, 200, b"ok")

    @property
    def came(self) -> list[Came]:
        return [_of_chat(text_of(payload).replace("*", "")) for payload in self.payloads]


class IllMailbox(Mailbox):
    """A mailbox that can fall ill."""

    illness: Illness = ""
    asked = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.asked += 1
        if self.illness == "500":
            return "451 out of order"
        taken = await super().handle_DATA(server, session, envelope)
        while self.illness == "slow":
            await asyncio.sleep(0.05)
        if self.illness == "closing after DATA":
            server.transport.abort()
        return taken

    @property
    def came(self) -> list[Came]:
        return [_of_mail(mail) for mail in self.mails]


def _of_chat(text: str) -> Came:
    found = ALERT.search(text)
    assert found is not None, text
    return Came("chat", "", int(found[1]), None, text, DUPLICATE in text.lower())


def _of_mail(mail: Any) -> Came:
    text = mail.get_body(("plain",)).get_content()
    alert, revision = int(mail["X-Tocsin-Alert"]), int(mail["X-Tocsin-Revision"])
    return Came("mail", mail["To"], alert, revision, text, DUPLICATE in mail["Subject"].lower())


class Door:
    """Where a receiver listens; shut, connections are refused."""

    def __init__(self, opening: Callable[[], AbstractContextManager[object]]) -> None:
        self._opening = opening
        self._open = ExitStack()

    def open(self) -> None:
        self._open.enter_context(self._opening())

    def shut(self) -> None:
        self._open.close()


class Receivers:
    """Both, open until the end."""

    def __init__(self) -> None:
        self.chat, self.mail = IllChat(), IllMailbox()
        self._doors = {"chat": Door(lambda: serving(self.chat)), "mail": Door(lambda: receiving(self.mail))}

    def __enter__(self) -> "Receivers":
        for door in self._doors.values():
            door.open()
        return self

    def __exit__(self, *_: object) -> None:
        for door in self._doors.values():
            door.shut()

    @property
    def came(self) -> list[Came]:
        return self.chat.came + self.mail.came

    def named(self, channel: str) -> IllChat | IllMailbox:
        return self.chat if channel == "chat" else self.mail

    def fall_ill(self, channel: str, illness: Illness) -> None:
        self.named(channel).illness = illness
        if illness == "refused":
            self._doors[channel].shut()

    def recover(self, channel: str) -> None:
        receiver = self.named(channel)
        before, receiver.illness = receiver.illness, ""
        if before == "refused":
            self._doors[channel].open()
