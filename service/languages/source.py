"""Reads a language file strictly: no duplicate key, and a word like `on` or `no` stays a word."""

import re
from typing import Any

import yaml

from service.errors import SettingsError

try:
    from yaml import CSafeLoader as Base
except ImportError:  # a platform whose PyYAML comes without libyaml: same result, slower
    from yaml import SafeLoader as Base  # type: ignore[assignment]


class Loader(Base):
    """YAML in which only `true` and `false` are truth values."""


def _mapping(loader: Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
    return result


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag.rsplit(":", 1)[-1] in {"int", "float", "null"}]
    for first, pairs in Base.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])
Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(content: bytes, name: str) -> dict[str, Any]:
    """The file as a mapping; raises SettingsError naming file, line and column."""
    try:
        data = yaml.load(content, Loader=Loader)
    except yaml.YAMLError as error:
        raise SettingsError(f"{name}: {error}") from None
    if not isinstance(data, dict):
        raise SettingsError(f"{name}: a language file is a mapping of sections")
    return data
