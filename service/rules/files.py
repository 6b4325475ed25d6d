"""alerts.yaml and the files it names, as text: bounded, UTF-8, lines ending alike."""

import errno
from collections.abc import Mapping
from pathlib import Path

from service.errors import RulesError
from service.strict_yaml import LINE_END, MAX_CHARACTERS, Mistakes, position_of


class Neighbours:
    """The files beside alerts.yaml that it names: read from its folder, or as they were stored with it.

    `texts` holds those read so far, by name: what has to be stored with alerts.yaml, so that every
    process reads the same.  `asked` are the paths of those it names, read or not.
    """

    def __init__(self, folder: Path | None = None, texts: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self.texts = dict(texts or {})
        self.asked: set[Path] = set()

    def text(self, name: str) -> str:
        """A file's text. Raises OSError where it cannot be read, RulesError where it is no UTF-8."""
        if name not in self.texts:
            self.texts[name] = self._read(name)
        return self.texts[name]

    def _read(self, name: str) -> str:
        if self._folder is None:
            raise FileNotFoundError(errno.ENOENT, "it is not stored with alerts.yaml")
        path = self._folder / name
        self.asked.add(path)
        # A pipe or a device would never end.
        if not path.is_file():
            raise FileNotFoundError(errno.ENOENT, "there is no such file")
        return text_of(path)


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
