"""What a language file may hold: every section, its shape, and nothing else."""

from collections.abc import Callable, Mapping
from typing import Any

from service.errors import SettingsError

Check = Callable[[Any, str], None]

FORMS = ("acts", "done", "doing", "state", "noun", "tally", "lack", "event")
MARKS = (
    "adverb",
    "and",
    "another",
    "apposed",
    "article",
    "attempt",
    "back",
    "be",
    "by",
    "denied",
    "force",
    "from",
    "have",
    "home",
    "may",
    "not",
    "of",
    "of_them",
    "or",
    "part",
    "past",
    "prep",
    "pronoun",
    "relative",
    "say",
    "since",
    "source_before",
    "split",
    "the",
    "to",
    "total",
    "unsure",
    "zero",
)
SECTORS = ("health", "education", "water", "power", "food", "communications", "transport", "other")


def check(data: Mapping[str, Any], file: str) -> None:
    """Raises SettingsError naming the first section, and the place in it, that is wrong."""
    _keys(SECTIONS)(data, file)


def _wrong(where: str, problem: str) -> SettingsError:
    return SettingsError(f"{where}: {problem}")


def _text(value: Any, where: str) -> None:
    if not isinstance(value, str) or not value:
        raise _wrong(where, f"a word is needed, not {value!r} (quote it?)")


def _number(value: Any, where: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise _wrong(where, f"a number from 0 up is needed, not {value!r}")


def _flag(value: Any, where: str) -> None:
    if not isinstance(value, bool):
        raise _wrong(where, f"true or false is needed, not {value!r}")


def _list(value: Any, where: str) -> None:
    if not isinstance(value, list):
        raise _wrong(where, f"a list is needed, not {value!r}")
    for number, item in enumerate(value, 1):
        _text(item, f"{where}[{number}]")


def _map(check_value: Check, keys: tuple[str, ...] | None = None) -> Check:
    def checked(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise _wrong(where, f"a mapping is needed, not {value!r}")
        for key, item in value.items():
            if keys is not None and key not in keys:
                raise _wrong(f"{where}.{key}", f"unknown; one of {', '.join(keys)} is meant")
            check_value(item, f"{where}.{key}")

    return checked


def _keys(sections: Mapping[str, Check], optional: frozenset[str] = frozenset()) -> Check:
    def checked(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise _wrong(where, f"a mapping is needed, not {value!r}")
        for key in value:
            if key not in sections:
                raise _wrong(f"{where}.{key}", f"unknown section; known: {', '.join(sections)}")
        for key, check_section in sections.items():
            if key in value:
                check_section(value[key], f"{where}.{key}")
            elif key not in optional:
                raise _wrong(where, f"the section {key!r} is missing")

    return checked


def _organisations(value: Any, where: str) -> None:
    for number, row in enumerate(value if isinstance(value, list) else [None], 1):
        if not (isinstance(row, list) and len(row) == 3):
            raise _wrong(f"{where}[{number}]", "a row of three is needed: full name, class, [other names]")
        _text(row[0], f"{where}[{number}]")
        _text(row[1], f"{where}[{number}]")
        _list(row[2], f"{where}[{number}]")


FRAME: dict[str, Check] = {
    "reads": _map(_text, ("people", "households", "dwellings", "facilities", "settlements", *SECTORS)),
    "strong": _flag,
    "self": _flag,
    "bare": _list,
    "only": _list,
    "only_sectors": _list,
    "whole": _map(_list, SECTORS),
    **dict.fromkeys(FORMS, _list),
}
TOPIC: dict[str, Check] = {"kinds": _list, "words": _list}
NUMBERS: dict[str, Check] = {
    "words": _map(_number),
    "scales": _map(_number),
    "suffixes": _list,
    "halves": _map(_number),
    "articles": _list,
    "joins": _list,
    "ranges": _list,
    "between": _list,
    "decimal": _text,
    "vague": _list,
    "either": _list,
}
SECTIONS: dict[str, Check] = {
    "language": _map(_text, ("code", "name", "script")),
    "function_words": _list,
    "abbreviations": _list,
    "numbers": _keys(NUMBERS),
    "hedges": _keys({"at_least": _list, "at_most": _list, "about": _list, "after": _map(_text)}),
    "not_counts": _keys({"before": _list, "after": _list, "months": _list}),
    "nouns": _keys(
        {
            "people": _map(_list, ("neutral", "civilian", "combatant")),
            "movers": _map(_list, ("idp", "refugee", "returnee", "migrant")),
            "households": _list,
            "dwellings": _list,
            "settlements": _list,
            "facilities": _map(_list, (*SECTORS, "general")),
            "uncounted": _list,
        }
    ),
    "frames": _map(_keys(FRAME, frozenset(FRAME) - {"reads"})),
    "marks": _keys(dict.fromkeys(MARKS, _list)),
    "causes": _map(_list, ("conflict", "disaster")),
    "topics": _map(_keys(TOPIC)),
    "tags": _map(_list),
    "organisations": _organisations,
    "organisation_classes": _map(_list),
    "source_words": _list,
    "source_stops": _list,
    "directions": _map(_text),
    "area_words": _list,
    "place_prepositions": _list,
    "bearings": _list,
    "site_words": _list,
    "not_places": _list,
    "dates": _keys({"weekdays": _list, "months": _list, "short_months": _map(_number), "days_ago": _map(_number)}),
}
