"""The languages Tocsin reads: one YAML file each, and which of them a text is written in."""

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from service.languages.compiler import compile_lexicon
from service.languages.lexicon import Lexicon
from service.languages.source import parse

__all__ = ["Lexicon", "available", "identify", "lexicon"]

LOOKED_AT = 4000  # characters of a text that tell its language
ENOUGH = 0.12  # share of function words below which a text is not in that language
WORD = re.compile(r"[^\W\d_]+")


@cache
def available() -> tuple[str, ...]:
    """The codes (ISO 639-1) of the languages there is a file for."""
    names = (entry.name for entry in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@cache
def lexicon(code: str) -> Lexicon:
    """The compiled lexicon of one language; raises LookupError for a language we do not read."""
    if code not in available():
        raise LookupError(f"no language file for {code!r}; we read: {', '.join(available())}")
    content = (files(__package__) / f"{code}.yaml").read_bytes()
    return compile_lexicon(parse(content, f"{code}.yaml"), content)


def identify(text: str) -> str | None:
    """The language of a text by its function words, or None where it is none of ours.

    A text of a few words only (a headline) may hold no function word: it is then
    taken for the language whose content words it is made of.
    """
    words = Counter(WORD.findall(text[:LOOKED_AT].lower()))
    total = words.total()
    if not total:
        return None
    shares = {code: _share(words, lexicon(code)) / total for code in available()}
    best = max(shares, key=lambda code: shares[code])
    needed = ENOUGH if total > 12 else 1 / (total + 1)
    return best if shares[best] >= needed else _by_content(words)


def _share(words: Counter[str], given: Lexicon) -> int:
    return sum(count for word, count in words.items() if word in given.function_words)


def _by_content(words: Counter[str]) -> str | None:
    if words.total() > 12:
        return None
    known = {code: sum(word in lexicon(code).entries for word in words) for code in available()}
    best = max(known, key=lambda code: known[code])
    return best if known[best] * 3 >= words.total() else None
