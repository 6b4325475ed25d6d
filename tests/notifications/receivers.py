"""Real receivers on loopback: webhooks and mail servers that behave, and some that do not."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Webhook:
    """A webhook that keeps what it was sent."""

    address: str
    posts: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        (post,) = self.posts
        return str(post["text"])


def answering(status: int, body: bytes = b"ok", **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def hanging_up(request: BaseHTTPRequestHandler) -> None:
    """Reads everything, answers nothing, closes."""
    request.close_connection = True
    request.connection.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def webhook(answer: Answer) -> Iterator[Webhook]:
    kept = Webhook("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.posts.append(json.loads(body))
            kept.paths.append(self.path)
            kept.headers.append(dict(self.headers))
            answer(self)

        def do_GET(self) -> None:
            kept.paths.append(f"GET {self.path}")
            answering(200)(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.address = f"slackhook://127.0.0.1:{server.server_port}/services/T0/B0/s3cr3tToken"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Mailbox:
    """An SMTP server's handler; `refuse` maps a command to the reply it gives instead."""

    def __init__(self, **refuse: str) -> None:
        self.refuse = refuse
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []

    async def handle_MAIL(  # noqa: N802 (aiosmtpd names it)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.refuse.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if "RCPT" not in self.refuse:
            envelope.rcpt_tos.append(address)
        return self.refuse.get("RCPT", "250 OK")

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        if "DATA" not in self.refuse:
            self.raw.append(content)
            self.mails.append(message_from_bytes(content, policy=default))
            self.recipients.append(list(envelope.rcpt_tos))
        return self.refuse.get("DATA", "250 Taken")


@contextlib.contextmanager
def mail_server(mailbox: Mailbox) -> Iterator[str]:
    """Its Apprise address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"mailto://tocsin@127.0.0.1:{port}?from=tocsin@sender.example"
    finally:
        controller.stop()


@contextlib.contextmanager
def scripted(script: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does `script` with its one connection; yields its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)  # nobody may come
    done = threading.Event()

    def serve() -> None:
        with contextlib.suppress(OSError), listener:
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(10)
                script(connection)
                done.wait(10)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        done.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def smtp_until(stop: bytes, then: Callable[[socket.socket], None]) -> Callable[[socket.socket], None]:
    """Talks SMTP until a line starting with `stop` (or the message's end, for b".") came, then does `then`."""

    def script(connection: socket.socket) -> None:
        connection.sendall(b"220 scripted\r\n")
        lines = connection.makefile("rb")
        in_data = False
        for line in lines:
            if line.upper().startswith(stop) and (in_data == (stop == b".")):
                then(connection)
                return
            if in_data:
                continue
            in_data = line.upper().startswith(b"DATA")
            connection.sendall(b"354 go\r\n" if in_data else b"250 ok\r\n")

    return script


def close(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def wait(_connection: socket.socket) -> None:
    """Says nothing more; the connection stays open until the test is over."""
