"""What is wrong, as data: one list, which alerts of the operators, metrics and the ready page all show (pure)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from service.health.silence import silence
from service.health.state import FeedState, State
from service.values import Journey, Problem, Pulse

DAY = 86_400.0
# Looks of beat that may fail to come where they are rarer than the limit.
LOOKS_MISSED = 3
# The kinds of problem, which their keys begin with.
KINDS = ("rules-missing", "stage", "undelivered", "feed", "quiet", "yield", "clock", "disk", "synthetic", "beat")


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is a problem. Times are in seconds, sizes in bytes.

    A feed is quiet once it brought nothing for `quiet_times` the longest it ever went without, and never before
    `quiet_least` (as long as it is not known for so long, before `known_after`); it has lost its yield after
    `barren` changes without a readable item.
    """

    waited: float = 120
    undelivered: float = 900
    quiet_times: float = 2
    quiet_least: float = DAY
    known_after: float = 7 * DAY
    barren: int = 3
    skew: float = 5
    jump: float = 30
    jump_told: float = 600
    room: int = 512 * 2**20
    journey: float = 120
    look: float = 120


LIMITS = Limits()


def problems(state: State, limits: Limits = LIMITS) -> tuple[Problem, ...]:
    """Everything that is wrong, the most pressing first; keys are equal for equal problems."""
    return (
        *no_rules(state),
        *unwatched(state, limits),
        *stages(state, limits),
        *synthetic(state, limits),
        *outbox(state, limits),
        *clocks(state, limits),
        *disk(state, limits),
        *(problem for feed in state.feeds for problem in of_feed(feed, state, limits)),
    )


def no_rules(state: State) -> Iterator[Problem]:
    if state.rules is None:
        yield Problem("rules-missing", "no rules are in force yet", "Start `tocsin beat` with a good alerts.yaml")


def unwatched(state: State, limits: Limits) -> Iterator[Problem]:
    """Beat looks at everything; where it stopped, nobody rings what is due."""
    if state.look is None:
        return
    seconds = (state.machine - state.look.at).total_seconds()
    if seconds > max(limits.look, LOOKS_MISSED * state.look_every):
        yield Problem("beat", "`tocsin beat` does not look any more", f"It last did {span(seconds)} ago")


def stages(state: State, limits: Limits) -> Iterator[Problem]:
    for name, seconds in state.waited.items():
        if seconds > limits.waited:
            detail = f"What has been due longest there, for {span(seconds)}; are workers of its lane running?"
            yield Problem(f"stage:{name}", f"the queue '{name}' has waited {span(limits.waited)} or longer", detail)


def outbox(state: State, limits: Limits) -> Iterator[Problem]:
    if state.undelivered > limits.undelivered:
        detail = f"The oldest has waited for {span(state.undelivered)}"
        yield Problem("undelivered", f"messages wait for more than {span(limits.undelivered)}", detail)


def synthetic(state: State, limits: Limits) -> Iterator[Problem]:
    """The whole path is walked every few minutes; a report that does not arrive says that it is broken somewhere."""
    late = 0.0 if state.journey is None else overdue(state.journey, state, limits)
    if late > 0:
        title = "the report that Tocsin sends itself does not arrive"
        yield Problem(
            "synthetic", title, f"It is {span(late)} late: reading, gathering, deciding or sending stands still"
        )


def overdue(journey: Journey, state: State, limits: Limits) -> float:
    """How late a synthetic report is, in seconds; none has set out for long enough counts as well."""
    if journey.waiting_since is not None:
        return (state.machine - journey.waiting_since).total_seconds() - limits.journey
    return (state.machine - journey.started_at).total_seconds() - state.every - limits.journey


def clocks(state: State, limits: Limits) -> Iterator[Problem]:
    if state.skew is not None and abs(state.skew) > limits.skew:
        detail = f"They are {span(abs(state.skew))} apart; let both follow a time server"
        yield Problem("clock:skew", "the clocks of the database and of this machine differ", detail)
    look = state.look
    if look is None or look.jumped_at is None:
        return
    if (state.machine - look.jumped_at).total_seconds() < limits.jump_told:
        way = "forward" if look.jumped_by > 0 else "back"
        detail = f"By {span(abs(look.jumped_by))}, at {look.jumped_at:%Y-%m-%d %H:%M} UTC"
        yield Problem("clock:jump", f"the machine's clock jumped {way}", detail)


def disk(state: State, limits: Limits) -> Iterator[Problem]:
    if state.room is not None and state.room.free < limits.room:
        detail = f"{state.room.free // 2**20} MiB are free; the database needs them to go on"
        yield Problem("disk", "the disk of the data folder is nearly full", detail)


def of_feed(feed: FeedState, state: State, limits: Limits) -> Iterator[Problem]:
    """A feed fails; or, which is worse as nobody is told, it answers well and brings nothing, or nothing readable."""
    failing = silence(feed.name, feed.failures, feed.error or "")
    if failing is not None:
        yield failing
        return
    pulse = feed.pulse
    seconds = (state.now - pulse.new_at).total_seconds() if pulse.new_at else 0.0
    if seconds > usual(pulse, limits):
        detail = f"Nothing new for {span(seconds)}; the longest before was {span(pulse.longest or 0)}"
        yield Problem(f"quiet:{feed.name}", f"The feed '{feed.name}' answers but brings nothing new", detail)
    yield from _barren(feed, limits)


def usual(pulse: Pulse, limits: Limits) -> float:
    """How long a feed may bring nothing without that being strange, in seconds."""
    if pulse.longest is None or pulse.first_at is None or pulse.new_at is None:
        return math.inf
    watched = (pulse.new_at - pulse.first_at).total_seconds()
    least = limits.quiet_least if watched >= limits.known_after else limits.known_after
    return max(least, limits.quiet_times * pulse.longest)


def _barren(feed: FeedState, limits: Limits) -> Iterator[Problem]:
    lost = {"a date": feed.pulse.undated, "a text": feed.pulse.textless}
    names = [name for name, changes in lost.items() if changes is not None and changes >= limits.barren]
    if names:
        detail = "They did before: its form may have changed, or only titles are sent"
        yield Problem(f"yield:{feed.name}", f"Items of the feed '{feed.name}' have lost {' and '.join(names)}", detail)


def span(seconds: float) -> str:
    """A span as people say it: 90 s, 12 min, 5 h, 3 d."""
    for unit, size in (("d", DAY), ("h", 3600.0), ("min", 60.0)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
