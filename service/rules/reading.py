"""alerts.yaml → Rules, or every mistake in it."""

import hashlib
from contextlib import suppress
from pathlib import Path

from service.errors import RulesError
from service.rules.known import Known
from service.rules.model import Rules
from service.rules.reader import SkippedError
from service.rules.sections import alerts_file
from service.strict_yaml import LINE_END, MAX_CHARACTERS, Mistakes, UnreadableError, compose, position_of


def read(text: str, file: str, known: Known) -> Rules:
    """The rules in a text; `file` is the name printed with mistakes.

    Raises RulesError listing every mistake found.
    """
    mistakes = Mistakes(file)
    root = compose(text, mistakes)
    rules = None
    if root is not None:
        with suppress(SkippedError, UnreadableError):
            rules = alerts_file(root, digest(text), known)(root, mistakes)
    mistakes.refuse()
    assert rules is not None, "a reader notes a mistake wherever it gives no value"
    return rules


def digest(text: str) -> str:
    """What names a version: the first 12 hexadecimal digits of the text's SHA-256, in UTF-8."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:12]


def text_of(path: Path) -> str:
    """A rules file's text as Path.read_text gives it; what is past the largest size is not read.

    Raises OSError where it cannot be read, RulesError where it is no UTF-8.
    """
    limit = 4 * MAX_CHARACTERS  # UTF-8 takes up to four bytes a character
    with path.open("rb") as file:
        data = file.read(limit + 1)
    try:
        text = data.decode(errors="strict" if len(data) <= limit else "replace")
    except UnicodeDecodeError as error:
        mistakes = Mistakes(str(path))
        at = position_of(data[: error.start].decode(), error.start)
        mistakes.add(at, "This is not UTF-8 text", "Save the file with the encoding UTF-8")
        raise RulesError(mistakes.found()) from None
    return LINE_END.sub("\n", text)
