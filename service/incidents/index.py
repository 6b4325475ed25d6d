"""Which incidents an account could be of at all: those that share a place, a name, a sentence or a hazard with it.

Holding every account against every incident of a country would cost the square of what is said in a month.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.incidents.accounts import Account
from service.incidents.ground import Ground
from service.incidents.profile import Profile
from service.values import Hazard

# However much is told of one area, an account is held against no more than these: those it shares most with.
MOST_CANDIDATES = 40
Key = tuple[str, str]
ANY = ("any", "")  # who does not say where or what may be of whatever there is


@dataclass(slots=True)
class Index:
    """Incidents by what they may share with an account."""

    founders: dict[Key, set[int]] = field(default_factory=dict)
    keys: dict[int, set[Key]] = field(default_factory=dict)

    def add(self, founder: int, profile: Profile) -> None:
        """Note what an incident holds now."""
        keys, known = set(profile_keys(profile)), self.keys.get(founder, set())
        for key in keys - known:
            self.founders.setdefault(key, set()).add(founder)
        for key in known - keys:
            self.founders[key].discard(founder)
        self.keys[founder] = keys

    def remove(self, founder: int) -> None:
        """Forget an incident."""
        for key in self.keys.pop(founder):
            self.founders[key].discard(founder)

    def candidates(self, account: Account, profiles: dict[int, Profile]) -> list[int]:
        """The incidents that share most with an account, the oldest of equals."""
        shared = Counter(founder for key in account_keys(account) for founder in self.founders.get(key, ()))
        ordered = sorted(shared, key=lambda founder: (-shared[founder], profiles[founder].rank))
        return ordered[:MOST_CANDIDATES]


def profile_keys(profile: Profile) -> Iterator[Key]:
    yield from _told(profile.ground, profile.mentioned, profile.own, profile.marks)
    yield from (("title", title) for title in profile.titles)
    yield from (("hazard", hazard) for hazard in profile.hazards)
    yield ANY
    if not profile.ground:
        yield from _nowhere(profile.hazards)


def account_keys(account: Account) -> Iterator[Key]:
    yield from _told(account.ground, account.mentioned, account.own, account.marks)
    yield "title", account.title
    yield from _nowhere(account.hazards)
    yield from (("hazard", hazard) for hazard in account.hazards)
    if not account.ground or not account.hazards:
        yield ANY


def _told(ground: Ground, mentioned: frozenset[str], names: frozenset[str], marks: frozenset[str]) -> Iterator[Key]:
    yield from (("area", area) for area in ground.areas | ground.regions)
    yield from (("town", town) for town in mentioned | ground.towns)
    yield from (("id", spot.id) for spot in ground.spots)
    yield from (("name", name) for name in names)
    yield from (("mark", mark) for mark in marks)


def _nowhere(told: frozenset[Hazard]) -> Iterator[Key]:
    """Who does not say where may be of whatever is of the same hazard, or of none that is told."""
    yield "nowhere", ""
    yield from (("nowhere", hazard) for hazard in told)
