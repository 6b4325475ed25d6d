"""All HTTP: fetches a batch of feeds at once, each within its limits, none disturbing another."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from ssl import SSLContext, SSLError
from typing import TYPE_CHECKING

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from service.errors import AddressRefused, FeedError
from service.feeds import guard
from service.feeds.addresses import Target, shown, target
from service.feeds.decode import ACCEPTED, Body
from service.feeds.freshness import retry_after, wait
from service.feeds.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

USER_AGENT = f"Tocsin/{version('tocsin')} (humanitarian alarm service; feed reader)"
ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
REDIRECTS = PERMANENT | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
WITH_BODY = {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}
PER_HOST = 8
LONGEST_HEADER = 1000

# At INFO httpx logs whole URLs, and with them the keys in their queries.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Request:
    """A feed to fetch, with the validators its last answer carried."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """`timeout` in seconds for the whole of one feed, redirects included; `size` in bytes, decoded."""

    timeout: float
    size: int
    redirects: int = 5
    allow_private: bool = False
    concurrency: int = 64


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one feed answered.

    `url` is where the body came from; `body` is None where nothing changed since.
    `moved_to` is set where every redirect was a permanent one. Neither holds credentials.
    `wait` is how many seconds the server asks us to stay away.
    """

    url: str
    status: int
    body: bytes | None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    wait: float | None = None


async def fetch_all(requests: Sequence[Request], limits: Limits) -> list[Fetched | FeedError]:
    """One result per request, in their order; an error is returned, never raised.

    AddressRefused for a private address, TooLarge past the size limit, FeedError for the
    rest. The whole batch takes at most `timeout` for every `concurrency` requests.
    """
    turns = asyncio.Semaphore(limits.concurrency)

    async def in_turn(client: httpx.AsyncClient, request: Request) -> Fetched | FeedError:
        async with turns:
            return await _fetch(client, request, limits)

    async with _client(limits) as client:
        return await asyncio.gather(*(in_turn(client, request) for request in requests))


@asynccontextmanager
async def _client(limits: Limits) -> "AsyncIterator[httpx.AsyncClient]":
    """A client that keeps no cookies, heeds no proxy settings and connects where it may only."""
    resolver = Resolver(limits.concurrency)
    allowed = (lambda address: True) if limits.allow_private else guard.is_public
    connector = aiohttp.TCPConnector(
        ssl=_tls(),
        limit=limits.concurrency,
        limit_per_host=PER_HOST,
        resolver=resolver,
        socket_factory=guard.guarded_socket(allowed),
    )
    session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)
    try:
        async with httpx.AsyncClient(
            transport=AiohttpTransport(verify=_tls(), client=session),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": USER_AGENT, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED},
            timeout=None,  # one limit for all of a feed: see _fetch
            trust_env=False,
        ) as client:
            yield client
    finally:
        await resolver.close()  # the client closes its session, and the session only resolvers of its own


@cache
def _tls() -> SSLContext:
    """Loading the certificates takes 20 ms: once a process is enough."""
    return httpx.create_ssl_context()


async def _fetch(client: httpx.AsyncClient, request: Request, limits: Limits) -> Fetched | FeedError:
    try:
        async with asyncio.timeout(limits.timeout):
            return await _follow(client, request, limits)
    except FeedError as error:
        return type(error)(f"{shown(request.url)}: {error}", error.retry_after)
    except TimeoutError:
        return FeedError(f"{shown(request.url)}: no whole answer within {limits.timeout:g} seconds")
    except Exception as error:
        return _explained(request, error)


async def _follow(client: httpx.AsyncClient, request: Request, limits: Limits) -> Fetched:
    """Redirects are followed by hand: each hop is checked like a first address."""
    here, seen, permanent = target(request.url), set[str](), True
    for _ in range(limits.redirects + 1):
        seen.add(here.url)
        async with client.stream("GET", here.url, headers=_validators(request), auth=here.credentials) as answer:
            if answer.status_code not in REDIRECTS:
                moved = here.url if permanent and len(seen) > 1 else None
                return await _take(answer, here, request, limits, moved)
            permanent = permanent and answer.status_code in PERMANENT
            here = _next_hop(here, answer)
        if here.url in seen:
            raise FeedError("it redirects in a circle")
    raise FeedError(f"it redirects more than {limits.redirects} times")


