"""HTML to the words a reader would see, in one pass whatever the HTML.

A tree-building parser follows the HTML standard into its quadratic corners: 600 kB of
nested or misnested tags kept one busy for a minute. Plain text needs no tree, so tags
are read one after the other, and each character is looked at a fixed number of times.
"""

import re
from collections.abc import Iterator
from html import unescape

from service.reports.elements import (
    CLOSED_BY_NEXT,
    ELEMENTS,
    INVISIBLE,
    LINES,
    RAW,
    TABLE_PARTS,
    VOID,
)

# Marks inside the text while it is built; the characters themselves are removed from the input.
NO_BREAK, LINE, ROW, CELL = "\x1c", "\x1d", "\x1e", "\x1f"
CELLS = {"td", "th"}
# Looking for an end that is not there costs a pass over the text: so often, then no more.
MOST_UNCLOSED = 5

# A comment, a declaration, or a tag; an unclosed one reaches to the end (as in browsers).  Atomic groups, for Python
# before 3.11.5 goes wrong on a possessive group that has to backtrack.
TAG = re.compile(
    r"<(?:!--(?:>|.*?(?:--!?>|\Z))|[!?][^>]*+(?:>|\Z)|/>"
    r"|(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<attributes>(?>(?:[^>=]++|=\s*+(?>(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?))*))(?:>|\Z))",
    re.DOTALL,
)
HTML = re.compile(rf"<(?=[a-z/!])(?:!--|!doctype\b|/?(?:{'|'.join(sorted(ELEMENTS))})(?=[\s/>]))", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([^\s=/>]++)(?:\s*+=\s*+(\"[^\"]*+|'[^']*+|[^\s>]*+)[\"']?)?")
HIDING_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden")
# "1,200" with a raised footnote mark 1 must not become 1,2001.
FOOTNOTE = re.compile(
    r"(?<=\d)<sup(?:\s[^<>]{0,300})?>\s{0,9}(?:<a\b[^<>]{0,300}>)?\s{0,9}\[?(\d{1,3}|\*{1,3})\]?\s{0,9}(?:</a>)?\s{0,9}</sup>",
    re.IGNORECASE,
)
CLOSED_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# int() refuses thousands of digits; no character has a number this long.
ENDLESS_REFERENCE = re.compile(r"&#(?:\d{8,}+|[xX][0-9a-fA-F]{8,}+);?")

SURROGATE = re.compile("[\ud800-\udfff]")
# Control characters; soft hyphens, zero-width spaces and marks; everything that turns the
# direction of writing; tag characters. Joiners stay: Persian and Hindi are written with them.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Some languages part thousands by a space that must not break: it is part of the number.
THOUSANDS = re.compile("(?<=\\d)[\xa0\u2007\u2009\u202f](?=\\d)")
_OTHER_SPACES = "\t\n\v\f\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Single spaces, the most of all, are left alone: they are right already.
SPACES = re.compile(f"[{_OTHER_SPACES}][ {_OTHER_SPACES}]*+| [ {_OTHER_SPACES}]++")
WRITTEN_LINES = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
GAP = re.compile(f" ?[{LINE}{ROW}{CELL}][ {LINE}{ROW}{CELL}]*")


def plain_text(html: str) -> str:
    """The text of an HTML fragment or page, or a text that is no HTML unharmed.

    Paragraphs, breaks, list items and table rows are lines; the cells of a row are parted
    by " | ". Whitespace is folded, except that a no-break space between digits stays (as
    U+00A0). Scripts, styles, hidden and struck-out text are left out. Never raises; takes
    time in proportion to the length.
    """
    html = UNWANTED.sub("", SURROGATE.sub("\ufffd", html))
    if HTML.search(html):
        text = unescape(ENDLESS_REFERENCE.sub("\ufffd", "".join(_visible(FOOTNOTE.sub(r" [\1]", html)))))
    else:
        text = CLOSED_REFERENCE.sub(lambda found: unescape(found[0]), WRITTEN_LINES.sub(LINE, html))
    return _folded(text)


def _visible(html: str) -> Iterator[str]:
    """What is shown of the HTML, piece by piece, with marks where a line, row or cell begins."""
    at, preformatted, unclosed = 0, False, set[str]()
    while tag := TAG.search(html, at):
        yield _shown(html[at : tag.start()], preformatted)
        name, at = (tag["name"] or "").lower(), tag.end()
        if name == "pre":
            preformatted = not tag["end"]
        if not tag["end"] and name not in unclosed and _is_hidden(name, tag["attributes"] or ""):
            end = _end_of(name, html, at) if len(unclosed) < MOST_UNCLOSED else None
            # Text of a hidden element that never ends is rather shown than lost with all that follows.
            at = end or at
            unclosed |= {name} if end is None else set()
        yield _mark(name, bool(tag["end"]))
    yield _shown(html[at:], preformatted)


def _shown(text: str, preformatted: bool) -> str:
    return WRITTEN_LINES.sub(LINE, text) if preformatted else text


def _mark(name: str, end: bool) -> str:
    if name in CELLS:
        return "" if end else CELL
    return ROW if name in TABLE_PARTS else LINE if name in LINES else ""


def _is_hidden(name: str, attributes: str) -> bool:
    if name in INVISIBLE:
        return True
    lowered = attributes.lower()
    if name in VOID or ("hidden" not in lowered and "none" not in lowered):
        return False
    for found in ATTRIBUTE.finditer(lowered):
        if found[1] == "hidden" or (found[1] == "style" and HIDING_STYLE.search(found[2] or "")):
            return True
    return False


def _end_of(name: str, html: str, start: int) -> int | None:
    """Where the element begun before `start` ends, or None where it never does."""
    if name in RAW:
        end = RAW[name].search(html, start)
        return end.end() if end else len(html)
    depth, at = 0 if name in VOID else 1, start
    while depth and (tag := TAG.search(html, at)):
        at = tag.end()
        if (tag["name"] or "").lower() != name:
            continue
        if not tag["end"] and name in CLOSED_BY_NEXT:
            return tag.start()
        depth += -1 if tag["end"] else 1
    return None if depth else at


def _folded(text: str) -> str:
    # Once more, for what character references brought in.
    text = SURROGATE.sub("\ufffd", text)
    text = UNWANTED.sub(lambda found: found[0] if found[0] in {LINE, ROW, CELL} else "", text)
    text = SPACES.sub(" ", THOUSANDS.sub(NO_BREAK, text))
    return GAP.sub(_gap, text.strip(f" {LINE}{ROW}{CELL}")).replace(NO_BREAK, "\xa0")


def _gap(found: re.Match[str]) -> str:
    """The strongest break of several that meet: rows part cells, cells join their paragraphs."""
    run = found[0]
    return "\n" if ROW in run else " | " if CELL in run else "\n"
