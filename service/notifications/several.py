"""Several messages that waited, told in one: a line for each, with its level, place, figure and link."""

from collections.abc import Sequence
from datetime import datetime

from service.notifications import figures
from service.notifications.bulletin import Bulletin, Links, Listed, by_weight, headlined
from service.notifications.drill import EXERCISE, NOTHING
from service.notifications.foreign import clip, named
from service.notifications.gist import Gist, inert
from service.notifications.headline import headline, level_word
from service.notifications.times import moment
from service.values import Notice

# Twenty of them, with their links, must fit into one message on every channel.
LONGEST_LINE = 110


def several(told: Sequence[tuple[Notice, Links]], why: str, now: datetime, *, duplicate: bool) -> Bulletin:
    """The words of notices told together, in the order given."""
    highest = max(notice.level for notice, _ in told)
    first = min(notice.decided_at for notice, _ in told)
    what = f"{len(told)} messages in one"
    return Bulletin(
        level=highest,
        flags=(f"{level_word(highest)} and below",),
        headline=what,
        subject=f"[Tocsin] {what}, {level_word(highest)} and below",
        duplicate=duplicate,
        times=(f"They waited: {why}", f"the first was decided {moment(first, None, now.year)}"),
        listed=tuple(Listed(line(notice), links.alert) for notice, links in told),
        gist=Gist(what, facts=tuple(inert(line(notice)) for notice, _ in told)),
    )


def line(notice: Notice) -> str:
    """One notice in a line."""
    if notice.drill is not None:
        return clip(f"{EXERCISE}, {NOTHING}: drill of the route {named(notice.drill.route, 60)}", LONGEST_LINE)
    if notice.incident is None:
        title = notice.problem.title if notice.problem else ""
        return clip(f"{level_word(notice.level)} {named(title, 90) or 'something is wrong'}", LONGEST_LINE)
    groups = headlined(notice, figures.together(by_weight(notice, notice.incident)))
    level = level_word(notice.level)
    return clip(f"{level} {headline(level, notice.incident, groups)}", LONGEST_LINE)
