"""Fetching, against a real server that shows every fault a feed can have."""

import asyncio
import gzip
import logging
import socket
import time
import tracemalloc
import zlib
from contextlib import suppress
from dataclasses import replace

import pytest

from service.errors import AddressRefused, FeedError, TooLarge
from service.feeds import guard
from service.feeds.fetch import Fetched, Limits, Request, fetch_all
from tests.feeds.conftest import FaultServer

LIMITS = Limits(timeout=5, size=100_000, allow_private=True)
PUBLIC_ONLY = replace(LIMITS, allow_private=False)


def fetch(*urls: str | Request, limits: Limits = LIMITS) -> list[Fetched | FeedError]:
    requests = [url if isinstance(url, Request) else Request(url) for url in urls]
    return asyncio.run(fetch_all(requests, limits))


def good(url: str | Request, limits: Limits = LIMITS) -> Fetched:
    (result,) = fetch(url, limits=limits)
    assert isinstance(result, Fetched), result
    return result


def bad(url: str | Request, limits: Limits = LIMITS) -> FeedError:
    (result,) = fetch(url, limits=limits)
    assert isinstance(result, FeedError), result
    return result


# --- what is asked and answered ------------------------------------------------------------


def test_a_body_comes_with_all_that_the_next_poll_needs(server: FaultServer) -> None:
    url = server.on(
        "/feed",
        b"<rss/>",
        Content_Type="application/rss+xml; charset=utf-8",
        ETag='"v1"',
        Last_Modified="Thu, 28 Nov 2024 18:30:00 GMT",
        Cache_Control="public, max-age=600",
    )
    assert good(url) == Fetched(
        url=url,
        status=200,
        body=b"<rss/>",
        content_type="application/rss+xml; charset=utf-8",
        etag='"v1"',
        last_modified="Thu, 28 Nov 2024 18:30:00 GMT",
        wait=600.0,
    )


def test_it_says_who_it_is_and_sends_no_validators_at_first(server: FaultServer) -> None:
    good(server.on("/", b"x"))
    assert (server.header("User-Agent") or "").startswith("Tocsin/")
    assert server.header("Accept-Encoding") == "gzip, deflate"
    assert server.header("If-None-Match") is None
    assert server.header("If-Modified-Since") is None


def test_validators_are_sent_and_an_unchanged_feed_has_no_body(server: FaultServer) -> None:
    url = server.on("/", status="304 Not Modified")
    result = good(Request(url, etag='W/"7"', last_modified="Thu, 28 Nov 2024 18:30:00 GMT"))
    assert server.header("If-None-Match") == 'W/"7"'
    assert server.header("If-Modified-Since") == "Thu, 28 Nov 2024 18:30:00 GMT"
    assert (result.status, result.body, result.etag) == (304, None, 'W/"7"')
    assert result.last_modified == "Thu, 28 Nov 2024 18:30:00 GMT"


def test_an_unasked_for_304_is_an_error(server: FaultServer) -> None:
    assert "304" in str(bad(server.on("/", status="304 Not Modified")))


@pytest.mark.parametrize("etag", ['"a\r\nX-Evil: 1"', '"é"', '"' + "x" * 5000 + '"'])
def test_a_validator_that_fits_no_header_is_left_out(server: FaultServer, etag: str) -> None:
    good(Request(server.on("/", b"x"), etag=etag))
    assert server.header("If-None-Match") is None
    assert "X-Evil" not in server.heads[-1]


def test_no_cookie_is_kept_between_feeds(server: FaultServer) -> None:
    first = server.on("/a", b"x", Set_Cookie="session=1; Path=/")
    fetch(first, server.on("/b", b"x"), limits=replace(LIMITS, concurrency=1))
    assert len(server.heads) == 2
    assert all("cookie" not in head.lower() for head in server.heads)


