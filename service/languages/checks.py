"""Checks of what a file of settings holds; each raises SettingsError naming the place and what is wrong there."""

from collections.abc import Callable, Mapping
from typing import Any

from service.errors import SettingsError

Check = Callable[[Any, str], None]


def wrong(where: str, problem: str) -> SettingsError:
    return SettingsError(f"{where}: {problem}")


def text(value: Any, where: str) -> None:
    """A string that is not empty."""
    if not isinstance(value, str) or not value:
        raise wrong(where, f"a word is needed, not {value!r} (quote it?)")


def number(value: Any, where: str) -> None:
    """A number from 0 up."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise wrong(where, f"a number from 0 up is needed, not {value!r}")


def signed(value: Any, where: str) -> None:
    """Any number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(where, f"a number is needed, not {value!r}")


def flag(value: Any, where: str) -> None:
    """true or false."""
    if not isinstance(value, bool):
        raise wrong(where, f"true or false is needed, not {value!r}")


def words(value: Any, where: str) -> None:
    """A list of strings, none of them twice."""
    if not isinstance(value, list):
        raise wrong(where, f"a list is needed, not {value!r}")
    for place, item in enumerate(value, 1):
        text(item, f"{where}[{place}]")
    if len(set(value)) < len(value):
        twice = next(item for place, item in enumerate(value) if item in value[:place])
        raise wrong(where, f"{twice!r} stands twice")


def mapping(check_value: Check, keys: tuple[str, ...] | None = None) -> Check:
    """A mapping, of these keys if they are given, to values that pass a check."""

    def checked(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise wrong(where, f"a mapping is needed, not {value!r}")
        for key, item in value.items():
            if keys is not None and key not in keys:
                raise wrong(f"{where}.{key}", f"unknown; one of {', '.join(keys)} is meant")
            check_value(item, f"{where}.{key}")

    return checked


def sections_of(sections: Mapping[str, Check], optional: frozenset[str] = frozenset()) -> Check:
    """A mapping of sections, each with its own check; all must be there but the optional ones."""

    def checked(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise wrong(where, f"a mapping is needed, not {value!r}")
        for key in value:
            if key not in sections:
                raise wrong(f"{where}.{key}", f"unknown section; known: {', '.join(sections)}")
        for key, check_section in sections.items():
            if key in value:
                check_section(value[key], f"{where}.{key}")
            elif key not in optional:
                raise wrong(where, f"the section {key!r} is missing")

    return checked
