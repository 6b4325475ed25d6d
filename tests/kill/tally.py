"""What was decided against what came: the account that shows what is lost and what came twice (pure)."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from tests.kill.receivers import Came


class Key(NamedTuple):
    """What tells one message from all others at its receiver.

    A mail carries the number of its telling; a chat does not, but its alert and the sentence that says why now.
    """

    channel: str
    address: str
    alert: int
    telling: int | str


class Tally(NamedTuple):
    """How many messages never came, came again and said so, and came again without a word."""

    lost: int = 0
    marked: int = 0
    unmarked: int = 0

    def since(self, before: "Tally") -> "Tally":
        return Tally(*(now - then for now, then in zip(self, before, strict=True)))


def tally(rows: Iterable[Any], notes: dict[tuple[int, int], str], came: Iterable[Came]) -> Tally:
    """The account of every row of the outbox; `notes`: each telling's sentence, by alert and revision."""
    decided = Counter(_of_row(row, notes) for row in rows)
    sentences = {note for note in notes.values() if note}
    copies: dict[Key, list[bool]] = {key: [] for key in decided}
    for message in came:
        copies.setdefault(_of_message(message, sentences), []).append(message.marked)
    each = [_one(decided[key], marks) for key, marks in copies.items()]
    return Tally(*map(sum, zip(*each, strict=True))) if each else Tally()


def _one(decided: int, marks: list[bool]) -> Tally:
    unmarked = max(0, marks.count(False) - decided)
    return Tally(max(0, decided - len(marks)), max(0, len(marks) - decided - unmarked), unmarked)


def _of_row(row: Any, notes: dict[tuple[int, int], str]) -> Key:
    telling = row.revision if row.channel == "mail" else notes.get((row.alert_id, row.revision), "")
    return Key(row.channel, row.address or "", row.alert_id, telling)


def _of_message(came: Came, sentences: set[str]) -> Key:
    said = next((sentence for sentence in sentences if sentence in came.text), "")
    return Key(came.channel, came.address, came.alert, said if came.revision is None else came.revision)
