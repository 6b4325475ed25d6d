"""The words that an answer may hold beside its code, by language: data. To add one: a row here."""

from collections.abc import Mapping
from typing import Final, Literal

Act = Literal["acknowledge", "not ours", "misread", "untrue", "late", "known"]

WORDS: Final[Mapping[str, Mapping[Act, tuple[str, ...]]]] = {
    "en": {
        "acknowledge": ("ok", "okay", "yes", "ack", "acknowledge", "acknowledged", "i am checking", "checking"),
        "not ours": ("not ours",),
        "misread": ("misread",),
        "untrue": ("untrue", "not true"),
        "late": ("late", "too late"),
        "known": ("known", "already known"),
    },
    "fr": {
        "acknowledge": ("oui", "je vérifie"),
        "not ours": ("pas à nous", "pas pour nous"),
        "misread": ("mal lu",),
        "untrue": ("faux",),
        "late": ("trop tard",),
        "known": ("déjà connu",),
    },
    "es": {
        "acknowledge": ("sí", "si", "verificando"),
        "not ours": ("no es nuestro",),
        "misread": ("mal leído",),
        "untrue": ("falso",),
        "late": ("tarde",),
        "known": ("ya conocido",),
    },
    "ar": {
        "acknowledge": ("نعم", "حسنا"),
        "not ours": ("ليس لنا",),
        "untrue": ("غير صحيح",),
        "late": ("متأخر",),
        "known": ("معروف",),
    },
    "uk": {
        "acknowledge": ("так", "добре"),
        "not ours": ("не наше",),
        "untrue": ("неправда",),
        "late": ("пізно",),
        "known": ("відомо",),
    },
}