def _validators(request: Request) -> dict[str, str]:
    pairs = {"If-None-Match": _kept(request.etag), "If-Modified-Since": _kept(request.last_modified)}
    return {name: value for name, value in pairs.items() if value}


def _next_hop(here: Target, answer: httpx.Response) -> Target:
    location = answer.headers.get("location")
    if not location:
        raise FeedError(f"it redirects ({answer.status_code}) without saying where")
    return here.follow(location)


async def _take(answer: httpx.Response, here: Target, request: Request, limits: Limits, moved: str | None) -> Fetched:
    not_modified = answer.status_code == HTTPStatus.NOT_MODIFIED and bool(_validators(request))
    if not not_modified and answer.status_code not in WITH_BODY:
        raise _refusal(answer)
    return Fetched(
        url=here.url,
        status=answer.status_code,
        body=None if not_modified else await _read(answer, limits),
        content_type=_kept(answer.headers.get("content-type")),
        etag=_kept(answer.headers.get("etag")) or (request.etag if not_modified else None),
        last_modified=_kept(answer.headers.get("last-modified")) or (request.last_modified if not_modified else None),
        moved_to=moved,
        wait=wait(answer.headers),
    )


async def _read(answer: httpx.Response, limits: Limits) -> bytes:
    body = Body(answer.headers.get("content-encoding", ""), limits.size)
    async for chunk in answer.aiter_raw():
        body.add(chunk)
    return body.finish()


def _kept(value: str | None) -> str | None:
    """A header as we may store it and send it back, or None."""
    fit = value and len(value) <= LONGEST_HEADER and value.isascii() and value.isprintable()
    return value if fit else None


def _refusal(answer: httpx.Response) -> FeedError:
    """An HTTP status that is no feed, in words of our own: the server's may say anything."""
    status = answer.status_code
    words = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "unknown status"
    message = f"it answers {status} {words}"
    if status == HTTPStatus.GONE:
        message += ": the feed was withdrawn for good"
    if answer.headers.get("cf-mitigated") == "challenge":
        message += ": a bot check stands before it"
    busy = status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
    return FeedError(message, retry_after(answer.headers) if busy else None)


def _explained(request: Request, error: Exception) -> FeedError:
    """Turns any exception into a sentence; its own text may hold the URL, so it is not repeated."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, guard.PrivateAddressError):
            return AddressRefused(f"{shown(request.url)}: it leads to {cause.address}, which is not a public address")
    kinds: tuple[tuple[type[BaseException], str], ...] = (
        (aiohttp.ClientConnectorDNSError, "its name has no address"),
        (aiohttp.ClientConnectorCertificateError, "its TLS certificate is not valid"),
        (SSLError, "no TLS connection could be made"),
        (aiohttp.ClientConnectorError, "no connection could be made"),
        (aiohttp.ServerDisconnectedError, "it hung up without an answer"),
        (aiohttp.ClientPayloadError, "it hung up in the middle of its answer"),
        (aiohttp.ClientResponseError, "its answer is not HTTP"),
        (httpx.InvalidURL, "this is not a URL"),
        (aiohttp.InvalidURL, "this is not a URL"),
        (OSError, "the connection broke"),
        (httpx.TransportError, "the connection broke"),
    )
    words = (text for kind, text in kinds if any(isinstance(cause, kind) for cause in causes))
    return FeedError(f"{shown(request.url)}: {next(words, f'unexpected {type(error).__name__}')}")


def _causes(error: BaseException | None) -> "Sequence[BaseException]":
    chain: list[BaseException] = []
    while error is not None and len(chain) < 20:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain
