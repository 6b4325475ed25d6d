"""What an incoming officer is told at a hand-over, and what a drill is: bounded, so that each is one message."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, TypeVar

from service.values.words import Level

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Part(Generic[Entry]):
    """The first entries of a list, and how many `more` there are."""

    listed: tuple[Entry, ...] = ()
    more: int = 0

    @property
    def total(self) -> int:
        return len(self.listed) + self.more


@dataclass(frozen=True, slots=True)
class BriefAlert:
    """An alert in a line: where, what is said, who has it, and what comes next by itself.

    `said` is its weightiest figure in words, with its origin.  It rings for nothing until `waits_until`, as it is
    put off or silenced.
    """

    id: int
    level: Level
    place: str = ""
    country: str | None = None
    said: str = ""
    owner: str | None = None
    next: str = ""
    next_at: datetime | None = None
    waits: Literal["", "put off", "silenced"] = ""
    waits_until: datetime | None = None
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """An incident that did not ring: the figure that came closest, held against the lowest bound that rings.

    `share` is that of `bound` which `value` reaches; at 1 or above something else holds it lower, as `words` say.
    """

    incident: int
    place: str
    country: str | None
    level: Level
    value: int
    bound: int
    words: str

    @property
    def share(self) -> float:
        return self.value / self.bound


@dataclass(frozen=True, slots=True)
class SilentFeed:
    """A feed that its operators were told is silent, `since` when, and when it last answered (None: never)."""

    name: str
    since: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """An open problem of Tocsin itself."""

    alert: int
    title: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A silence in force: what does not ring, and until when."""

    silence: int
    level: Level
    until: datetime
    by: str
    why: str
    countries: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """How many texts in a language that is not read: its code, "" where it is not known, "others" for the rest."""

    language: str
    texts: int


@dataclass(frozen=True, slots=True)
class Brief:
    """What one who takes over should know of the time from `since` to `until`.

    `rang` counts the alerts that rang in it, `quiet` are those that did not because they are for the brief.
    Texts not read are counted from `unread_since` on.  `zone` (IANA) is the one to tell times in.
    `unlooked`: there were more incidents than are looked at, the oldest of which are left out.
    """

    since: datetime
    until: datetime
    rules: str
    rang: int = 0
    open: Part[BriefAlert] = Part()
    closed: Part[BriefAlert] = Part()
    quiet: Part[BriefAlert] = Part()
    near: Part[Near] = Part()
    silent: Part[SilentFeed] = Part()
    unread: tuple[Unread, ...] = ()
    unread_since: datetime | None = None
    troubles: Part[Trouble] = Part()
    held: Part[Held] = Part()
    unlooked: bool = False
    to: str | None = None
    zone: str | None = None

    @property
    def texts_not_read(self) -> int:
        return sum(one.texts for one in self.unread)


@dataclass(frozen=True, slots=True)
class Drill:
    """An exercise of a route: everyone it may come to is told, to see who answers.

    `unstaffed` are rotations of the route that nobody is on call in.
    """

    route: str
    by: str
    until: datetime
    unstaffed: tuple[str, ...] = ()
