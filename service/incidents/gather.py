"""Figures of one country become incidents: a pure function of their set, whatever order they came in.

Reports are taken in canonical order (when they were said, then by their words), and each account of a
happening joins the incident it fits best, or founds one.  What came before a report is therefore all that
decides on it: with a late report everything is judged anew from there on, and only from there.  What an
officer put somewhere waits until the figure it was put to has its place.

Where an account fits two incidents very well, it shows that they are one: the younger becomes part of the
older.  To gather anew from a moment between is to gather from before the younger was founded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.incidents.accounts import Account, account, accounts, by_report
from service.incidents.index import Index
from service.incidents.match import UNITES, Match, are_one, compare, enough, possible
from service.incidents.pins import Rulings
from service.incidents.profile import Profile, Span, founded_by, founder_of, profile_of
from service.values import Figure

FOUNDED = "it founded the incident"


@dataclass
class Gathering:
    """The incidents of a country while its reports are taken one after another.

    `homes` tells the incident (its founder) of each figure taken, None where it tells of nothing, `why` the
    reason; `profiles` and `homes` may hold what was gathered before.  `united` leads from an incident that
    became part of another to that one, with why.
    """

    by_area_and_day: bool = False
    rulings: Rulings = field(default_factory=Rulings)
    profiles: dict[int, Profile] = field(default_factory=dict)
    homes: dict[int, int | None] = field(default_factory=dict)
    why: dict[int, str] = field(default_factory=dict)
    united: dict[int, tuple[int, str]] = field(default_factory=dict)
    waiting: dict[int, list[Account]] = field(default_factory=dict)
    index: Index = field(default_factory=Index)

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
        told = accounts(rest, self.by_area_and_day) if rest else []
        told += [account(group, alone=len(group) == len(report)) for group in put.values()]
        leaders = self.rulings.leaders.keys()
        yield from (replace(one, ruled=not leaders.isdisjoint(figure.id for figure in one.figures)) for one in told)

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
        apart = {self.homes.get(other) for other in self.rulings.not_with(ids)}
        best = self._best(one, apart)
        if best is not None and enough(best[1], self.by_area_and_day):
            return best[0], best[1].words
        return (founder_of(one), _founding(best)) if one.founding else (None, "it tells of nothing by itself")

    def _best(self, one: Account, apart: set[int | None]) -> tuple[int, Match] | None:
        """The incident an account fits best, the oldest of equals; those it shows to be one are one first."""
        self._index_all()
        fitting = self._fitting(one, apart)
        if one.alertable and not self.by_area_and_day and self._unite(one, fitting):
            fitting = self._fitting(one, apart)
        return min(fitting, key=lambda pair: (-pair[1].total, self.profiles[pair[0]].rank), default=None)

    def _fitting(self, one: Account, apart: set[int | None]) -> list[tuple[int, Match]]:
        return [
            (founder, compare(one, self.profiles[founder]))
            for founder in self.index.candidates(one, self.profiles)
            if founder not in apart and possible(one, self.profiles[founder], self.by_area_and_day)
        ]

    def _unite(self, one: Account, fitting: Iterable[tuple[int, Match]]) -> bool:
        """Make one of the incidents that an account fits very well; were there such?"""
        very_well = [(founder, match) for founder, match in fitting if match.total >= UNITES]
        very_well.sort(key=lambda pair: self.profiles[pair[0]].rank)
        known = len(self.united)
        for founder, match in very_well[1:]:
            if are_one(self.profiles[very_well[0][0]], self.profiles[founder]):
                self._absorb(very_well[0][0], founder, one, match)
        return len(self.united) > known

    def _absorb(self, older: int, younger: int, one: Account, match: Match) -> None:
        """The younger of two incidents becomes part of the older."""
        gone = self.profiles.pop(younger)
        self.index.remove(younger)
        self._keep(older, self.profiles[older].united(gone, one.said_at))
        self.united[younger] = older, f"part of this since “{one.title}”, which fits both: {match.words_for(UNITES)}"
        for figure in [figure for figure, home in self.homes.items() if home == younger]:
            self.move(figure, younger, self.why.get(figure, ""))

    def move(self, figure: int, founder: int, why: str) -> None:
        """Put a figure of an incident that became part of another where that is now, adding why."""
        while founder in self.united:
            founder, reason = self.united[founder]
            why = f"{why}; {reason}"
        self.homes[figure], self.why[figure] = founder, why

    def _index_all(self) -> None:
        """Index what was gathered before."""
        for founder in self.profiles.keys() - self.index.keys.keys():
            self._keep(founder, self.profiles[founder])

    def _keep(self, founder: int, profile: Profile) -> None:
        self.profiles[founder] = profile
        self.index.add(founder, profile)

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
    figures: Iterable[Figure],
    homes: Mapping[int, int | None],
    gathering: Gathering,
    two: Mapping[int, tuple[Span, ...]],
) -> Iterator[tuple[int, Profile]]:
    """The incidents as they stood after figures that were gathered before: founder, profile.

    `two` tells of each when before that it was two.
    """
    told: dict[int, list[Account]] = {}
    for report in by_report(sorted(figures, key=lambda figure: figure.id)):
        for one in gathering.accounts_of(report):
            for home, part in _by_home(one, homes):
                told.setdefault(home, []).append(part)
    return ((founder, replace(profile_of(ours, founder), two=two.get(founder, ()))) for founder, ours in told.items())


def _by_home(one: Account, homes: Mapping[int, int | None]) -> list[tuple[int, Account]]:
    """An account with its home; in parts where it was gathered as several, by other rules than today's."""
    parts = members(one.figures, homes)
    undivided = any(len(part) == len(one.figures) for part in parts.values())
    return [
        (home, one if undivided else replace(account(part, alone=False), ruled=one.ruled))
        for home, part in parts.items()
    ]


def members(figures: Iterable[Figure], homes: Mapping[int, int | None]) -> dict[int, list[Figure]]:
    """Figures by the founder of their incident, without those that tell of none."""
    groups: dict[int, list[Figure]] = {}
    for figure in figures:
        home = homes[figure.id]
        if home is not None:
            groups.setdefault(home, []).append(figure)
    return groups
