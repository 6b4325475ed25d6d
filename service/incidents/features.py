"""What an account and an incident have in common, or not: each feature by its name and in words."""

from collections.abc import Iterator
from datetime import date

from service.incidents import hazards
from service.incidents.accounts import Account
from service.incidents.ground import Ground, apart, same_spot
from service.incidents.profile import Profile

# A title this long is a story's own; shorter ones ("Flash update 1") are anybody's (characters).
TELLING_TITLE = 25
# A count from here on, or one that is not round, is hardly twice the same by chance.
TELLING_COUNT = 20

# The features of two that name different places.
ELSEWHERE = ("areas", "in_area")

Feature = tuple[str, str]


def features(account: Account, profile: Profile) -> Iterator[Feature]:
    """Everything that holds of an account beside an incident."""
    where, _ = found = place(account, profile)
    elsewhere = where.startswith(ELSEWHERE)
    yield found
    yield time(account, profile, elsewhere)
    yield from what(account, profile)
    yield from figures(account, profile, elsewhere)
    yield from wording(account, profile, elsewhere)
    yield from named(account, profile)
    yield from heard(account, profile)
    if account.anew and not profile.anew:
        yield "another", "told as another one"
    if account.sources & profile.sources:
        yield "same_source", "the same source"


# --- where ------------------------------------------------------------------


def place(account: Account, profile: Profile) -> Feature:
    """The same town, the same area, or how far apart."""
    wide = hazards.wide(account.hazards | profile.hazards)
    if not account.ground or not profile.ground:
        return _somewhere(account.ground, profile.ground, wide)
    return _spot(account.ground, profile) or _area(account.ground, profile.ground, wide)


def _somewhere(here: Ground, there: Ground, wide: bool) -> Feature:
    if both := sorted(here.regions & there.regions):
        return _of("one_region", wide), f"the same region ({both[0].title()})"
    return _of("nowhere", wide), "one of the two does not say where in the country"


def _spot(here: Ground, profile: Profile) -> Feature | None:
    if shared := _shared_spot(here, profile.home):
        return "one_spot", f"the same place ({shared.title()})"
    if shared := _shared_spot(here, profile.ground):
        return "one_later_spot", f"a place it came to ({shared.title()})"
    return None


def _area(here: Ground, there: Ground, wide: bool) -> Feature:
    far = apart(here, there)
    common = sorted(here.areas & there.areas)
    if common and not (here.spots and there.spots):
        return _of("one_area", wide), f"the same area ({common[0].title()})"
    if common:
        return f"{_of('in_area', wide)}_{_distance(far)}", f"places of one area ({common[0].title()}){_km(far)}"
    return f"{_of('areas', wide)}_{_distance(far)}", f"different areas{_km(far)}"


def _shared_spot(here: Ground, there: Ground) -> str | None:
    return next((a.name for a in here.spots for b in there.spots if same_spot(a, b)), None)


def _of(name: str, wide: bool) -> str:
    return f"{name}_wide" if wide else name


def _distance(far: float | None) -> str:
    if far is None:
        return "unknown"
    return "near" if far < 40 else "apart" if far < 150 else "far"


def _km(far: float | None) -> str:
    return "" if far is None else f", {far:.0f} km apart"


# --- when -------------------------------------------------------------------


def time(account: Account, profile: Profile, elsewhere: bool) -> Feature:
    """The days the texts give, else when they were published."""
    both = account.hazards | profile.hazards
    if account.days and profile.days:
        gap, speed = days_between(account.days, profile.days), "sudden" if hazards.instant(both) else "lasting"
        name = f"dated_{_days(gap)}_{speed}"
        return (
            f"{name}_elsewhere" if elsewhere and gap < 1 else name,
            "told of the same day" if gap < 1 else f"told of days {gap} apart",
        )
    gap, speed = max(0, (account.said_at - profile.last_said).days), "sudden" if hazards.sudden(both) else "lasting"
    words = "published within a day" if gap < 1 else f"published {gap} days apart"
    return f"published_{_days(gap)}_{speed}", words


def days_between(some: tuple[date, ...], others: tuple[date, ...]) -> int:
    """Days between two spans of days; 0 where they touch."""
    return max(0, (some[0] - others[-1]).days, (others[0] - some[-1]).days)


def _days(gap: int) -> str:
    return "0" if gap < 1 else "1" if gap < 2 else "3" if gap <= 3 else "7" if gap <= 7 else "more"


# --- what -------------------------------------------------------------------


def what(account: Account, profile: Profile) -> Iterator[Feature]:
    """What happened: hazards, else causes."""
    here, there = account.hazards, profile.hazards
    if here and there:
        if shared := sorted(hazards.shared(here, there)):
            yield "same_hazard", f"both {shared[0]}"
        elif hazards.related(here, there):
            name = "related_hazard_wide" if hazards.wide(here | there) else "related_hazard"
            yield name, f"{min(here)} goes with {min(there)}"
        else:
            yield "other_hazard", f"{min(here)} is not {min(there)}"
    elif account.causes and profile.causes and not account.causes & profile.causes:
        yield "other_cause", f"{min(account.causes)} is not {min(profile.causes)}"


def figures(account: Account, profile: Profile, elsewhere: bool) -> Iterator[Feature]:
    """Equal counts speak for one happening where the places do not speak against; a far smaller one against."""
    if same := account.values & profile.values:
        number = max(low for _, _, low, _ in same)
        telling = any(low >= TELLING_COUNT or low % 5 for _, _, low, _ in same)
        name = "same_count" if telling else "same_round_count"
        yield f"{name}_elsewhere" if elsewhere else name, f"the same figure ({number:,})"
        return
    known = [(low, profile.peak((kind, type_, unit))) for kind, type_, low, unit in account.values]
    compared = [(low, peak) for low, peak in known if peak]
    if account.corrects and any(low < peak for low, peak in compared):
        yield "corrected", "a figure taken back"
    elif compared and all(low * 2 < peak for low, peak in compared):
        yield "fallen", "far smaller figures than before"
    elif compared and all(peak <= low <= peak * 3 for low, peak in compared):
        yield "risen_elsewhere" if elsewhere else "risen", "figures a little higher than before"
    elif not compared and account.values and profile.values:
        yield "other_figures", "figures of other kinds"


# --- how it is told ---------------------------------------------------------


def wording(account: Account, profile: Profile, elsewhere: bool) -> Iterator[Feature]:
    """A sentence or a title word for word; a publisher's own sentence of somewhere else is its form."""
    form = elsewhere and account.publisher in profile.publishers
    if account.marks & profile.marks and not form:
        yield "same_sentence", "a sentence word for word"
    elif account.title in profile.titles and len(account.title) >= TELLING_TITLE:
        yield "same_title", "the same title"


def named(account: Account, profile: Profile) -> Iterator[Feature]:
    """Names that the facts of both give (of a storm, a street, a ship)."""
    if shared := sorted(account.names & profile.names):
        yield "names" if len(shared) > 1 else "name", f"both name {', '.join(shared[:3]).title()}"


def heard(account: Account, profile: Profile) -> Iterator[Feature]:
    """How many names of the facts of either the whole of the other gives too."""
    both = len((account.own & profile.told) | (profile.own & account.told))
    wide = hazards.wide(account.hazards | profile.hazards)
    words = f"{both} names" if both > 1 else "a name" if both else "no name"
    if account.own and profile.own:
        yield _of(f"heard_{min(3, both)}", wide), f"{words} in common"
    elif account.own or profile.own:
        yield _of(f"heard_of_one_{min(2, both)}", wide), f"{words} of the one in the other"
