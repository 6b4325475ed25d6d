"""What one short message holds: 160 characters of the GSM alphabet, else 70 of UCS-2 (3GPP TS 23.038)."""

import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Sent behind an escape, so each takes the room of two.
EXTENDED = frozenset("^{}\\[~]|€")
ROOM, ROOM_UCS2 = 160, 70

# Typography and letters that plain ones stand for; any other letter loses its accents.
PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "‚": ",", "`": "'", "ʼ": "'", "´": "'"}
    | {"–": "-", "—": "-", "−": "-", "‑": "-", "…": "...", "·": "-", "•": "-", "→": "->", "≥": ">=", "≤": "<="}
    | {"ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "œ": "oe", "Œ": "OE", "þ": "th", "ð": "d", "×": "x"}
    | {"\u00a0": " ", "\u202f": " ", "\u200c": "", "\u200d": ""}
)


def plain(text: str) -> str:
    """The text in the GSM alphabet as far as that loses no letter."""
    return "".join(map(_plain_letter, unicodedata.normalize("NFC", text.translate(PLAIN))))


def fits(text: str) -> bool:
    """Does the text go into one short message?"""
    if all(letter in BASIC or letter in EXTENDED for letter in text):
        return sum(2 if letter in EXTENDED else 1 for letter in text) <= ROOM
    return len(text.encode("utf-16-be")) // 2 <= ROOM_UCS2


def _plain_letter(letter: str) -> str:
    if letter in BASIC or letter in EXTENDED:
        return letter
    base = "".join(mark for mark in unicodedata.normalize("NFD", letter) if not unicodedata.combining(mark))
    return base if base and all(each in BASIC for each in base) else letter
