"""What tells an incident from others: everything its accounts say, gathered as they join."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from service.incidents.accounts import Account, Value, canonical
from service.incidents.ground import Ground
from service.values import Cause, Hazard

Counted = tuple[str, str, str | None]
# A time: from when until when.
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Profile:
    """An incident as it stands after some of its accounts; `founder` is a figure of the one that founded it.

    `home` is where that account played; by `words`, its own, incidents founded at one moment are ordered.
    `two` holds when it still was two incidents; `ruled`: an officer said something of a figure of it.
    """

    founder: int
    founded: datetime
    last_said: datetime
    ground: Ground
    home: Ground
    days: tuple[date, ...] = ()
    hazards: frozenset[Hazard] = frozenset()
    causes: frozenset[Cause] = frozenset()
    values: frozenset[Value] = frozenset()
    marks: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    mentioned: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    anew: bool = False
    titles: frozenset[str] = frozenset()
    accounts: int = 0
    words: tuple[str, str, str, int] = ("", "", "", 0)
    two: tuple[Span, ...] = ()
    ruled: bool = False
    publishers: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    @property
    def rank(self) -> tuple[datetime, tuple[str, str, str, int], int]:
        """Orders incidents by their age, whatever numbers they have."""
        return self.founded, self.words, self.founder

    def joined(self, account: Account) -> "Profile":
        """The profile with one account more. One that holds nothing which may ring tells us nothing."""
        ruled = self.ruled or account.ruled
        if not account.alertable:
            return replace(self, accounts=self.accounts + 1, ruled=ruled)
        return replace(
            self,
            last_said=max(self.last_said, account.said_at),
            ground=self.ground | account.ground,
            days=tuple(sorted({*self.days, *account.days})),
            hazards=self.hazards | account.hazards,
            causes=self.causes | account.causes,
            values=self.values | account.values,
            marks=self.marks | account.marks,
            names=self.names | account.names,
            mentioned=self.mentioned | account.mentioned,
            sources=self.sources | account.sources,
            titles=self.titles | ({account.title} if account.title else frozenset()),
            accounts=self.accounts + 1,
            ruled=ruled,
            publishers=self.publishers | {account.publisher},
            own=self.own | account.own,
            told=self.told | account.told,
        )

    def united(self, other: "Profile", now: datetime) -> "Profile":
        """The profile of this incident and a younger one, which are found to be one at that moment."""
        return replace(
            self,
            last_said=max(self.last_said, other.last_said),
            ground=self.ground | other.ground,
            days=tuple(sorted({*self.days, *other.days})),
            hazards=self.hazards | other.hazards,
            causes=self.causes | other.causes,
            values=self.values | other.values,
            marks=self.marks | other.marks,
            names=self.names | other.names,
            mentioned=self.mentioned | other.mentioned,
            sources=self.sources | other.sources,
            titles=self.titles | other.titles,
            accounts=self.accounts + other.accounts,
            publishers=self.publishers | other.publishers,
            own=self.own | other.own,
            told=self.told | other.told,
            two=(*self.two, *other.two, (other.founded, now)),
        )

    def two_before(self, at: datetime) -> tuple[Span, ...]:
        """When it was two, of what was over by a moment."""
        return tuple((start, end) for start, end in self.two if end < at)

    def peak(self, counted: Counted) -> int:
        """The largest number told of a kind, type and unit; 0 where none was."""
        return max((low for kind, type_, low, unit in self.values if (kind, type_, unit) == counted), default=0)


def whole(at: datetime, profiles: Iterable[Profile]) -> datetime:
    """The moment, or one before it, at which no incident was two that are one since."""
    spans = [span for profile in profiles for span in profile.two]
    while around := [start for start, end in spans if start < at <= end]:
        at = min(around)
    return at


def founder_of(account: Account) -> int:
    """The figure that an incident is numbered by if the account founds it: the first of those that may ring."""
    ringing = (figure.id for figure in account.figures if figure.signal.alertable)
    return min(ringing, default=account.figures[0].id)


def founded_by(account: Account, founder: int | None = None) -> Profile:
    """The profile of the incident that an account founds."""
    first = account.figures[0]
    empty = Profile(
        founder=founder_of(account) if founder is None else founder,
        founded=account.said_at,
        last_said=account.said_at,
        ground=account.ground,
        home=account.ground,
        anew=account.anew,
        words=(*canonical(first)[1:], first.signal.evidence.start),
    )
    return empty.joined(account)


def profile_of(told: Sequence[Account], founder: int) -> Profile:
    """The profile that accounts in canonical order make; there is at least one."""
    founding = next((one for one in told if founder in {figure.id for figure in one.figures}), told[0])
    profile = founded_by(founding, founder)
    for account in told:
        profile = profile if account is founding else profile.joined(account)
    return profile


@cache
def _data() -> TypeAdapter[Profile]:
    return TypeAdapter(Profile)


def as_data(profile: Profile) -> Any:
    """A profile as plain data, to be kept as JSON."""
    return _data().dump_python(profile, mode="json", exclude_defaults=True)


def from_data(data: Any) -> Profile:
    """The profile that plain data hold."""
    return _data().validate_python(data)
