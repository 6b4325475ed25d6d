"""Briefs and drills on every channel: bounded, safe, and what they must say."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from service.notifications import gsm
from service.notifications.brief import in_a_line
from service.notifications.compose import Links, compose
from service.values import Brief, Message, Notice, Part, Recipient

from .notices import ATTACKS, BRIEF, CALM, DRILL, FIRST, NOW, hostile
from .test_wording import NEVER_OURS, OUR_TAGS, QUOTATION, Page, printed

LINKS = Links("https://tocsin.example/alerts/19", "https://tocsin.example/a/TOKEN", "A7K2")
KINDS = ("slack", "email", "sms", "push")
assert BRIEF.brief is not None
TOLD: Brief = BRIEF.brief
# Where others' words are in a brief; what else it holds is ours already.
FOREIGN = ("place", "title", "why", "by", "name", "owner", "to", "language")


def told(notice: Notice, kind: str) -> Message:
    return compose(notice, Recipient("Amira", kind), links=LINKS, now=NOW, zone=None, channel_kind=kind)


def spoilt(value: Any, text: str) -> Any:
    """The brief with `text` wherever someone outside could have put it, and its lists full."""
    if isinstance(value, Part):
        entries = tuple(spoilt(entry, text) for entry in value.listed)
        return Part((entries * 10)[:10], 1_000_000)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {field.name: spoilt(getattr(value, field.name), text) for field in fields(value)}
    ours = hasattr(value, "said")  # an alert's words were cleaned when it was looked up
    return replace(
        value, **changed | {name: text for name in FOREIGN if name in changed and not (ours and name == "place")}
    )


def hostile_brief(text: str) -> Notice:
    return replace(BRIEF, brief=spoilt(TOLD, text))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", [*ATTACKS, "x" * 10_000])
def test_whatever_stands_in_it_a_brief_is_safe_and_one_message(text: str, kind: str) -> None:
    message = told(hostile_brief(text), kind)
    assert len(message.subject) <= 180 and len(message.text) <= {"slack": 4000, "push": 1000}.get(kind, 20_000)
    if kind == "sms":
        assert gsm.fits(message.text) and "BRIEF" in message.text
    for seen in printed(message):
        assert not set(seen) & set("\x00\x1b\r\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
        ours = re.sub('"[^"]*"', "", QUOTATION.sub("", seen)) if kind == "sms" else QUOTATION.sub("", seen)
        assert NEVER_OURS.search(ours) is None
        assert "944" not in seen and "ahmad@" not in seen and "None" not in seen
    if kind == "slack":
        assert not re.search(r"@(channel|here|everyone|all)\b", message.text) and "://evil" not in message.text
        assert message.text.endswith("|details>")
    if message.html:
        page = Page(message.html)
        assert page.tags <= OUR_TAGS and not page.handlers
        assert all(address.startswith("https://tocsin.example/") for address in page.addresses)


@pytest.mark.parametrize("text", ATTACKS)
def test_an_alert_is_in_it_in_clean_words(text: str) -> None:
    notice = hostile(text)
    assert notice.incident is not None
    place, said = in_a_line(notice.incident, notice)
    for words in (place, said):
        assert len(words) <= 200 and NEVER_OURS.search(QUOTATION.sub("", words)) is None and "944" not in words


def test_the_weightiest_figure_stands_for_an_alert_with_its_origin() -> None:
    assert FIRST.incident is not None
    assert in_a_line(FIRST.incident, FIRST) == ("NW Syria", "almost 7,000 families displaced (IRC)")


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_said_aloud_that_nothing_rang(kind: str) -> None:
    text = told(CALM, kind).text.lower()
    assert "nothing rang" in text and "nothing near a threshold" in text and "no feed silent" in text
    if kind in ("slack", "email"):
        assert "nothing rang since 28 nov 21:30 damascus (18:30 utc)." in text and "no alert is open" in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_brief_asks_for_no_answer(kind: str) -> None:
    message = told(BRIEF, kind)
    assert "I am checking" not in message.text and "A7K2" not in message.text and "TOKEN" not in message.text


def test_counts_say_when_more_may_be_as_heavy() -> None:
    alike = replace(TOLD, open=Part(TOLD.open.listed[:1] * 10, 5))
    assert "15 open (10+ SEVERE)" in told(replace(BRIEF, brief=alike), "sms").text


@pytest.mark.parametrize("reason", ["drill", "assigned", "taken", "closed", "snoozed"])
@pytest.mark.parametrize("kind", KINDS)
def test_exercise_comes_first_of_all_and_that_nothing_happened(kind: str, reason: Any) -> None:
    message = told(replace(DRILL, reason=reason), kind)
    first = message.subject or message.text
    assert first.startswith("EXERCISE") and "nothing happened" in message.text + message.subject
    assert message.text.lstrip("*").startswith("EXERCISE") or kind == "push"


@pytest.mark.parametrize("text", [*ATTACKS, "x" * 10_000])
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_its_names_a_drill_is_safe_and_can_be_answered(text: str, kind: str) -> None:
    assert DRILL.drill is not None
    message = told(replace(DRILL, note=text, drill=replace(DRILL.drill, route=text, by=text)), kind)
    if kind == "sms":
        assert gsm.fits(message.text) and message.text.startswith("EXERCISE") and message.text.endswith("A7K2")
    else:
        assert "TOKEN" in message.text
    for seen in printed(message):
        assert not set(seen) & set("\x00\x1b\r\u200b\u202e\u2067") and "944" not in seen
