"""A drill: everyone a route may come to is told by every contact, and who answers is read from the log (pure)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from service.alerts.route import contacts
from service.alerts.watch import Watch
from service.errors import Refused
from service.rules.model import Route
from service.values import Alert, Drill, Line, Notice, Outcome, Telling

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=1)
# Acts by which somebody shows that a drill reached them.
ANSWERS = frozenset(("acknowledged", "acknowledged too", "checking still"))


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answered first when, and from where ("link", "email", "sms", "api", "console")."""

    officer: str
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Reached:
    """One message of a drill: `state` is that of the outbox ("pending", "sending", "sent", "failed")."""

    channel: str
    state: str
    error: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Drilled:
    """One recipient: how they were told, and their first answer (None: none)."""

    recipient: str
    messages: tuple[Reached, ...]
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Drilling:
    """A drill as far as it has come. `others` answered who were not told, by any name they have here."""

    id: int
    drill: Drill
    begun: datetime
    over: bool
    people: tuple[Drilled, ...]
    others: tuple[Answer, ...] = ()

    @property
    def all_answered(self) -> bool:
        """Did everybody, and is somebody on call wherever the route asks for it?"""
        return not self.drill.unstaffed and all(one.answer for one in self.people)


# --- beginning ------------------------------------------------------------------


def begun(route: Route, watch: Watch, by: Line, wait: timedelta, now: datetime) -> Outcome:
    """A drill with its messages. Raises Refused (422) where it would be too short or too long, or tell nobody.

    Whoever the route names at any step is told, and of a rotation who is on call: nobody else's night is broken.
    It never escalates and never repeats: it has no steps.
    """
    if not SHORTEST <= wait <= LONGEST:
        raise Refused("A drill waits for a minute at least, for a day at most.", status=422)
    people = watch.people(route.names, now)
    if not people:
        raise Refused(f"The route '{route.name}' reaches nobody now: nobody is on call.", status=422)
    unstaffed = tuple(name for name in route.names if not watch.people((name,), now))
    drill = Drill(route.name, by.actor, now + wait, unstaffed)
    alert = Alert(
        0, "open", route.level, revision=1, opened_at=now, kind="drill", news=1, told=people, ends_at=drill.until
    )
    # Backups too: a drill is to find the one that does not work.
    told = contacts(watch.rules, people, backups=True)
    notice = Notice(0, 1, "drill", alert.level, now, drill=drill, next="the exercise ends", next_at=drill.until)
    line = replace(by, act="drilled", detail=f"the route {route.name}; told {', '.join(people)}")
    return Outcome(alert, (Telling(notice, told),), (line,))


# --- what came of it ------------------------------------------------------------


def so_far(
    alert: Alert, drill: Drill, messages: Mapping[str, Sequence[Reached]], answers: Iterable[Answer]
) -> Drilling:
    """A drill as far as it has come, by its messages to each recipient and the answers in the order they came."""
    first: dict[str, Answer] = {}
    for answer in answers:
        first.setdefault(answer.officer.casefold(), answer)
    people = tuple(
        Drilled(name, tuple(messages.get(name, ())), first.pop(name.casefold(), None)) for name in alert.told
    )
    return Drilling(alert.id, drill, alert.opened_at, alert.state == "closed", people, tuple(first.values()))


def new_answers(before: Drilling | None, after: Drilling) -> Iterator[Answer]:
    """Answers that came since one looked the last time, in the order they came."""
    known = set(_answers(before)) if before else set()
    yield from sorted(set(_answers(after)) - known, key=lambda answer: answer.at)


def _answers(drilling: Drilling) -> Iterator[Answer]:
    yield from (one.answer for one in drilling.people if one.answer)
    yield from drilling.others
