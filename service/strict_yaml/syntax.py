"""The parser at work: its events, and its complaints in plain words."""

from collections.abc import Iterator
from typing import Any, Final, NoReturn

import yaml

from service.strict_yaml.nodes import Mistakes, Position, UnreadableError, position_of

# PyYAML's events; which attributes one has depends on its class, and its types are not declared.
Event = Any

# A part of what the parser says → what we say.
PLAIN_WORDS: Final = (
    ("'\\t'", "There is a tab where YAML allows only spaces", "Indent with spaces"),
    (
        "mapping values are not allowed",
        "A colon stands here where no key can",
        "Check the indentation; quote text that holds ': '",
    ),
    ("cannot start any token", "No value can start with this character", "Put the text in quotes"),
    (
        "quoted scalar",
        "A quotation mark is open, or an escape unknown",
        "Close it; write \\ as \\\\",
    ),
    ("could not find expected ':'", "This line has no colon after its key", "Write it as 'key: value'"),
    ("',' or ']'", "A list in brackets goes wrong here", "Set commas between its items and ] at its end"),
    ("',' or '}'", "A mapping in braces goes wrong here", "Set commas between its entries and } at its end"),
    ("expected <block end>", "This line does not fit those around it", "Align it with its neighbours"),
    ("undefined tag", "A tag asks for a special type", "Remove the ! and its word"),
)


def events(text: str, mistakes: Mistakes) -> Iterator[Event]:
    """What the parser finds in the text, in order.

    Raises UnreadableError, its mistake noted, where the text is not YAML.
    """
    loader: Any = None
    try:
        loader = yaml.SafeLoader(text)
        while loader.check_event():
            yield loader.get_event()
    except yaml.MarkedYAMLError as error:
        _complain(mistakes, error)
    except yaml.reader.ReaderError as error:
        at = position_of(text, error.position)
        mistakes.add(at, "There is a character here that no text should hold", "Delete it")
        raise UnreadableError from None
    except (ValueError, OverflowError):  # an escape beyond Unicode, a version of 5,000 digits
        at = _position(loader.get_mark())
        mistakes.add(at, "An escape or a number here is impossible", "Write the character itself")
        raise UnreadableError from None


def start_of(event: Event) -> Position:
    """Where an event's text begins."""
    return _position(event.start_mark)


def _position(mark: Any) -> Position:
    return Position(mark.line + 1, mark.column + 1) if mark else Position()


def _complain(mistakes: Mistakes, error: yaml.MarkedYAMLError) -> NoReturn:
    words = f"{error.context or ''} {error.problem or ''}".strip()
    at, began = _position(error.problem_mark), _position(error.context_mark)
    if error.problem_mark is None or "end of stream" in words:
        at = began
    since = f"; it began on line {began.line}" if error.context_mark and began.line < at.line else ""
    for part, problem, remedy in PLAIN_WORDS:
        if part in words:
            mistakes.add(at, f"{problem}{since}", remedy)
            raise UnreadableError
    mistakes.add(at, f"This is not YAML: {words}{since}", "Compare the line with those around it")
    raise UnreadableError
