"""Bytes to text, whatever a feed says of its own encoding."""

import codecs
import re

# Longest first: UTF-32's little-endian mark begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Without a mark, the first "<" of XML still shows how wide characters are.
WIDE_STARTS = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
# Python knows codecs that are no charsets (base64, zlib, idna): only these names are believed.
CHARSET = re.compile(
    r"(utf|ucs|iso|latin|windows|cp|x-cp|ansi|us-ascii|ascii|koi8|mac|x-mac|tis|gb|big5|hz|euc|x-euc|ks_c|shift|x-sjis|sjis)"
    r"[\w.:-]{0,30}",
    re.IGNORECASE,
)
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
IN_PROLOG = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
# As browsers do (WHATWG Encoding Standard): pages that say Latin-1 mean the Windows charset.
MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
# Encodings whose bytes are all ASCII: such text would pass for UTF-8.
SEVEN_BIT = ("iso2022", "hz")


def read_text(body: bytes, content_type: str | None) -> tuple[str, str | None]:
    """The text of a feed, and a sentence where its encoding had to be guessed.

    A byte-order mark decides; then UTF-8, which no other text resembles by chance; then
    what the HTTP header says, and the XML prolog (RFC 7303 has the order). Never fails.
    """
    for mark, name in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace").lstrip("\ufeff"), None
    named = _named(body, content_type)
    for name in _candidates(body, named):
        try:
            return body.decode(name).lstrip("\ufeff"), None
        except (UnicodeDecodeError, LookupError):
            continue
    name = named[0] if named else "cp1252"
    problem = f"its characters are not the {name} it says" if named else "its encoding is not stated"
    return body.decode(name, "replace"), f"{problem}: some may be wrong"


def _named(body: bytes, content_type: str | None) -> list[str]:
    """Python's names of the charsets the feed claims, the header's first."""
    in_header = IN_HEADER.search(content_type or "")
    in_prolog = IN_PROLOG.search(body[:1000])
    claims = [in_header[1] if in_header else "", in_prolog[1].decode() if in_prolog else ""]
    return [name for claim in claims if (name := _codec(claim))]


def _codec(claim: str) -> str | None:
    if not CHARSET.fullmatch(claim):
        return None
    try:
        name = codecs.lookup(claim).name
    except LookupError:
        return None
    return MEANT.get(name, name) if name != "utf-7" else None


def _candidates(body: bytes, named: list[str]) -> list[str]:
    wide = [name for start, name in WIDE_STARTS if body.startswith(start)]
    seven_bit = [name for name in named if name.startswith(SEVEN_BIT)]
    # A wide charset decodes any bytes of even length, so it counts only where the bytes look it.
    narrow = [name for name in named if not name.startswith(("utf-16", "utf-32"))]
    return [*wide, *seven_bit, "utf-8", *narrow]
