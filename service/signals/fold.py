"""A matching copy of a text: lower case and plain signs, every character at its own offset."""

_SIGNS = {
    "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "‒": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "\t": " ", "\r": " ", "\u200e": " ", "\u200f": " ", "\u00ad": "-", "İ": "i", "，": ",", "٬": ",", "٫": ".",
}  # fmt: skip
_DIGITS = {chr(zero + value): str(value) for zero in (0x660, 0x6F0, 0x966) for value in range(10)}
_SURROGATES = dict.fromkeys(range(55296, 57344), " ")
_TABLE = str.maketrans({**_SIGNS, **_DIGITS}) | _SURROGATES


def fold(text: str) -> str:
    """The folded copy; `len(fold(text)) == len(text)`.

    Only U+0130 changes its length in lower case, and the table has replaced it.
    """
    return text.translate(_TABLE).lower()
