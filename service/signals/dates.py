"""When it happened: dates and days of the week, resolved against the publication date."""

import re
from datetime import date, timedelta

from service.languages.lexicon import Lexicon

YEAR = re.compile(r"(?:19|20)\d\d(?<![\w.,]\d\d\d\d)(?![\w%]|[.,]\d)")
RECENT = timedelta(days=90)  # an event this recent is news, whatever its year


def event_date(folded: str, published: date | None, lexicon: Lexicon) -> date | None:
    """The date a sentence names, or None; never later than publication."""
    named = _named(folded, published, lexicon)
    if named or published is None:
        return named
    if match := lexicon.day_words.search(folded):
        ago, weekday = lexicon.dates["days_ago"], lexicon.dates["weekdays"]
        word = match.group()
        days = int(ago[word]) if word in ago else (published.weekday() - weekday.index(word)) % 7
        return published - timedelta(days=days) if published.toordinal() > days else None
    return None


def _named(folded: str, published: date | None, lexicon: Lexicon) -> date | None:
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
    if published and found > published and not year and found.year > 1:
        found = found.replace(year=found.year - 1) if (month, day) != (2, 29) else found
    return found if published is None or found <= published else None


def years(folded: str) -> list[int]:
    """The years a text names, in order."""
    return [int(match.group()) for match in YEAR.finditer(folded)]
