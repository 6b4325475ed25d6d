"""The words that an answer may hold beside its code, by language: data. To add one: a row here."""

from collections.abc import Mapping
from typing import Final, Literal

from service.values import CloseReason

# To take an alert, or why to close it.
Act = Literal["acknowledge"] | CloseReason

WORDS: Final[Mapping[str, Mapping[Act, tuple[str, ...]]]] = {
    "en": {
        "acknowledge": ("ok", "okay", "yes", "ack", "acknowledge", "acknowledged", "i am checking", "checking"),
        "not_ours": ("not ours",),
        "misread": ("misread",),
        "untrue": ("untrue", "not true"),
        "too_late": ("late", "too late"),
        "already_known": ("known", "already known"),
        "handled": ("handled", "done", "closed", "close"),
    },
    "fr": {
        "acknowledge": ("oui", "je vérifie"),
        "not_ours": ("pas à nous", "pas pour nous"),
        "misread": ("mal lu",),
        "untrue": ("faux",),
        "too_late": ("trop tard",),
        "already_known": ("déjà connu",),
        "handled": ("traité", "fait"),
    },
    "es": {
        "acknowledge": ("sí", "si", "verificando"),
        "not_ours": ("no es nuestro",),
        "misread": ("mal leído",),
        "untrue": ("falso",),
        "too_late": ("tarde",),
        "already_known": ("ya conocido",),
        "handled": ("atendido", "hecho"),
    },
    "ar": {
        "acknowledge": ("نعم", "حسنا"),
        "not_ours": ("ليس لنا",),
        "untrue": ("غير صحيح",),
        "too_late": ("متأخر",),
        "already_known": ("معروف",),
        "handled": ("تم",),
    },
    "uk": {
        "acknowledge": ("так", "добре"),
        "not_ours": ("не наше",),
        "untrue": ("неправда",),
        "too_late": ("пізно",),
        "already_known": ("відомо",),
        "handled": ("зроблено",),
    },
}
