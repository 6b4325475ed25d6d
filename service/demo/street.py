"""A loopback server for the demo: it serves one feed, and receives messages as a chat and as a telephone."""

import json
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from typing import Any

EXAMPLE = Path(__file__).with_name("feed.xml")


class Street:
    """Use as a context; `feed`, `webhook` and `phone` are its addresses, `receive` and `ringing` wait for a message."""

    def __init__(self) -> None:
        self.messages: Queue[str] = Queue()
        self.pushes: Queue[str] = Queue()
        published = format_datetime(datetime.now(UTC) - timedelta(minutes=2))
        self.body = EXAMPLE.read_text(encoding="utf-8").replace("{published}", published).encode()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    @property
    def feed(self) -> str:
        return f"http://127.0.0.1:{self.port}/feed.xml"

    @property
    def webhook(self) -> str:
        return f"slackhook://127.0.0.1:{self.port}/hook"

    @property
    def phone(self) -> str:
        return f"ntfy://127.0.0.1:{self.port}?mode=private"

    def receive(self, within: float) -> str | None:
        """The chat's next message, or None when none came within so many seconds."""
        return _next(self.messages, within)

    def ringing(self, within: float) -> str | None:
        """What the telephone shows next, or None when it did not ring within so many seconds."""
        return _next(self.pushes, within)

    def __enter__(self) -> "Street":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _next(queue: Queue[str], within: float) -> str | None:
    try:
        return queue.get(timeout=within)
    except Empty:
        return None


def _handler(street: Street) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(street.body, "application/rss+xml")

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            if self.path == "/hook":
                street.messages.put(text_of(said))
            else:
                street.pushes.put(f"{said['title']}\n{said['message']}")
            self._answer(b"ok", "text/plain")

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """The story tells what matters."""

    return Handler


def text_of(payload: dict[str, Any]) -> str:
    """The text of a webhook's payload, wherever the chat's format puts it."""
    parts = [payload.get("text", "")] + [part.get("text", "") for part in payload.get("attachments", [])]
    return "\n".join(part for part in parts if part)
