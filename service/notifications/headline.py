"""The first line and the subject: level, place and first figure inside what a lock screen shows."""

import re
from collections.abc import Mapping, Sequence

from service.notifications import figures
from service.notifications.figures import FEW
from service.notifications.foreign import clip, named
from service.values import Facet, Incident, Level, Notice, Reason

# A lock screen shows so much: level, place and first figure must be inside it.
LOCK_SCREEN = 110
PLACE_LIMIT = 60
# What a message says first of all that brings no news.
REASONS: Mapping[Reason, str] = {
    "step": "UNANSWERED",
    "repeat": "STILL UNANSWERED",
    "ending": "YOUR CHECK ENDS SOON",
    "unacknowledged": "CHECK ENDED",
    "taken": "TAKEN",
    "snoozed": "PUT OFF",
    "woken": "DUE AGAIN",
    "assigned": "FOR YOU",
    "closed": "CLOSED",
    "reopened": "OPENED AGAIN",
    "drill": "EXERCISE",
}
# Of these, what an officer did.
DONE = frozenset(REASONS[reason] for reason in ("taken", "snoozed", "assigned", "closed"))
COMPASS = {"north": "N", "south": "S", "east": "E", "west": "W"}
DIRECTION = re.compile(r"\b(north|south)(?:ern)?[- ]?(east|west)(?:ern)?\b", re.IGNORECASE)


def flags_of(notice: Notice, incident: Incident, late: bool) -> tuple[str, ...]:
    level = level_word(notice.level)
    if _moved(notice):
        level += f" (was {level_word(notice.previous_level)})"
    late_or_not = ("LATE",) if late else ()
    return (*before_all(notice), level, *late_or_not, *_news(notice), "not verified by us", *_outlets(incident))


def _news(notice: Notice) -> tuple[str, ...]:
    return (notice.reason,) if notice.reason in ("revised", "corrected") else ()


def before_all(notice: Notice) -> tuple[str, ...]:
    """Why people are told now, where that is not news: it comes before anything else."""
    return (REASONS[notice.reason],) if notice.reason in REASONS else ()


def headline(flags: str, incident: Incident, groups: Sequence[Sequence[Facet]]) -> str:
    phrases = _phrases(groups)
    first = figures.quantity(groups[0][0].recommended.signal) if groups else phrases[0]
    room = LOCK_SCREEN - len(flags) - len("** : ") - len(first)
    return f"{_place(incident, room)}: {'; '.join(phrases)}"


def subject(notice: Notice, incident: Incident, groups: Sequence[Sequence[Facet]], late: bool) -> str:
    way = "up" if _rose(notice) else "down"
    rise = f"{way} from {level_word(notice.previous_level)}, " if _moved(notice) else ""
    why = "".join(f"{words}: " for words in before_all(notice))
    news = "".join(f"{word}, " for word in _news(notice))
    head = f"[Tocsin] {why}{level_word(notice.level)}, {rise}{news}{'LATE, ' if late else ''}unverified"
    what = ", ".join(_phrases(groups, brief=True)[:2])
    outlets = "".join(f" ({count})" for count in _outlets(incident))
    return f"{head}: {_abbreviated(_area(incident))} - {what}{outlets}"


def _phrases(groups: Sequence[Sequence[Facet]], *, brief: bool = False) -> list[str]:
    phrases = [figures.phrase([f.recommended.signal for f in group], brief=brief) for group in groups]
    more = [f"{len(phrases) - FEW} more"] if len(phrases) > FEW else []
    return (phrases[:FEW] + more) or ["no figure given"]


def _place(incident: Incident, room: int) -> str:
    """The area with its provinces, shortened as far as the room on a lock screen asks."""
    area = _area(incident)
    provinces = ", ".join(named(name, 24) for name in incident.admin1[:3] if name and name not in area)
    for candidate in (f"{area} ({provinces})" if provinces else area, area, _abbreviated(area)):
        if len(candidate) <= room:
            return candidate
    return clip(_abbreviated(area), max(room, 24))


def _area(incident: Incident) -> str:
    return named(incident.area or incident.place or incident.country, PLACE_LIMIT) or "place not known"


def short_area(incident: Incident) -> str:
    """Where it happened, as a small screen shows it."""
    return _abbreviated(_area(incident))


def _abbreviated(area: str) -> str:
    """ "North-west Syria" as "NW Syria"."""
    return DIRECTION.sub(lambda m: COMPASS[m[1].lower()] + COMPASS[m[2].lower()], area)


def _outlets(incident: Incident) -> tuple[str, ...]:
    count = len(incident.outlets)
    return (f"{count} outlet{'s' if count != 1 else ''}",) if count else ()


def _moved(notice: Notice) -> bool:
    return notice.previous_level is not None and Level.NONE < notice.previous_level != notice.level


def _rose(notice: Notice) -> bool:
    return notice.previous_level is not None and Level.NONE < notice.previous_level < notice.level


def level_word(level: Level | None) -> str:
    return level.name if level else "BELOW MINOR"
