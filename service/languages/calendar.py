"""The searches of a language for days, months and what dates a happening."""

import re
from functools import cached_property

from service.languages.compiled import Compiled

NEVER = "\ufffe"  # stands in no text


class Calendar(Compiled):
    """How a language tells time."""

    @cached_property
    def months_by_name(self) -> dict[str, int]:
        """The number of each month by its full and short names."""
        full = {month: number for number, month in enumerate(self.dates["months"], 1)}
        return full | {name: int(number) for name, number in self.dates["short_months"].items()}

    @cached_property
    def month(self) -> re.Pattern[str]:
        """Finds the name of a month anywhere, in a word too: what `day_and_month` cannot do without."""
        return re.compile("|".join(map(re.escape, self.months_by_name)) or NEVER)

    @cached_property
    def day_and_month(self) -> re.Pattern[str]:
        """Finds "28 November 2024" and "November 28": groups day, month, month, day, year."""
        names = "|".join(sorted(self.months_by_name, key=len, reverse=True)) or NEVER
        small = "|".join(map(re.escape, self.dates["ordinals"])) or NEVER
        of = "|".join(map(re.escape, self.dates["of"])) or NEVER
        day_first = rf"(?<!\d)(\d{{1,2}})(?:{small})? (?:(?:{of}) )?({names})\b"
        return re.compile(rf"(?:{day_first}|\b({names})\.? (\d{{1,2}})(?!\d|,\d))(?:,? ((?:19|20)\d\d))?")

    @cached_property
    def day_words(self) -> re.Pattern[str]:
        """Finds the days a text calls by name: "yesterday", "Monday"."""
        words = sorted((*self.dates["days_ago"], *self.dates["weekdays"]), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words)) or NEVER})(?!\w)")

    @cached_property
    def speech(self) -> re.Pattern[str]:
        """Finds, at the end of a stretch, that somebody says or publishes something there ("told reporters on")."""
        words = (*(word for word, entry in self.entries.items() if entry.is_("say")), *self.dates["published"])
        said = "|".join(map(re.escape, words))
        return re.compile(rf"(?<!\w)(?:{said or NEVER})(?:,? [\w']+){{0,5}},? $")

    @cached_property
    def day_units(self) -> tuple[str, ...]:
        """What `days_past` cannot do without."""
        return tuple(f" {unit} " for unit in self.dates["units"])

    @cached_property
    def days_past(self) -> re.Pattern[str]:
        """Finds "nine days ago", "a week after": groups number, unit."""
        dates, numbers = self.dates, self.numbers
        count = "|".join(map(re.escape, (*numbers["words"], *numbers["articles"])))
        units, past = "|".join(map(re.escape, dates["units"])), "|".join(map(re.escape, dates["past"]))
        return re.compile(rf"(?<![\w.,])(\d{{1,2}}|{count or NEVER}) ({units or NEVER}) (?:{past or NEVER})(?!\w)")

    @cached_property
    def date_symbol(self) -> str:
        """The symbol of what is a date and nothing else."""
        return self.alphabet.symbol(("date",))

    @cached_property
    def double_months(self) -> frozenset[str]:
        """Months that are other words too ("may")."""
        return frozenset(month for month in self.months_by_name if self.symbols.get(month) != self.date_symbol)
