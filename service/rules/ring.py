"""Reads how alerts of each level ring: at what hours, how soon the next person is told, how long an answer holds."""

from datetime import timedelta
from typing import Any, Final

from service.rules import fields
from service.rules.model import RING, RingRule
from service.rules.reader import Reader, read_value, shaped
from service.rules.scalars import one_of
from service.rules.shapes import Key, mapping, record
from service.rules.vocabulary import LEVELS
from service.strict_yaml import Mistakes, Node
from service.values import Level

MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
BRIEF: Final = RingRule(brief=True)


def _rule(**values: Any) -> RingRule:
    return RingRule(team_hours=values.pop("hours") == "team", **values)


rung: Final[Reader[RingRule]] = record(
    _rule,
    hours=Key(
        one_of("when it may ring", {"always": "always", "team": "team"}), "always, or in the team's hours", "always"
    ),
    next_person=Key(fields.duration(MINUTE, DAY), "How long nobody answers before the next step, 1m to 1d", "15m"),
    repeat=Key(
        fields.duration(5 * MINUTE, 7 * DAY), "How long after the last step all are told again, 5m to 7d", default=None
    ),
    checking=Key(fields.duration(10 * MINUTE, 7 * DAY), "How long an acknowledgement holds, 10m to 7d", default=None),
    warn=Key(
        fields.duration(MINUTE, DAY), "How long before it ends the officer is warned, 1m to 1d", default=15 * MINUTE
    ),
)


@shaped(anyOf=[{"const": "brief"}, rung.schema])
def how(node: Node, mistakes: Mistakes) -> RingRule:
    """The word `brief`, or how it rings."""
    if read_value(node) == "brief":
        return BRIEF
    rule = rung(node, mistakes)
    if rule.checking is not None and rule.warn >= rule.checking:
        problem = f"{node.path} warns {fields.in_words(rule.warn)} before the end of {fields.in_words(rule.checking)}"
        mistakes.add(node.at, problem, "Make 'warn' shorter than 'checking'")
    return rule


# Who sleeps through Severe has no alarm: only what is below it may be left to the brief.
@shaped(**rung.schema)
def aloud(node: Node, mistakes: Mistakes) -> RingRule:
    """How it rings; never in the brief alone, nor in a team's hours only."""
    rule = rung(node, mistakes)
    if rule.team_hours:
        mistakes.add(
            node.at, f"{node.path} waits for a team's hours", "Write 'hours: always': Severe and Extreme cannot wait"
        )
    return rule


levels: Final = mapping(
    **{
        word: Key(aloud if level >= Level.SEVERE else how, f"How {level.word} alerts ring", default=RING[level])
        for word, level in LEVELS.items()
    }
)
ring: Final[Reader[dict[Level, RingRule]]] = levels.into(
    lambda found: {LEVELS[word]: rule for word, rule in found.items()}
)
