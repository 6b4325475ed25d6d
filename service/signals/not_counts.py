"""Which numbers count nothing: dates, ages, money, distances, labels."""

from service.signals.tokens import Tokens

TIED = (":", "/", ".", "-", "+", "$", "£", "€", "#", "@", "_")


def is_no_count(words: Tokens, at: int, stop: int, hedged: bool) -> bool:
    """Is the number at:stop a date, an age, money, a distance, a label?"""
    lexicon, before, after = words.lexicon, words.word(at - 1), words.word(stop)
    if before[:1].isdecimal():  # what is left of a figure that was none
        return True
    if before == "." and words.glued(at - 1):
        before = words.word(at - 2)
    if before in lexicon.not_before or after in lexicon.not_after or not lexicon.months.isdisjoint((before, after)):
        return True
    if words.glued(stop) and (after[0].isalpha() or (after == "-" and words.glued(stop + 1))):
        return True
    if words.digits(at) and (_tied(words, at, stop) or _year(words, at, stop, hedged)):
        return True
    return _listed(words, at, stop)


def _listed(words: Tokens, at: int, stop: int) -> bool:
    """ "aged 4, 7 and 9": each number of the list is what the first one is, unless it counts something."""
    if words.entry(stop).noun is not None:
        return False
    back = at - 1
    while words.word(back) == "," or words.entry(back).is_("and"):
        back -= 1
        if not words.digits(back):
            return False
        back -= 1
    return back < at - 1 and words.word(back) in words.lexicon.not_before


def _tied(words: Tokens, at: int, stop: int) -> bool:
    """A time of day or a longer code: a colon, dot or slash tied to the number on either side."""
    sign = words.word(at - 1)
    before = words.glued(at) and sign in TIED
    if before and at > 1 and sign in (".", "-", ":") and not words.glued(at - 1):
        before = False
    return before or (words.word(stop) in (":", "/") and words.glued(stop) and words.glued(stop + 1))


def _year(words: Tokens, at: int, stop: int, hedged: bool) -> bool:
    """Four bare digits that may be a year, where a year may stand and nothing counted follows."""
    word = words.words[at]
    plain = stop == at + 1 and len(word) == 4 and word.isdecimal() and 1900 <= int(word) <= 2099
    if not plain or hedged or at == 0:
        return False
    before = words.entry(at - 1)
    return before.is_("prep") or before.is_("since") or before.is_("of") or words.words[at - 1] in (",", "(")
