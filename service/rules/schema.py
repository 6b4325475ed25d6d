"""alerts.yaml for editors: the shapes of its readers as one JSON Schema, draft 2020-12.

What a file's names refer to, whether bounds rise and what else takes more than one
look at a value is beyond it: `tocsin check` knows.
"""

import json
from collections.abc import Mapping
from typing import Any

from service.rules.files import Neighbours
from service.rules.known import Known
from service.rules.sections import alerts_file
from service.strict_yaml import Node, Position


def schema_text(known: Known) -> str:
    """The schema as `alerts.schema.json` holds it."""
    return json.dumps(schema(known), ensure_ascii=False, indent=2)


def schema(known: Known) -> dict[str, Any]:
    """The schema of a file that may name what is known."""
    nothing = Node({}, Position(), Position())
    definitions: dict[str, Any] = {}
    shape = _gathered(alerts_file(nothing, "", known, Neighbours()).schema, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tocsin's alerts.yaml",
        **shape,
        "$defs": dict(sorted(definitions.items())),
    }


def _gathered(part: Any, definitions: dict[str, Any]) -> Any:
    """A part of a schema, with references in place of what has a title; that goes into `definitions`."""
    if isinstance(part, list):
        return [_gathered(item, definitions) for item in part]
    if not isinstance(part, Mapping):
        return part
    whole = {name: _gathered(value, definitions) for name, value in part.items()}
    return _defined(whole, definitions) if isinstance(whole.get("title"), str) else whole


def _defined(whole: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to a part with a title; its description stays, for it tells of this place."""
    title = whole["title"]
    definition = {name: value for name, value in whole.items() if name != "description"}
    assert definitions.setdefault(title, definition) == definition, f"two shapes are called {title!r}"
    described = {"description": whole["description"]} if "description" in whole else {}
    return {**described, "$ref": f"#/$defs/{title}"}
