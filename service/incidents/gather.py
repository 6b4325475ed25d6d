"""Figures of one country become incidents: a pure function of their set, whatever order they came in.

Reports are taken in canonical order (when they were said, then by their words), and each account of a
happening joins the incident it fits best, or founds one.  What came before a report is therefore all that
decides on it: with a late report everything is judged anew from there on, and only from there.  What an
officer put somewhere waits until the figure it was put to has its place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from service.incidents.accounts import Account, account, accounts, by_report
from service.incidents.index import Index
from service.incidents.match import Match, compare, enough, possible
from service.incidents.pins import Rulings
from service.incidents.profile import Profile, founded_by, founder_of, profile_of
from service.values import Figure

FOUNDED = "it founded the incident"


@dataclass
class Gathering:
    """The incidents of a country while its reports are taken one after another.

    `homes` tells the incident (its founder) of each figure taken, None where it tells of nothing, `why` the
    reason; `profiles` and `homes` may hold what was gathered before.
    """

    by_area_and_day: bool = False
    rulings: Rulings = field(default_factory=Rulings)
    profiles: dict[int, Profile] = field(default_factory=dict)
    homes: dict[int, int | None] = field(default_factory=dict)
    why: dict[int, str] = field(default_factory=dict)
    waiting: dict[int, list[Account]] = field(default_factory=dict)
    index: Index = field(default_factory=Index)
    indexed: set[int] = field(default_factory=set)

    def take(self, report: Sequence[Figure]) -> None:
        """Place every account of a report."""
        for one in self.accounts_of(report):
            self._place(one)

    def accounts_of(self, report: Sequence[Figure]) -> Iterator[Account]:
        """The accounts of a report; what officers put somewhere is one by itself for each place."""
        put: dict[int, list[Figure]] = {}
        rest = []
        for figure in report:
            if self.rulings.taken(figure.id):
                put.setdefault(self.rulings.leaders[figure.id], []).append(figure)
            else:
                rest.append(figure)
        yield from accounts(rest, self.by_area_and_day) if rest else ()
        yield from (account(group, alone=len(group) == len(report)) for group in put.values())

    def end(self) -> None:
        """Place by themselves what waits for figures that never came."""
        left = [one for waiting in self.waiting.values() for one in waiting]
        self.waiting.clear()
        for one in left:
            self._settle(one, *self._choose(one))

    def _place(self, one: Account) -> None:
        leader = self._followed(one)
        if leader is None:
            self._settle(one, *self._choose(one))
        elif leader in self.homes:
            self._follow(one, self.homes[leader])
        else:
            self.waiting.setdefault(leader, []).append(one)

    def _followed(self, one: Account) -> int | None:
        """The figure an account goes with by an officer's word, if that is not in it."""
        leader = self.rulings.leaders.get(one.figures[0].id)
        return None if leader in {figure.id for figure in one.figures} else leader

    def _follow(self, one: Account, founder: int | None) -> None:
        """Put an account where the figure is that it goes with; if that is nowhere, it stands by itself."""
        if founder is None:
            self._settle(one, *self._choose(one))
        else:
            self._settle(one, founder, f"put here by {self.rulings.who[one.figures[0].id]}")

    def _choose(self, one: Account) -> tuple[int | None, str]:
        """The founder of the incident an account belongs to, and why."""
        ids = {figure.id for figure in one.figures}
        if ids & self.rulings.own and one.alertable:
            return founder_of(one), f"put apart by {self.rulings.who[min(ids & self.rulings.own)]}"
        best = self._best(one, {self.homes.get(other) for other in self.rulings.not_with(ids)})
        if best is not None and enough(best[1], self.by_area_and_day):
            return best[0], best[1].words
        return (founder_of(one), _founding(best)) if one.founding else (None, "it tells of nothing by itself")

    def _best(self, one: Account, apart: set[int | None]) -> tuple[int, Match] | None:
        """The incident an account fits best, the oldest of equals."""
        self._index_all()
        fitting = [
            (founder, compare(one, self.profiles[founder]))
            for founder in self.index.candidates(one, self.profiles)
            if founder not in apart and possible(one, self.profiles[founder], self.by_area_and_day)
        ]
        return min(fitting, key=lambda pair: (-pair[1].total, self.profiles[pair[0]].rank), default=None)

    def _index_all(self) -> None:
        """Index what was gathered before."""
        for founder in self.profiles.keys() - self.indexed:
            self._keep(founder, self.profiles[founder])

    def _keep(self, founder: int, profile: Profile) -> None:
        self.profiles[founder] = profile
        self.index.add(founder, profile)
        self.indexed.add(founder)

    def _settle(self, one: Account, founder: int | None, why: str) -> None:
        """Put an account into an incident, and after it what waited for a figure of it."""
        for figure in one.figures:
            self.homes[figure.id], self.why[figure.id] = founder, why
        if founder is not None:
            known = self.profiles.get(founder)
            self._keep(founder, known.joined(one) if known else founded_by(one))
        for figure in one.figures:
            for follower in self.waiting.pop(figure.id, ()):
                self._follow(follower, founder)


def _founding(best: tuple[int, Match] | None) -> str:
    return f"{FOUNDED}; the nearest other: {best[1].words}" if best else FOUNDED


def gather(figures: Iterable[Figure], gathering: Gathering | None = None) -> Gathering:
    """Gather figures of one country, after those that `gathering` holds already."""
    gathering = gathering or Gathering()
    for report in by_report(sorted(figures, key=lambda figure: figure.id)):
        gathering.take(report)
    gathering.end()
    return gathering


def standing(
    figures: Iterable[Figure], homes: Mapping[int, int | None], gathering: Gathering
) -> Iterator[tuple[int, Profile]]:
    """The incidents as they stood after figures that were gathered before: founder, profile."""
    told: dict[int, list[Account]] = {}
    for report in by_report(sorted(figures, key=lambda figure: figure.id)):
        for one in gathering.accounts_of(report):
            for home, part in _by_home(one, homes):
                told.setdefault(home, []).append(part)
    return ((founder, profile_of(ours, founder)) for founder, ours in told.items())


def _by_home(one: Account, homes: Mapping[int, int | None]) -> list[tuple[int, Account]]:
    """An account with its home; in parts where it was gathered as several, by other rules than today's."""
    parts = members(one.figures, homes)
    whole = [home for home, part in parts.items() if len(part) == len(one.figures)]
    return [(home, one if whole else account(part, alone=False)) for home, part in parts.items()]


def members(figures: Iterable[Figure], homes: Mapping[int, int | None]) -> dict[int, list[Figure]]:
    """Figures by the founder of their incident, without those that tell of none."""
    groups: dict[int, list[Figure]] = {}
    for figure in figures:
        home = homes[figure.id]
        if home is not None:
            groups.setdefault(home, []).append(figure)
    return groups
