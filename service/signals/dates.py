"""When it happened: dates and days of the week, resolved against the publication date."""

import re
from datetime import date, timedelta

from service.languages.lexicon import Lexicon

YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w%]|[.,]\d)")
RECENT = timedelta(days=90)  # an event this recent is news, whatever its year


def event_date(folded: str, published: date | None, lexicon: Lexicon) -> date | None:
    """The date a sentence names, or None; never later than publication."""
    named = _named(folded, published, lexicon)
    if named or published is None:
        return named
    words = set(re.findall(r"[^\W\d_]+", folded))
    for phrase, days in lexicon.dates["days_ago"].items():
        if phrase in words or (" " in phrase and phrase in folded):
            return published - timedelta(days=int(days))
    for number, weekday in enumerate(lexicon.dates["weekdays"]):
        if weekday in words:
            return published - timedelta(days=(published.weekday() - number) % 7)
    return None


def _named(folded: str, published: date | None, lexicon: Lexicon) -> date | None:
    months = {month: number for number, month in enumerate(lexicon.dates["months"], 1)}
    months |= lexicon.dates["short_months"]
    names = "|".join(months)
    day_first = rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({names})\b"
    month_first = rf"\b({names})\.? (\d{{1,2}})(?!\d|,\d)"
    for match in re.finditer(rf"(?:{day_first}|{month_first})(?:,? ((?:19|20)\d\d))?", folded):
        day, month = int(match[1] or match[4]), int(months[match[2] or match[3]])
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
    if published and found > published and not year:
        found = found.replace(year=found.year - 1) if (month, day) != (2, 29) else found
    return found if published is None or found <= published else None


def years(folded: str) -> list[int]:
    """The years a text names, in order."""
    return [int(match.group()) for match in YEAR.finditer(folded)]
