"""Who is on call, in words to be read aloud."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from service.alerts.wall_clock import shown
from service.cli.layout import one_line
from service.notifications.times import moment, span
from service.values import NOBODY, Duty, Gap, HandOver, Override

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def told(duties: Sequence[Duty], overrides: Mapping[int, Override], now: datetime) -> Iterator[str]:
    """Every rotation with its week ahead, then the overrides."""
    if not duties:
        yield "alerts.yaml has no rotation: everyone it names is always on call."
    for duty in duties:
        yield from (f"{duty.rotation}: {duty.on_call or NOBODY} is on call.", *_ahead(duty, now), "")
    zones = {duty.rotation: duty.zone for duty in duties}
    for number, override in overrides.items():
        yield f"Override {number}: {overridden(override, zones.get(override.rotation, 'UTC'), now)}"


def _ahead(duty: Duty, now: datetime) -> Iterator[str]:
    if not duty.hand_overs:
        yield "  No hand-over in the coming week."
    for hand_over in duty.hand_overs:
        yield f"  {when(hand_over.at, duty.zone, now)}: {handed(hand_over)}."
    for gap in duty.gaps:
        yield f"  {unstaffed(gap, duty.zone, now)}."


def handed(hand_over: HandOver) -> str:
    """One hand-over as a sentence, without its full stop."""
    incoming, outgoing = hand_over.incoming, hand_over.outgoing
    if incoming == outgoing:
        return f"{incoming} goes on"
    if incoming and outgoing:
        return f"{incoming} takes over from {outgoing}"
    return f"{incoming} begins; nobody was on call" if incoming else f"{outgoing} ends, and nobody takes over"


def unstaffed(gap: Gap, zone: str, now: datetime) -> str:
    """Hours in which nobody is on call, as a sentence without its full stop."""
    start, end = when(gap.start, zone, now), when(gap.end, zone, now)
    return f"Nobody is on call from {start} to {end}, {span(gap.end - gap.start)}"


def overridden(override: Override, zone: str, now: datetime) -> str:
    """One override as a sentence."""
    start, end = when(override.start, zone, now), when(override.end, zone, now)
    instead = f"{override.person or NOBODY} is on call in {override.rotation} from {start} to {end}"
    return f"{instead}, as {one_line(override.by)} decided: {one_line(override.why)}"


def when(at: datetime, zone: str, now: datetime) -> str:
    """ "Monday 30 Nov 08:00 Damascus (05:00 UTC)"."""
    place = None if zone == "UTC" else (zone, zone.rpartition("/")[2].replace("_", " "))
    return f"{DAYS[shown(at, zone).weekday()]} {moment(at, place, now.year)}"
