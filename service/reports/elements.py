"""What the elements of HTML mean for plain text (HTML Living Standard, section 15: Rendering)."""

import re

# Elements that begin and end a line.
LINES = frozenset(
    "address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p"
    " plaintext pre search section summary ul".split()
)
TABLE_PARTS = frozenset("caption table tbody tfoot thead tr".split())
INLINE = frozenset(
    "a abbr acronym b basefont bdi bdo big cite code data dfn em font i img ins kbd label mark meter nobr output"
    " picture progress q rb rp rt rtc ruby samp small span strong sub sup td th time tt u var wbr input button"
    " select area map base link meta col colgroup source track param".split()
)
# Not text, or text its author took back; live articles strike out the figure that was wrong.
INVISIBLE = frozenset(
    "applet audio canvas datalist del embed head iframe math noembed noframes noscript object rp s script"
    " strike style svg template textarea title video xmp".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Elements whose content holds no tags: they end at their end tag and nowhere else.
RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE)
    for name in "iframe noembed noframes script style textarea title xmp".split()
}
# Elements that the next one of their name ends, so that a hidden one without end tag hides no more.
SELF_CLOSED_BY_NEXT = frozenset("dd dt li option p td th tr".split())

ELEMENTS = LINES | TABLE_PARTS | INLINE | INVISIBLE | VOID
