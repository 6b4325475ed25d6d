"""What a language file may hold: every section, its shape, and nothing else."""

from collections.abc import Mapping
from typing import Any, get_args

from service.languages.checks import Check, flag, mapping, number, sections_of, signed, text, words, wrong
from service.values import Hazard

FORMS = (
    "acts",
    "done",
    "doing",
    "state",
    "noun",
    "with_of",
    "tally",
    "toll",
    "lack",
    "deprive",
    "ordered",
    "event",
    "absent",
)
# What else constructions are for: the subject of an active form, who goes without, what becomes of a deed.
OTHER_FORMS = ("own", "whole", "served", "serving", "for_whom", "negated", "forecast", "forecast_near")
MARKS = (
    "adverb",
    "and",
    "another",
    "apposed",
    "armed",
    "article",
    "attempt",
    "back",
    "be",
    "by",
    "denied",
    "force",
    "former",
    "further",
    "from",
    "have",
    "his",
    "home",
    "may",
    "not",
    "of",
    "oblique",
    "of_them",
    "nobody",
    "number_of",
    "or",
    "order",
    "others",
    "out_of",
    "part",
    "past",
    "percent",
    "prep",
    "pronoun",
    "refused",
    "relative",
    "rise",
    "rising",
    "say",
    "since",
    "source_before",
    "span",
    "split",
    "superlative",
    "the",
    "to",
    "trying",
    "total",
    "unsure",
    "untrue",
    "way",
    "zero",
)
# The patterns by which the reader gathers a sentence, and what weighs for and against a place.
PASSES = (
    "figure", "restated", "group", "alone", "share", "labelled", "exact", "among", "nominalised", "age", "person",
    "apposed", "victim", "clause", "tallied", "number", "another", "others", "emptied", "inclusive", "namely",
    "nominal", "resident", "partitive", "conversion", "alternative", "recounted", "reckoned", "individuals",
    "bracket", "part", "part_of_them", "part_apposed", "comment", "gapped",
)  # fmt: skip
WEIGHTS = (
    "site", "town", "admin1", "region", "country", "led", "guessed", "unled country", "sidelong", "reference",
    "adjoins", "hails", "speaks", "before", "clause",
)  # fmt: skip
SECTORS = ("health", "education", "water", "power", "food", "communications", "transport", "other")


def check(data: Mapping[str, Any], file: str) -> None:
    """Raises SettingsError naming the first section, and the place in it, that is wrong."""
    sections_of(SECTIONS)(data, file)


def _organisations(value: Any, where: str) -> None:
    for place, row in enumerate(value if isinstance(value, list) else [None], 1):
        if not (isinstance(row, list) and len(row) == 3):
            raise wrong(f"{where}[{place}]", "a row of three is needed: full name, class, [other names]")
        text(row[0], f"{where}[{place}]")
        text(row[1], f"{where}[{place}]")
        words(row[2], f"{where}[{place}]")


# What a frame may tell; "drop/…" is a reason, "suspension/*" takes the thing's own sector.
TELLS = {
    "casualty": {"killed", "injured", "missing"},
    "displacement": {"displaced", "evacuated", "housing"},
    "suspension": {*SECTORS, "*"},
}


def _read(value: Any, where: str) -> None:
    kind, slash, type_ = str(value).partition("/")
    if not slash or (kind != "drop" and type_ not in TELLS.get(kind, ())):
        raise wrong(
            where, f"{value!r} is none of {', '.join(f'{kind}/{one}' for kind in TELLS for one in sorted(TELLS[kind]))}"
        )


CONSTRUCTION: dict[str, Check] = {"words": text, "beside": flag, "examples": words}
FRAME: dict[str, Check] = {
    "reads": mapping(_read, ("people", "lives", "households", "dwellings", "facilities", "settlements", *SECTORS)),
    "strong": flag,
    "unknown": flag,
    "physical": flag,
    "doubtful": flag,
    "counted": flag,
    "certain": flag,
    "self": flag,
    "sectors": words,
    "whole": mapping(words, SECTORS),
    **dict.fromkeys(FORMS, words),
}
HAZARDS = get_args(Hazard)
TOPIC: dict[str, Check] = {"kinds": words, "yields_to": text, "firm": flag, "words": words}
NUMBERS: dict[str, Check] = {
    "words": mapping(number),
    "scales": mapping(number),
    "suffixes": words,
    "halves": mapping(number),
    "half_more": words,
    "articles": words,
    "joins": words,
    "ranges": words,
    "between": words,
    "decimal": text,
    "vague": words,
    "vague_sizes": mapping(number),
    "either": words,
}
SECTIONS: dict[str, Check] = {
    "language": mapping(text, ("code", "name")),
    "function_words": words,
    "endings": mapping(text),
    "abbreviations": words,
    "numbers": sections_of(NUMBERS),
    "hedges": sections_of({"at_least": words, "at_most": words, "about": words, "after": mapping(text)}),
    "not_counts": sections_of({"before": words, "after": words, "months": words}),
    "nouns": sections_of(
        {
            "people": mapping(words, ("neutral", "civilian", "combatant")),
            "movers": mapping(words, ("idp", "refugee", "returnee", "migrant", "evacuee")),
            "singular": words,
            "lives": words,
            "households": words,
            "things": words,
            "dwellings": words,
            "settlements": words,
            "facilities": mapping(words, (*SECTORS, "general")),
            "uncounted": words,
            "immaterial": words,
        }
    ),
    "frames": mapping(sections_of(FRAME, frozenset(FRAME) - {"reads"})),
    "marks": sections_of(dict.fromkeys(MARKS, words)),
    "grammar": sections_of(
        {
            "named": mapping(text),
            "shapes": mapping(text),
            "passes": sections_of(dict.fromkeys(PASSES, text)),
            "constructions": mapping(mapping(sections_of(CONSTRUCTION, frozenset({"beside"}))), (*FORMS, *OTHER_FORMS)),
            "weights": sections_of(dict.fromkeys(WEIGHTS, signed)),
        }
    ),
    "idioms": words,
    "causes": mapping(words, ("conflict", "disaster", "other")),
    "hazards": mapping(words, HAZARDS),
    "anew": words,
    "anew_told": words,
    "corrected": words,
    "contexts": words,
    "topics": mapping(sections_of(TOPIC, frozenset({"yields_to", "firm"}))),
    "tags": mapping(words),
    "organisations": _organisations,
    "organisation_classes": mapping(words),
    "source_joiners": words,
    "source_words": words,
    "nameless_sources": words,
    "source_stops": words,
    "directions": mapping(text),
    "area_words": words,
    "place_prepositions": words,
    "bearings": words,
    "site_words": words,
    "waters": words,
    "vicinity": words,
    "countrywide": words,
    "not_places": words,
    "beside_places": words,
    "destinations": words,
    "name_joiners": words,
    "dates": sections_of(
        {
            "ordinals": words,
            "of": words,
            "weekdays": words,
            "months": words,
            "short_months": mapping(number),
            "days_ago": mapping(number),
            "units": mapping(number),
            "past": words,
            "ahead": words,
            "published": words,
        }
    ),
}
