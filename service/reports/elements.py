"""What the elements of HTML mean for plain text (HTML Living Standard, section 15: Rendering)."""

import re


def _names(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# Elements that begin and end a line.
LINES = _names(
    "address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure",
    "footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup option p",
    "plaintext pre search section summary ul",
)
TABLE_PARTS = _names("caption table tbody tfoot thead tr")
INLINE = _names(
    "a abbr acronym b basefont bdi bdo big cite code data dfn em font i img ins kbd label mark meter nobr output",
    "picture progress q rb rp rt rtc ruby samp small span strong sub sup td th time tt u var wbr input button",
    "select area map base link meta col colgroup source track param",
)
# Not text, or text its author took back; live articles strike out the figure that was wrong.
INVISIBLE = _names(
    "applet audio canvas datalist del embed iframe math noembed noframes noscript object rp s script",
    "strike style svg template textarea title video xmp",
)
VOID = _names("area base br col embed hr img input link meta param source track wbr")
# Elements whose content holds no tags: they end at their end tag and nowhere else.
RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE)
    for name in _names("iframe noembed noframes script style textarea title xmp")
}
# Elements that the next one of their name ends, so that a hidden one without end tag hides no more.
CLOSED_BY_NEXT = _names("dd dt li option p td th tr")

ELEMENTS = LINES | TABLE_PARTS | INLINE | INVISIBLE | VOID