def test_the_environments_proxy_is_not_used(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert good(server.on("/", b"x")).body == b"x"


# --- many at once --------------------------------------------------------------------------


def test_results_stand_in_the_order_of_the_requests_and_faults_stay_their_own(server: FaultServer) -> None:
    urls = [server.on(f"/{n}", str(n).encode()) for n in range(40)]
    urls[7] = server.on("/7", status="500 Oh No")
    urls[8] = "gopher://old.example/"
    urls[9] = server.does("/9", lambda s: s.shutdown(socket.SHUT_RDWR))
    results = fetch(*urls)
    bodies = [result.body if isinstance(result, Fetched) else None for result in results]
    assert bodies == [None if n in {7, 8, 9} else str(n).encode() for n in range(40)]


def test_no_requests_is_no_work() -> None:
    assert fetch() == []


def test_an_exception_nobody_foresaw_becomes_an_error_of_that_feed(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(_: object) -> float:
        raise ZeroDivisionError("with a secret in its text")

    fine, url = server.on("/fine", b"x", status="404 Gone Fishing"), server.on("/", b"x")
    monkeypatch.setattr("service.feeds.fetch.wait", odd)
    broken, missing = fetch(url, fine)
    assert str(broken) == f"{url}: unexpected ZeroDivisionError"
    assert "404" in str(missing)


# --- redirects -----------------------------------------------------------------------------


def test_permanent_redirects_tell_the_new_address(server: FaultServer) -> None:
    end = server.on("/c", b"x")
    server.on("/b", status="308 Permanent Redirect", Location="/c")
    result = good(server.on("/a", status="301 Moved Permanently", Location="b#part"))
    assert (result.url, result.moved_to, result.body) == (end, end, b"x")


@pytest.mark.parametrize("status", ["302 Found", "303 See Other", "307 Temporary Redirect"])
def test_a_temporary_redirect_among_them_keeps_the_old_address(server: FaultServer, status: str) -> None:
    end = server.on("/c", b"x")
    server.on("/b", status=status, Location=end)
    result = good(server.on("/a", status="301 Moved Permanently", Location="/b"))
    assert (result.url, result.moved_to) == (end, None)


def test_redirects_in_a_circle_are_noticed(server: FaultServer) -> None:
    server.on("/b", status="302 Found", Location="/a")
    error = bad(server.on("/a", status="302 Found", Location="/b"))
    assert "circle" in str(error)
    assert len(server.heads) == 2


def test_redirects_are_counted(server: FaultServer) -> None:
    for n in range(10):
        server.on(f"/{n}", status="302 Found", Location=f"/{n + 1}")
    assert "more than 5 times" in str(bad(server.url("/0")))
    assert len(server.heads) == 6


@pytest.mark.parametrize(
    ("location", "words"),
    [
        (None, "without saying where"),
        ("file://localhost/etc/hosts", "only http and https"),
        ("http://[bad", "not a URL"),
    ],
)
def test_a_redirect_to_nowhere_is_an_error(server: FaultServer, location: str | None, words: str) -> None:
    headers = {} if location is None else {"Location": location}
    assert words in str(bad(server.on("/", status="302 Found", **headers)))


def test_credentials_stay_with_their_origin(server: FaultServer, other_server: FaultServer) -> None:
    server.on("/b", status="302 Found", Location=other_server.on("/c", b"x"))
    url = server.on("/a", status="302 Found", Location="/b").replace("http://", "http://me:p%40ss@")
    result = good(url)
    assert server.header("Authorization", 0) == server.header("Authorization", 1) == "Basic bWU6cEBzcw=="
    assert other_server.header("Authorization") is None
    assert "me" not in result.url


# --- private addresses ---------------------------------------------------------------------


def test_private_addresses_are_refused_however_they_are_written(server: FaultServer) -> None:
    server.on("/", b"secret")
    hosts = ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "0.0.0.0"]
    results = fetch(*(server.url("/", host) for host in hosts), limits=PUBLIC_ONLY)
    assert all(isinstance(result, AddressRefused) for result in results), results
    assert server.connections == 0


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_odd_spellings_of_an_address_lead_nowhere(server: FaultServer, host: str) -> None:
    bad(server.url("/", host), PUBLIC_ONLY)
    assert server.connections == 0


def test_an_ipv6_literal_is_refused(ipv6_server: FaultServer) -> None:
    url = ipv6_server.on("/", b"x")
    assert isinstance(bad(url, PUBLIC_ONLY), AddressRefused)
    assert ipv6_server.connections == 0
    assert good(url).body == b"x"


def test_the_refusal_names_the_address(server: FaultServer) -> None:
    url = server.url("/feed", "localhost")
    assert str(bad(url, PUBLIC_ONLY)) == f"{url}: it leads to 127.0.0.1, which is not a public address"


def test_a_redirect_from_an_allowed_address_to_a_refused_one_is_refused(
    server: FaultServer, other_server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    url = server.on("/", status="302 Found", Location=other_server.on("/", b"secret"))
    assert isinstance(bad(url, PUBLIC_ONLY), AddressRefused)
    assert (server.connections, other_server.connections) == (1, 0)


def test_the_address_is_judged_when_connecting_not_before(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that meant something public a moment ago, and means loopback now."""
    real, asked = socket.getaddrinfo, []

    def rebinding(host: str, port: int, *more: int) -> object:
        asked.append(host)
        return real("127.0.0.1", port, *more) if host == "rebinding.example" else real(host, port, *more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    server.on("/", b"secret")
    assert isinstance(bad(server.url("/", "rebinding.example"), PUBLIC_ONLY), AddressRefused)
    assert asked == ["rebinding.example"]
    assert server.connections == 0


def test_a_name_with_a_private_and_a_public_address_uses_the_public_one(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def both(host: str, port: int, *more: int) -> object:
        return real("127.0.0.3", port, *more) + real("127.0.0.1", port, *more)

    monkeypatch.setattr(socket, "getaddrinfo", both)
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    server.on("/", b"x")
    assert good(server.url("/", "both.example"), PUBLIC_ONLY).body == b"x"


# --- size and encoding ---------------------------------------------------------------------

TEXT = b"<rss>" + b"many words " * 500


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT, mtime=0)),
        ("GZIP", gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0) + b"\0\0padding"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compressobj(wbits=-15).compress(b"") + zlib.compress(TEXT)[2:-4]),
        ("identity", TEXT),
    ],
)
def test_compressed_bodies_are_decoded(server: FaultServer, encoding: str, body: bytes) -> None:
    assert good(server.on("/", body, Content_Encoding=encoding)).body == TEXT


def test_a_body_of_exactly_the_limit_passes(server: FaultServer) -> None:
    url, packed = server.on("/", b"x" * 100_000), gzip.compress(b"x" * 100_000)
    assert good(url).body == good(server.on("/z", packed, Content_Encoding="gzip")).body == b"x" * 100_000


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate"])
def test_one_byte_more_is_too_large(server: FaultServer, encoding: str) -> None:
    body = b"x" * 100_001
    packed = {"gzip": gzip.compress(body), "deflate": zlib.compress(body)}.get(encoding, body)
    error = bad(server.on("/", packed, **({"Content_Encoding": encoding} if encoding else {})))
    assert isinstance(error, TooLarge)
    assert "100,000 bytes" in str(error)


def test_a_gzip_bomb_is_cut_off_before_it_unfolds(server: FaultServer) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * 2**20) for _ in range(64)) + packer.flush()
    url = server.on("/", bomb, Content_Encoding="gzip")
    bad(url)  # imports and certificates are not what we measure
    tracemalloc.start()
    try:
        error = bad(url)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(error, TooLarge)
    assert peak < 4 * 2**20


def test_packets_that_unfold_to_nothing_are_counted_as_sent(server: FaultServer) -> None:
    url = server.on("/", gzip.compress(b"") * 10_000, Content_Encoding="gzip")
    assert isinstance(bad(url), TooLarge)


@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("br", b"x", "'br'"),
        ("gzip, gzip", b"x", "'gzip, gzip'"),
        ("gzip", b"plain text", "not the gzip"),
        ("gzip", gzip.compress(TEXT, mtime=0)[:-20], "cut short"),
        ("deflate", b"\xff" * 40, "not the deflate"),
    ],
)
def test_an_encoding_that_cannot_be_undone_is_named(
    server: FaultServer, encoding: str, body: bytes, words: str
) -> None:
    assert words in str(bad(server.on("/", body, Content_Encoding=encoding)))


def test_an_endless_body_ends_at_the_limit(server: FaultServer) -> None:
    def pour(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    assert isinstance(bad(server.does("/", pour)), TooLarge)


# --- time and broken servers ---------------------------------------------------------------


def test_the_time_limit_holds_for_the_whole_answer(server: FaultServer) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not server.over.wait(0.02):
            connection.sendall(b"x")

    started = time.monotonic()
    error = bad(server.does("/", drip), replace(LIMITS, timeout=0.3))
    assert "within 0.3 seconds" in str(error)
    assert time.monotonic() - started < 3


def test_a_silent_server_delays_nobody_else(server: FaultServer) -> None:
    silent = server.does("/silent", lambda _: server.over.wait(10) and None)
    results = fetch(silent, server.on("/", b"x"), limits=replace(LIMITS, timeout=0.3))
    assert [type(result) for result in results] == [FeedError, Fetched]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"", "hung up without an answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "in the middle"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "in the middle"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100_000 + b"\r\n\r\n", "not HTTP"),
    ],
)
def test_an_answer_that_breaks_off_or_is_none_is_explained(server: FaultServer, sent: bytes, words: str) -> None:
    def misbehave(connection: socket.socket) -> None:
        connection.sendall(sent)
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    assert words in str(bad(server.does("/", misbehave)))


def test_nobody_listening_and_no_such_name_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "no connection" in str(bad(f"http://127.0.0.1:{port}/"))
    assert "no address" in str(bad("http://nowhere.invalid/"))


def test_plain_http_behind_an_https_address_is_a_tls_error(server: FaultServer) -> None:
    assert "TLS" in str(bad(server.on("/", b"x").replace("http:", "https:")))


# --- what servers refuse -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("404 Not Found", "404 Not Found"),
        ("410 Gone", "withdrawn for good"),
        ("500 <script>", "500 Internal Server Error"),
        ("599 Whatever", "599 unknown status"),
        ("204 No Content", "204 No Content"),
    ],
)
def test_statuses_are_named_in_our_words(server: FaultServer, status: str, words: str) -> None:
    error = bad(server.on("/", status=status))
    assert words in str(error)
    assert error.retry_after is None


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("120", 120.0), ("Thu, 28 Nov 2024 19:00:00 GMT", 1800.0), ("9999999999", 86400.0), ("soon", None)],
)
def test_retry_after_is_heeded_for_busy_servers(
    server: FaultServer, status: str, asked: str, seconds: float | None
) -> None:
    error = bad(server.on("/", status=status, Retry_After=asked, Date="Thu, 28 Nov 2024 18:30:00 GMT"))
    assert error.retry_after == seconds


def test_a_bot_check_is_recognised(server: FaultServer) -> None:
    assert "bot check" in str(bad(server.on("/", status="403 Forbidden", cf_mitigated="challenge")))


# --- secrets -------------------------------------------------------------------------------


def test_neither_errors_nor_logs_show_credentials_or_keys(
    server: FaultServer, caplog: pytest.LogCaptureFixture
) -> None:
    secret = server.on("/feed").replace("http://", "http://me:hunter2@") + "?key=hunter2"
    server.on("/gone", status="410 Gone")
    closed = "http://me:hunter2@127.0.0.1:1/feed?key=hunter2#hunter2"
    with caplog.at_level(logging.INFO):
        results = fetch(
            secret, secret.replace("/feed", "/gone"), closed, "http://me:hunter2@[::1/?hunter2", "x:hunter2@y"
        )
        results += fetch(secret, limits=PUBLIC_ONLY)
    errors = [str(result) for result in results if isinstance(result, FeedError)]
    assert len(errors) == 5
    assert not [error for error in errors if "hunter2" in error]
    assert "hunter2" not in caplog.text
