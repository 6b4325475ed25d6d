"""Text that others wrote, made safe to print: bounded, one line, no tricks of direction, nobody's number."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

# Joiners that Persian, Indic scripts and emoji need; every other invisible character goes.
KEPT_INVISIBLE = frozenset("\u200c\u200d")
DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
RIGHT_TO_LEFT = frozenset({"R", "AL"})
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
STACKED_MARKS = 3

# With a country prefix, or a national number's leading zero, or written in pieces as no figure is:
# a figure's pieces after the first hold three digits.
PHONE = re.compile(
    r"""(?<![\w.,])(?!\d{4}-\d\d-\d\d)
        (?: (?:\+|00)\d(?:[ ().\-/]{0,2}\d){7,14}
          | \(?0\d(?:[ ().\-/]{0,2}\d){7,11}
          | \d{2,4}(?:[ .\-/]\d{2,4}){2,4}(?<=\d{4})
        )(?!\w)""",
    re.VERBOSE,
)
DIGITS_OF_A_PHONE = 8
MAIL_ADDRESS = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,190}\.\w{2,24}")

# Words that take a side, name a party to the fighting, or claim what only a person may claim: never
# ours, so only ever inside quotation marks.
LOADED = re.compile(
    r"regime|terroris|liberat|martyr|thug|crusader|infidel|jihad|invader|occupier|confirm|verified|refuted"
    r"|\b(?:rebels?|militants?|militia\w*|fighters?|combatants?|gunm[ae]n|insurgents?|soldiers?|troops|forces|army"
    r"|military|settlers?|extremists?|islamists?|separatists?|mercenar\w*|bandits?|criminals?|gangs?)\b"
    r"|режим|террорист|терорист|إرهاب|شهيد|شهداء|نظام|محرر",
    re.IGNORECASE,
)
QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”„‟«»', "'"))
LONGEST_LINK = 500


def clean(text: str | None, limit: int) -> str:
    """One printable line of at most `limit` characters (two more around right-to-left text).

    Control and format characters, bidirectional overrides and piled-up marks
    are dropped; telephone numbers and mail addresses are masked.
    """
    line = " ".join("".join(map(_visible, unicodedata.normalize("NFC", (text or "")[: limit * 8]))).split())
    return isolate(clip(mask(thin_marks(line)), limit))


def quoted(text: str | None, limit: int) -> str:
    """The text's own words in quotation marks that it cannot close itself."""
    return f"“{clean((text or '').translate(QUOTATION_MARKS), limit)}”"


def named(text: str | None, limit: int) -> str:
    """A name as it stands, in quotation marks where it takes a side."""
    line = clean(text, limit)
    return quoted(text, limit) if LOADED.search(line) else line


def mask(line: str) -> str:
    """Without telephone numbers and mail addresses: they may be a private person's."""
    return PHONE.sub(_mask_number, MAIL_ADDRESS.sub("[address left out]", line))


def clip(line: str, limit: int) -> str:
    """At most `limit` characters, cut between words where that loses little; what the cut left open is closed."""
    if len(line) <= limit:
        return line
    cut = line[: limit - 3]
    at_word = cut.rpartition(" ")[0]
    cut = (at_word if len(at_word) > limit * 0.6 else cut).rstrip(" ,;:" + ISOLATE) + "…"
    still_isolated = cut.count(ISOLATE) > cut.count(END_ISOLATE)
    return cut + END_ISOLATE * still_isolated + "”" * (cut.count("“") > cut.count("”"))


def isolate(line: str) -> str:
    """Right-to-left text in a Unicode isolate, so that it cannot reorder what stands around it (UAX 9)."""
    if any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in line):
        return f"{ISOLATE}{line}{END_ISOLATE}"
    return line


def thin_marks(line: str) -> str:
    """No more than three combining marks on one letter."""
    kept: list[str] = []
    marks = 0
    for letter in line:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= STACKED_MARKS:
            kept.append(letter)
    return "".join(kept)


def web_link(url: str | None) -> str | None:
    """The URL if it is an ordinary web address that hides nothing, percent-encoded; else None."""
    if not url or len(url) > LONGEST_LINK or "\\" in url:
        return None
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            return None
        parts.hostname.encode("ascii")
        return quote(parts.geturl(), safe="!#$%&'()*+,/:;=?@[]~")
    except ValueError:  # UnicodeError is one: a host that imitates another in a different script
        return None


def host_of(url: str) -> str:
    return clean(urlsplit(url).hostname or "", 60)


def _visible(letter: str) -> str:
    if letter.isspace():
        return " "
    dropped = unicodedata.category(letter) in DROPPED_CATEGORIES and letter not in KEPT_INVISIBLE
    return "" if dropped else letter


def _mask_number(match: re.Match[str]) -> str:
    digits = sum(letter.isdigit() for letter in match[0])
    return "[number left out]" if digits >= DIGITS_OF_A_PHONE else match[0]
