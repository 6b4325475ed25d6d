"""The demo's story: a report is published, a message arrives, somebody answers."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import indent
from urllib.parse import urlsplit

import httpx

from service.demo.street import Street
from service.errors import TocsinError

# What a slow machine needs from nothing to the first message (seconds).
PATIENCE = 90.0
LINK = re.compile(r"<(?P<url>[^|>]+)\|(?P<label>[^>]+)>")
# Not handed on: the demo is to be the same on every machine, and to stay on it.
NOT_HANDED_ON = re.compile(r"TOCSIN_.*|.*_proxy", re.IGNORECASE)

RULES = Path(__file__).with_name("alerts.yaml")


def tell() -> None:
    """Run the story; raises TocsinError where a step did not happen in time."""
    with tempfile.TemporaryDirectory(prefix="tocsin-demo-") as folder, Street() as street:
        step("A feed is served on this machine, with one invented report; a chat and a telephone listen.")
        environment = prepare(Path(folder), street)
        began = time.monotonic()
        with tocsin(environment, Path(folder)) as up:
            text = message(street, up, Path(folder))
            step(
                f"Tocsin was started, polled, read, judged and rang, in {time.monotonic() - began:.1f} s. The message:"
            )
            print(indent(readable(text), "    │ "))
            if pushed := street.ringing(within=PATIENCE):
                step("And on the duty officer's telephone, which rings:")
                print(indent(pushed, "    │ "))
            answer(link_in(text, "I am checking"))
        step("Tocsin was stopped. Your own feeds, thresholds and people go into alerts.yaml; then: .venv/bin/tocsin up")


def step(words: str) -> None:
    print(f"\n▸ {words}", flush=True)


def prepare(folder: Path, street: Street) -> dict[str, str]:
    """The environment of an installation that lives in the folder and talks to the street only."""
    rules = folder / "alerts.yaml"
    rules.write_text(RULES.read_text(encoding="utf-8").replace("{feed}", street.feed), encoding="utf-8")
    ours = {
        "TOCSIN_DATA": str(folder / "data"),
        "TOCSIN_RULES": str(rules),
        "TOCSIN_ALLOW_PRIVATE_ADDRESSES": "true",
        "TOCSIN_WEB_HOST": "127.0.0.1",
        "TOCSIN_WEB_PORT": str(free_port()),
        "TOCSIN_SWEEP_EVERY": "1",
        "TOCSIN_SYNTHETIC_EVERY": "0",
        "TOCSIN_DEMO_CHAT": street.webhook,
        "TOCSIN_DEMO_PHONE": street.phone,
    }
    return {name: value for name, value in os.environ.items() if not NOT_HANDED_ON.fullmatch(name)} | ours


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def tocsin(environment: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`tocsin up` for as long as the context lasts; its log is kept in the folder."""
    with (folder / "log").open("w") as log:
        up = subprocess.Popen([sys.executable, "-m", "service", "up"], env=environment, stdout=log, stderr=log)
        try:
            yield up
        finally:
            up.send_signal(signal.SIGTERM)
            up.wait(timeout=60)


def message(street: Street, up: subprocess.Popen[bytes], folder: Path) -> str:
    """The first message. Raises TocsinError, with the log, where none came or Tocsin ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and up.poll() is None:
        if text := street.receive(within=0.2):
            return text
    why = "Tocsin ended" if up.poll() is not None else f"No message came within {PATIENCE:.0f} s"
    raise TocsinError(f"{why}. The log:\n{(folder / 'log').read_text()}")


def readable(text: str) -> str:
    """A chat's mark-up as a terminal can show it."""
    plain = LINK.sub(lambda match: f"[{match['label']}]", re.sub(r"^\*([^*]+)\*", r"\1 —", text)).replace("*", "")
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link_in(text: str, label: str) -> str:
    found = next((match["url"] for match in LINK.finditer(text) if label in match["label"]), None)
    if found is None:
        raise TocsinError(f"The message has no link '{label}'")
    return found.replace("&amp;", "&")


def answer(link: str) -> None:
    """Open the link as an officer would: look at the page, then press its button."""
    with httpx.Client(trust_env=False, timeout=30) as client:
        page = client.get(link)
        page.raise_for_status()
        step(f"Its link opens a page at {urlsplit(link).netloc} and, so far, does nothing. Now its button is pressed:")
        done = client.post(link)
        done.raise_for_status()
    found = re.search(r'<div class="box">(.*?)</div>', done.text, re.DOTALL)
    print("    │ " + re.sub(r"<[^>]+>", "", found[1] if found else "").strip())
