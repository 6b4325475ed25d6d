"""alerts.yaml → frozen Rules: a strict schema over YAML with lines and columns.

`read` gives the rules of a text, or every mistake in it; `text_of` reads the file, `Neighbours` those it names.
Rooms that only use rules import `service.rules.model`.
"""

from service.rules.files import Neighbours, text_of
from service.rules.known import Known
from service.rules.model import Rules
from service.rules.reading import digest, read

__all__ = ["Known", "Neighbours", "Rules", "digest", "read", "text_of"]
