"""A few words → the code in them, and what they ask for."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from service.answers.words import WORDS, Act

LONGEST = 200
WORD: Final = re.compile(r"\w+")
# What codes are made of: both letters and digits, without look-alikes (0 O, 1 I L).
CODE: Final = re.compile(r"(?=.*[2-9])(?=.*[A-HJKMNP-Z])[A-HJKMNP-Z2-9]{4}")


@dataclass(frozen=True, slots=True)
class Answer:
    """A code and what to do; `act` is None where the other words are none we know, so that nothing is guessed."""

    code: str
    act: Act | None


def read(text: str) -> Answer | None:
    """The answer in a text; case, spaces and punctuation are forgiven. None where it holds no code, or two."""
    words = WORD.findall(folded(text[:LONGEST]))
    whole = [word for word in words if CODE.fullmatch(word.upper())]
    if len(set(whole)) > 1:
        return None
    return _beside(words, whole[0]) if whole else _in_pieces(words)


def folded(text: str) -> str:
    """In small letters, one form for each letter, every script's digits as ours."""
    line = unicodedata.normalize("NFKC", text).casefold()
    return "".join(str(unicodedata.digit(each)) if each.isdigit() else each for each in line)


def _beside(words: list[str], code: str) -> Answer:
    return Answer(code.upper(), act_of([word for word in words if word != code]))


def _in_pieces(words: list[str]) -> Answer | None:
    """A code typed with spaces, beside at most the words of one act: those may stand before or behind it."""
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            code, others = "".join(words[start:end]).upper(), words[:start] + words[end:]
            if CODE.fullmatch(code) and (act := act_of(others)):
                return Answer(code, act)
    return None


def act_of(words: list[str]) -> Act | None:
    """What words ask for; none at all acknowledge."""
    return ACTS.get(" ".join(words))


ACTS: Final[dict[str, Act]] = {
    " ".join(WORD.findall(folded(phrase))): act
    for acts in WORDS.values()
    for act, phrases in acts.items()
    for phrase in phrases
} | {"": "acknowledge"}
