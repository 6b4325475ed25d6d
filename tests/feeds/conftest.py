"""A server on loopback that misbehaves on request, byte by byte."""

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

Misbehave = Callable[[socket.socket], None]


class FaultServer(socketserver.ThreadingTCPServer):
    """Answers each path with the bytes, or the behaviour, set for it; remembers every request head."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str = "127.0.0.1") -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, 0), Handler)
        self.host = f"[{host}]" if ":" in host else host
        self.port = self.server_address[1]
        self.answers: dict[str, bytes | Misbehave] = {}
        self.heads: list[str] = []
        self.connections = 0
        self.over = threading.Event()

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    def on(self, path: str, body: bytes = b"", status: str = "200 OK", **headers: str) -> str:
        """Set an ordinary answer; header names are written with underscores. Returns the URL."""
        fields = {"Content-Length": str(len(body)), **{n.replace("_", "-"): v for n, v in headers.items()}}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self.answers[path] = f"HTTP/1.1 {status}\r\n{head}Connection: close\r\n\r\n".encode() + body
        return self.url(path)

    def does(self, path: str, behaviour: bytes | Misbehave) -> str:
        self.answers[path] = behaviour
        return self.url(path)

    def header(self, name: str, request: int = -1) -> str | None:
        """A header of a request it got."""
        for line in self.heads[request].split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return None


class Handler(socketserver.BaseRequestHandler):
    server: FaultServer

    def handle(self) -> None:
        self.server.connections += 1
        head = b""
        with suppress(OSError):
            while b"\r\n\r\n" not in head:
                piece = self.request.recv(65536)
                if not piece:
                    return
                head += piece
                if head.startswith(b"\x16"):  # the first byte of TLS, which this server does not speak
                    self.request.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    return
            self.server.heads.append(head.decode("latin-1"))
            path = head.split(b" ")[1].decode().partition("?")[0]
            answer = self.server.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            if callable(answer):
                answer(self.request)
            else:
                self.request.sendall(answer)


def run(host: str) -> Iterator[FaultServer]:
    with FaultServer(host) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def server() -> Iterator[FaultServer]:
    yield from run("127.0.0.1")


@pytest.fixture
def other_server() -> Iterator[FaultServer]:
    """On a second loopback address."""
    try:
        socket.create_server(("127.0.0.2", 0)).close()
    except OSError:
        pytest.skip("this machine has one loopback address only")
    yield from run("127.0.0.2")


@pytest.fixture
def ipv6_server() -> Iterator[FaultServer]:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    yield from run("::1")
