"""A drill in words: who was told how, who answered after how long on what."""

from collections.abc import Iterator

from service.alerts.drill import Answer, Drilling, Reached
from service.cli.layout import aligned, one_line
from service.cli.times import exact
from service.notifications.times import moment

STATES = {"pending": "not sent yet", "sending": "being sent", "sent": "sent", "failed": "failed"}


def begun(drilling: Drilling) -> str:
    names = ", ".join(one.recipient for one in drilling.people)
    until = moment(drilling.drill.until, None, drilling.begun.year)
    return f"Drill {drilling.id}: EXERCISE goes to {names}. It ends {until}, or when all have answered."


def answered(answer: Answer, drilling: Drilling) -> str:
    """ "amira answered after 42 s, by link"."""
    return f"{one_line(answer.officer, 60)} answered {_when(answer, drilling)}"


def result(drilling: Drilling) -> Iterator[str]:
    """The list: each recipient and channel, then what was missing."""
    yield _named(drilling)
    yield from aligned([("recipient", "channel", "message", "answered"), *_rows(drilling)])
    for other in drilling.others:
        yield f"  {answered(other, drilling)}, who was not told"
    for name in drilling.drill.unstaffed:
        yield f"  Nobody was on call in {name}."
    yield in_a_line(drilling)


def in_a_line(drilling: Drilling) -> str:
    """ "Drill 17 of the route syria, 28 Nov 18:31 UTC: 2 of 3 answered"."""
    count = sum(one.answer is not None for one in drilling.people)
    still = "" if drilling.over else ", still waiting"
    return f"{_named(drilling)}: {count} of {len(drilling.people)} answered{still}"


def _named(drilling: Drilling) -> str:
    begun = moment(drilling.begun, None, drilling.begun.year)
    return f"Drill {drilling.id} of the route {drilling.drill.route}, {begun}"


def _rows(drilling: Drilling) -> Iterator[tuple[str, str, str, str]]:
    for one in drilling.people:
        when = _when(one.answer, drilling) if one.answer else "not at all" if drilling.over else "not yet"
        for place, message in enumerate(one.messages or (Reached("none", "failed", "no message was written"),)):
            yield one.recipient if not place else "", message.channel, _state(message), when if not place else ""


def _state(message: Reached) -> str:
    error = f": {one_line(message.error)}" if message.error and message.state != "sent" else ""
    return f"{STATES.get(message.state, message.state)}{error}"


def _when(answer: Answer, drilling: Drilling) -> str:
    return f"after {exact(answer.at - drilling.begun)}, by {answer.source or 'unknown means'}"
