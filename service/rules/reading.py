"""alerts.yaml → Rules, or every mistake in it."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from service.rules.files import Neighbours
from service.rules.known import Known
from service.rules.model import Rules
from service.rules.reader import SkippedError
from service.rules.sections import alerts_file
from service.strict_yaml import Mistakes, UnreadableError, compose


def read(text: str, file: str, known: Known, files: Neighbours | None = None) -> Rules:
    """The rules in a text; `file` is the name printed with mistakes, `files` are those it may name.

    Raises RulesError listing every mistake found.
    """
    mistakes = Mistakes(file)
    files = files or Neighbours()
    root = compose(text, mistakes)
    rules = None
    if root is not None:
        with suppress(SkippedError, UnreadableError):
            rules = alerts_file(root, digest(text), known, files)(root, mistakes)
    mistakes.refuse()
    assert rules is not None, "a reader notes a mistake wherever it gives no value"
    return replace(rules, hash=digest(text, files.texts)) if files.texts else rules


def digest(text: str, files: Mapping[str, str] | None = None) -> str:
    """What names a version: the first 12 hexadecimal digits of the SHA-256 of its text, in UTF-8.

    Where it names files, the name and the text of each follow it, a NUL before each.
    """
    parts = [text, *(part for named in sorted((files or {}).items()) for part in named)]
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:12]
