"""A drill in words: EXERCISE comes first of all, and that nothing happened."""

from datetime import datetime

from service.notifications.bulletin import Bulletin, Link, Links, coming_next, sent_late
from service.notifications.foreign import named
from service.notifications.gist import Gist, inert
from service.notifications.headline import REASONS, before_all, level_word
from service.notifications.times import moment
from service.values import Drill, Notice

EXERCISE = REASONS["drill"]
NOTHING = "nothing happened"


def of_drill(notice: Notice, drill: Drill, links: Links, now: datetime, duplicate: bool) -> Bulletin:
    """The words of a drill, whatever is told of it."""
    route, by = named(drill.route, 60), named(drill.by, 60)
    also = tuple(flag for flag in before_all(notice) if flag != EXERCISE)
    return Bulletin(
        level=notice.level,
        flags=(EXERCISE, *also, NOTHING),
        headline=f"Drill of the route {route} at {level_word(notice.level)}: please answer",
        subject=f"{EXERCISE}: [Tocsin] {NOTHING}, drill of the route {route}",
        duplicate=duplicate,
        times=(f"Begun {moment(notice.decided_at, None, now.year)} by {by}", *sent_late(notice, now)),
        details=f"Nobody is in danger. It is noted who answers, how fast and on what,"
        f" until {moment(drill.until, None, now.year)}.",
        note=named(notice.note, 300),
        next=coming_next(notice, links, None, now),
        acknowledge=links.acknowledge,
        code=links.code,
        links=(Link("details", links.alert),),
        gist=Gist(inert(f"Drill of the route {route}"), facts=("please answer",)),
    )
