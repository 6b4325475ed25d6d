"""A text read in its own language: languages, places and signals put together (pure)."""

from datetime import date, datetime

from service import languages, places, signals
from service.values import Reading


def read_text(
    text: str,
    lang: str | None = None,
    published: datetime | date | None = None,
    country: str | None = None,
    explain: bool = False,
) -> tuple[str | None, Reading]:
    """The language and the reading of a text; nothing is read where the language is none of ours.

    `lang` is found out where it is None; of a tag like `en-GB` the first part counts.
    """
    found = lang.replace("_", "-").partition("-")[0].lower() if lang else languages.identify(text)
    if found not in languages.available():
        return found, Reading()
    lexicon = languages.lexicon(found)
    reading = signals.read(
        text, lexicon, find_places=places.finder(), published=published, country=country, explain=explain
    )
    return found, reading


def language_of(text: str, said: str | None) -> str | None:
    """What a text itself shows, else what its feed says of it; None where we do not read that."""
    code = (said or "").partition("-")[0].lower()
    return languages.identify(text) or (code if code in languages.available() else None)
