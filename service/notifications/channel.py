"""What a channel is: how a bulletin is written for it, and the Apprise plug-in that carries it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader

from service.notifications.bulletin import Bulletin
from service.values import Message, Recipient

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase

TEMPLATES = FileSystemLoader(Path(__file__).parent / "templates")
# For every Jinja environment: a misspelt name must fail, and blocks leave no empty lines.
JINJA: dict[str, Any] = {"loader": TEMPLATES, "trim_blocks": True, "lstrip_blocks": True}
# Options of Apprise addresses that would undo what we promise: hide a failure, send twice or in
# pieces, follow a redirect, rewrite the text.
IGNORED_OPTIONS = frozenset({"optional", "retry", "wait", "overflow", "redirect", "emojis", "format", "tag", "store"})


def understood(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """A parsed Apprise address without the options that we do not let it set."""
    return {name: value for name, value in parsed.items() if name not in IGNORED_OPTIONS}


class BadAddress(ValueError):
    """No address of this channel; the text is a sentence of ours, with nothing of the address in it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A bulletin in one channel's mark-up. `subject` is the channel's own; None: the bulletin's."""

    text: str
    html: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out.

    `write` puts a bulletin in the channel's mark-up.  `plug` makes a fresh
    Apprise plug-in for one message to one recipient from the address (a
    secret); it raises BadAddress where that is no address of this channel.
    `wakes`: what arrives rings a phone beside a bed.
    """

    kind: str
    write: Callable[[Bulletin], Written]
    plug: "Callable[[Message, Recipient, str, AppriseAsset], NotifyBase]"
    wakes: bool = False
