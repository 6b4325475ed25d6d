"""Who is the source of a figure, and how far that source is trusted.

The origin is the organisation the text attributes a figure to, else the agency whose copy it prints, else
its publisher; outlets of one owner are one origin.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from service.rules.model import Rules

# An agency's credit stands in brackets in the dateline, or closes a text.
CREDIT = re.compile(r"\(([^()\n]{2,40})\)")
DATELINE, TAIL = 160, 80  # characters


@cache
def _owners() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Origins by every name, casefolded, and by every domain."""
    names: dict[str, str] = {}
    domains: dict[str, str] = {}
    content = (files(__package__) / "owners.txt").read_text(encoding="utf-8")
    for line in content.splitlines():
        if line and not line.startswith("#"):
            owner, others, hosts = line.split("|")
            names |= {name.casefold(): owner for name in (owner, *others.split(",")) if name}
            domains |= {host: owner for host in hosts.split(",") if host}
    return names, domains


def origin_of(attributed_to: str | None, publisher: str, text: str = "") -> str:
    """The origin of a figure by the source its sentence names, its publisher (a name or a host), and the text."""
    if attributed_to:
        return _named(attributed_to) or attributed_to
    return _credited(text) or owner(publisher)


def _named(name: str) -> str | None:
    """Whom a name means, with or without what follows it in brackets ("Syria Civil Defence (White Helmets)")."""
    names, _ = _owners()
    return names.get(name.casefold()) or names.get(name.partition(" (")[0].casefold())


def owner(publisher: str) -> str:
    """Whose outlet a publisher is; itself where nobody else is known."""
    if found := _named(publisher):
        return found
    _, domains = _owners()
    parts = publisher.casefold().split(".")
    hosts = (".".join(parts[at:]) for at in range(len(parts) - 1))
    return next((domains[host] for host in hosts if host in domains), publisher)


def _credited(text: str) -> str | None:
    """The agency that a text credits where agencies are credited."""
    body = text.partition("\n")[2] or text
    for stretch in (body[:DATELINE], body[-TAIL:]):
        for match in CREDIT.finditer(stretch):
            if found := _named(match[1].strip()):
                return found
    return None


def host(link: str | None) -> str | None:
    """The host of an address without `www.`, or None."""
    try:
        name = urlsplit(link or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def grade_of(origin: str, feed_grade: str, rules: Rules) -> str:
    """The Admiralty grade of an origin: its own where alerts.yaml gives one, else that of the feed it came by."""
    return rules.origins.get(origin.casefold(), feed_grade)
