"""Is an account of one happening of an incident? A scored decision that says why.

Each feature that holds gives points, for or against, and words that explain it; an account joins the incident
of most points, if these are enough.  The points are a table, fitted to scenarios of our own by
`benchmarks/fit_pairs.py` and tried on others.
"""

from dataclasses import dataclass
from datetime import timedelta

from service.incidents.accounts import Account
from service.incidents.features import features
from service.incidents.ground import Ground
from service.incidents.hazards import related, shared
from service.incidents.points import ENOUGH, POINTS
from service.incidents.profile import Profile

# Reports further apart than this are of two happenings, until later ones say otherwise.
WINDOW = timedelta(days=14)
# Nothing goes on for longer than this as one incident, and none takes more reports than that: a war is
# many incidents, not one.  The next report founds one anew.
LONGEST = timedelta(days=28)
MOST_ACCOUNTS = 400
# When one account fits two incidents as well as this, the two are one.
UNITES = 3.0
# In a standing crisis an incident is an area's day.
A_DAY = timedelta(hours=24)
APART = ("other_hazard", "other_cause")


@dataclass(frozen=True, slots=True)
class Match:
    """An account held against an incident: what holds of the two, each with its words."""

    found: tuple[tuple[str, str], ...]

    @property
    def total(self) -> float:
        return round(sum(POINTS[name] for name, _ in self.found), 1)

    @property
    def words(self) -> str:
        return self.words_for(ENOUGH)

    def words_for(self, takes: float) -> str:
        """The points and what they are for, with how many it takes."""
        told = [f"{words} {POINTS[name]:+g}" for name, words in self.found if POINTS[name]]
        return f"{', '.join(told)}: {self.total:g} of the {takes:g} it takes"


def compare(account: Account, profile: Profile) -> Match:
    """How well an account fits an incident of its country."""
    return Match(tuple(features(account, profile)))


def enough(match: Match, by_day: bool = False) -> bool:
    """Do the points suffice? In a standing crisis an area's day is one incident, unless something else happened."""
    apart = any(name in APART for name, _ in match.found)
    return match.total >= ENOUGH or (by_day and not apart)


def possible(account: Account, profile: Profile, by_day: bool = False) -> bool:
    """Could the account be the incident's at all: by time, by its size, in a standing crisis by its area's day?"""
    if profile.accounts >= MOST_ACCOUNTS or account.said_at - profile.founded > LONGEST:
        return False
    if account.said_at - profile.last_said > WINDOW:
        return False
    if by_day and not account.marks & profile.marks:
        return account.said_at - profile.founded < A_DAY and _one_area(account.ground, profile.home)
    return True


def are_one(older: Profile, younger: Profile) -> bool:
    """May two incidents that one account fits well be one? Not where a report or an officer told them apart."""
    if younger.anew or older.ruled or younger.ruled or older.accounts + younger.accounts >= MOST_ACCOUNTS:
        return False
    told = older.hazards, younger.hazards
    return not all(told) or bool(shared(*told)) or related(*told)


def _one_area(one: Ground, other: Ground) -> bool:
    return bool(one.areas & other.areas) if one.areas and other.areas else one.areas == other.areas
