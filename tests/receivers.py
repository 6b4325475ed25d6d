"""Real servers on loopback: a newsroom that serves feeds, a chat with a webhook, a mailbox behind SMTP."""

import hashlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

from aiosmtpd.controller import Controller

T = TypeVar("T")


def wait_for(what: str, look: Callable[[], T | None], within: float = 40.0) -> T:
    """What `look` finds, as soon as it finds something; fails, naming it, when the time is over."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {within:.0f} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Newsroom:
    """Serves a body for each path, with an ETag; counts the times it was asked."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.asked: dict[str, int] = {}
        self.not_modified = 0
        self.port = 0

    def publish(self, path: str, body: bytes | str) -> None:
        self.bodies[path] = body.encode() if isinstance(body, str) else body

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        self.asked[request.path] = self.asked.get(request.path, 0) + 1
        body = self.bodies.get(request.path)
        if body is None:
            return reply(request, 404, b"")
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            self.not_modified += 1
            return reply(request, 304, b"", ETag=tag)
        return reply(request, 200, body, ETag=tag, **{"Content-Type": "application/rss+xml"})


class Chat:
    """A Slack-compatible incoming webhook; `gate`, when set to a lock, is waited for before it answers.

    Beside it a push service that speaks as ntfy does, and an SMS gateway that speaks as SMSEagle does, for the same
    people's telephones; what comes to either is among the pushes. `refused` are numbers that the gateway does not know.
    """

    def __init__(self) -> None:
        self.payloads: list[dict[str, Any]] = []
        self.pushes: list[dict[str, Any]] = []
        self.status = 200
        self.refused: set[str] = set()
        self.port = 0
        self.gate: threading.Event | None = None

    @property
    def texts(self) -> list[str]:
        return [text_of(payload) for payload in self.payloads]

    @property
    def address(self) -> str:
        return f"slackhook://127.0.0.1:{self.port}/hook"

    @property
    def phone(self) -> str:
        return f"ntfy://127.0.0.1:{self.port}"

    @property
    def sms(self) -> str:
        return f"smseagle://token@127.0.0.1:{self.port}"

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        body = json.loads(request.rfile.read(int(request.headers.get("Content-Length", 0))))
        if body.get("params", {}).get("to") in self.refused:
            return reply(request, 404, b"no such number")
        if self.status == 200:
            (self.payloads if request.path == "/hook" else self.pushes).append(body)
        if self.gate is not None:
            self.gate.wait(timeout=30)
        return reply(request, self.status, b'{"result": [{"status": "ok"}]}' if "sms" in request.path else b"ok")


def text_of(payload: dict[str, Any]) -> str:
    parts = [payload.get("text", "")] + [part.get("text", "") for part in payload.get("attachments", [])]
    return "\n".join(part for part in parts if part)


def reply(request: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    request.send_response(status)
    for name, value in (headers | {"Content-Length": str(len(body))}).items():
        request.send_header(name, value)
    request.end_headers()
    with suppress(BrokenPipeError, ConnectionResetError):
        request.wfile.write(body)


ServerT = TypeVar("ServerT", Newsroom, Chat)


@contextmanager
def serving(server: ServerT) -> Iterator[ServerT]:
    """Serve it on its port of loopback, at first a free one."""

    class Handler(BaseHTTPRequestHandler):
        def handle_one(self) -> None:
            server.handle(self)

        do_GET = do_POST = handle_one  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    http = ThreadingHTTPServer(("127.0.0.1", server.port), Handler)
    http.daemon_threads = True
    server.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


class Mailbox:
    """Everything that was delivered by SMTP; `refused` are addresses that it does not know."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.port = free_port()

    @property
    def address(self) -> str:
        return f"mailto://127.0.0.1:{self.port}?from=tocsin@example.org"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 nobody of that name here"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 taken"


@contextmanager
def receiving(mailbox: Mailbox) -> Iterator[Mailbox]:
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
