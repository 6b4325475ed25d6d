"""When it happened: dates and days of the week, resolved against the publication date."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from service.languages.lexicon import Lexicon

YEAR = re.compile(r"(?:19|20)\d\d(?<![\w.,]\d\d\d\d)(?![\w%]|[.,]\d)")
SOON = timedelta(days=31)  # a day without a year this far ahead is one to come; a later one was last year's
BEFORE = 40  # characters before a day in which somebody's saying so may stand
RECENT = timedelta(days=90)  # an event this recent is news, whatever its year


def event_date(folded: str, published: date | None, lexicon: Lexicon) -> date | None:
    """The day a sentence says it happened, or None; never later than publication.

    "the mayor said on Monday" dates his words, not what happened.
    """
    named = _named(folded, published, lexicon)
    if named or published is None:
        return named
    words = list(lexicon.day_words.finditer(folded))
    days = next((_days_before(match, published, lexicon) for match in _dating(folded, words, lexicon)), None)
    if days is None:
        days = _days_past(folded, lexicon)
    return published - timedelta(days=days) if days is not None and published.toordinal() > days else None


def _dating(folded: str, days: list[re.Match[str]], lexicon: Lexicon) -> Iterator[re.Match[str]]:
    """The days that date what happened, "Sunday's" before others: not those of somebody's words."""
    yield from (match for match in days if _owns(folded, match))
    yield from (match for match in days if not (_said(folded, match, lexicon) or _ahead(folded, match, lexicon)))


def _owns(folded: str, match: re.Match[str]) -> bool:
    return folded[match.end() : match.end() + 2] == "'s"


def _said(folded: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    return bool(lexicon.speech.search(folded, max(0, match.start() - BEFORE), match.start()))


def _ahead(folded: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """ "closed until Friday"."""
    return folded[max(0, match.start() - BEFORE) : match.start()].rstrip().rpartition(" ")[2] in lexicon.dates["ahead"]


def _days_before(match: re.Match[str], published: date, lexicon: Lexicon) -> int:
    ago, weekday, word = lexicon.dates["days_ago"], lexicon.dates["weekdays"], match.group()
    return int(ago[word]) if word in ago else (published.weekday() - weekday.index(word)) % 7


def days_past(folded: str, lexicon: Lexicon) -> re.Match[str] | None:
    """ "nine days ago" where it stands; most sentences name no such stretch at all."""
    return lexicon.days_past.search(folded) if any(unit in folded for unit in lexicon.day_units) else None


def _days_past(folded: str, lexicon: Lexicon) -> int | None:
    """ "nine days ago", "a week after": how many days."""
    match = days_past(folded, lexicon)
    if match is None:
        return None
    number, unit = match.groups()
    words, articles = lexicon.numbers["words"], lexicon.numbers["articles"]
    count = int(number) if number.isdecimal() else 1 if number in articles else int(words[number])
    return count * int(lexicon.dates["units"][unit])


def _named(folded: str, published: date | None, lexicon: Lexicon) -> date | None:
    if not lexicon.month.search(folded):
        return None
    for match in lexicon.day_and_month.finditer(folded):
        day, month = int(match[1] or match[4]), lexicon.months_by_name[match[2] or match[3]]
        if found := _dated(day, month, match[5], published):
            return found
    return None


def _dated(day: int, month: int, year: str | None, published: date | None) -> date | None:
    if year is None and published is None:
        return None
    try:
        found = date(int(year) if year else published.year, month, day)  # type: ignore[union-attr]
    except ValueError:
        return None
    if published and not year and found.year > 1 and found - published > SOON:
        found = found.replace(year=found.year - 1) if (month, day) != (2, 29) else found
    return found if published is None or found <= published else None


def years(folded: str) -> list[int]:
    """The years a text names, in order."""
    if "19" not in folded and "20" not in folded:
        return []
    return [int(match.group()) for match in YEAR.finditer(folded)]
