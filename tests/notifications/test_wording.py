"""The wording contract, held over every reason, channel and hostile text."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import get_args

import pytest

from service.notifications.compose import Links, compose
from service.notifications.figures import label, phrase, quantity
from service.values import Message, Notice, Reason, Recipient

from .notices import (
    ATTACKS,
    BARE,
    DAMASCUS,
    DISPLACED,
    EMPTY,
    FIRST,
    HEALTH,
    KILLED,
    NOW,
    RISE,
    for_reason,
    hostile,
    signal,
)

ALERT, ACKNOWLEDGE = "https://tocsin.example/alerts/17", "https://tocsin.example/a/TOKEN?x=1&y=2"
LINKS = Links(ALERT, ACKNOWLEDGE)
REASONS: tuple[Reason, ...] = get_args(Reason)
KINDS = ("slack", "email")
NOTICES = {"first": FIRST, "rise": RISE, "empty": EMPTY, "bare": BARE}
NOTICES |= {f"attack {number}": hostile(text) for number, text in enumerate(ATTACKS)}
EVERY = pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES.keys())
ALL_WAYS = [(reason, kind) for reason in REASONS for kind in KINDS]

QUOTATION = re.compile("“[^”]*”")
OUR_TAGS = {"html", "head", "meta", "title", "style", "body", "table", "tr", "td", "h1", "p", "a", "div", "span"}
OUR_TAGS |= {"strong"}
NEVER_OURS = re.compile(r"regime|terrorist|liberated|rebel|militia|confirmed|refuted", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s|>\"]+")


def told(notice: Notice, reason: Reason, kind: str, *, duplicate: bool = False) -> Message:
    return compose(
        for_reason(notice, reason),
        Recipient("Night desk", kind, "desk@ngo.example"),
        links=LINKS,
        now=NOW,
        zone=DAMASCUS,
        possible_duplicate=duplicate,
        channel_kind=kind,
    )


class Page(HTMLParser):
    """What a mail program sees: words, tags, addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "background"}]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def printed(message: Message) -> list[str]:
    """Every text a person may see, with the addresses taken out."""
    seen = [message.subject, message.text] + (["".join(Page(message.html).words)] if message.html else [])
    return [ADDRESS.sub("", text) for text in seen]


@EVERY
@pytest.mark.parametrize(("reason", "kind"), ALL_WAYS)
def test_everything_printed_is_safe_bounded_and_on_our_side_of_the_quotation_marks(
    notice: Notice, reason: Reason, kind: str
) -> None:
    message = told(notice, reason, kind)
    assert len(message.subject) <= 180 and len(message.text) <= (4500 if kind == "slack" else 12_000)
    assert "\n" not in message.subject and "\r" not in message.subject
    for text in printed(message):
        assert not set(text) & set("\x00\x1b\r\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
        assert text.count("\u2068") == text.count("\u2069")
        assert NEVER_OURS.search(QUOTATION.sub("", text)) is None
        assert "944" not in text and "ahmad@" not in text
        assert "None" not in text


def test_foreign_text_is_no_template() -> None:
    text = told(hostile("{{ 7*6 }}{% for x in y %}"), "first", "email").text
    assert "{{ 7*6 }}{% for x in y %}" in text and "42" not in text


@EVERY
@pytest.mark.parametrize("reason", REASONS)
def test_slack_gets_no_control_sequence_but_our_links(notice: Notice, reason: Reason) -> None:
    text = told(notice, reason, "slack").text
    sequences = re.findall(r"<[^>]*>", text)
    if reason == "closed":
        assert "I am checking>" not in text
        return
    assert sequences[0] == f"<{ACKNOWLEDGE.replace('&', '&amp;')}|I am checking>"
    assert all(re.fullmatch(r"<https?://[^|<>\s]+\|(source: [a-z.]+|why|details)>", one) for one in sequences[1:])
    assert not re.search(r"@(channel|here|everyone|all)\b", text) and "](" not in text
    assert "://evil" not in text
    assert text.count("I am checking>") == 1


@EVERY
@pytest.mark.parametrize("reason", REASONS)
def test_the_html_holds_no_foreign_tag_picture_script_or_address(notice: Notice, reason: Reason) -> None:
    html = told(notice, reason, "email").html
    assert html is not None
    page = Page(html)
    ours = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "table",
        "tr",
        "td",
        "h1",
        "p",
        "a",
        "div",
        "span",
        "strong",
    }
    assert page.tags <= ours and page.handlers == []
    # Nobody is asked to answer what is closed.
    assert {ALERT, *([] if reason == "closed" else [ACKNOWLEDGE])} <= set(page.addresses)
    assert all(address.startswith(("https://", "http://")) for address in page.addresses)
    assert "url(" not in html and "@import" not in html


@EVERY
@pytest.mark.parametrize(("reason", "kind"), [way for way in ALL_WAYS if way[0] != "problem"])
def test_a_lock_screen_shows_level_place_and_figure(notice: Notice, reason: Reason, kind: str) -> None:
    shown = told(notice, reason, kind, duplicate=True).text[:110]
    assert notice.level.name in shown
    assert ": " in shown


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason != "problem"])
def test_the_figure_itself_is_on_the_lock_screen(reason: Reason, kind: str) -> None:
    assert "almost 7,000 families" in told(FIRST, reason, kind, duplicate=True).text[:110]
    assert "Syria" in told(FIRST, reason, kind, duplicate=True).text[:110]


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_stands_with_its_origin(kind: str) -> None:
    lines = [line for line in told(RISE, "rise", kind).text.splitlines() if line.startswith(("•", "*", "Since"))]
    for figure, origin in (
        ("54,000 people", "OCHA"),
        ("7,000 families", "International Rescue Committee"),
        ("19 civilians", "Syrian Observatory"),
        ("Atareb 14", "Syria Civil Defence"),
        ("more than 180", "Syrian Observatory"),
        ("500,000", "World news"),
    ):
        assert all(origin in line for line in lines[1:] if figure in line)
        assert any(figure in line for line in lines)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_left_out_is_named_in_the_texts_words_and_never_added(kind: str) -> None:
    text = told(FIRST, "first", kind).text
    assert "more than 180 called “combatants”" in text and "(history; World news)" in text
    assert "Atareb 14, Darat Izza 4; not added" in text
    assert not re.search(r"\b(37|33|199)\b", text)


def test_civilians_only_where_the_text_says_so() -> None:
    claimed = replace(KILLED.signal, evidence=replace(KILLED.signal.evidence, text="At least 19 were killed"))
    assert quantity(claimed) == "at least 19 people"
    assert quantity(replace(claimed, noun=None)) == "at least 19 people"
    assert quantity(KILLED.signal) == "at least 19 civilians"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"low": 20, "high": 30, "noun": "homes"}, "20 to 30 homes"),
        ({"low": 7000, "hedge": "More than", "noun": "residents"}, "more than 7,000 residents"),
        ({"low": 7000, "quantifier": "at_most"}, "up to 7,000 people"),
        ({"low": 90, "hedge": "or more", "unit": "households"}, "90 or more households"),
        ({"vague": "dozens"}, "dozens of people"),
        ({"vague": "tens of thousands", "noun": "children"}, "tens of thousands of children"),
        ({"vague": "several", "noun": "families"}, "several families"),
        ({"low": 12, "noun": "martyrs"}, "12 “martyrs”"),
        ({"low": 12, "noun": "armed rebels"}, "12 “armed rebels”"),
        ({"low": 12, "noun": "Colombians"}, "12 Colombians"),
        ({"low": 12, "noun": "дітей"}, "12 “дітей”"),
        ({"low": 10**30}, "a number we cannot read people"),
        ({"low": 5, "high": None}, "5 people"),
        ({}, "people"),
    ],
)
def test_a_quantity_in_the_texts_words(fields: dict[str, object], words: str) -> None:
    assert quantity(signal("displacement", "displaced", "words", **fields)) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (signal("displacement", "displaced", "x", low=5, scope="total"), "5 people now living displaced"),
        (signal("displacement", "evacuated", "5 people were ordered to go", low=5), "5 people ordered to leave"),
        (signal("displacement", "evacuated", "5 people evacuated", low=5), "5 people evacuated"),
        (signal("displacement", "housing", "9 homes destroyed", low=9, noun="homes"), "9 homes destroyed"),
        (signal("casualty", "missing", "x", low=3, noun="migrants"), "3 migrants reported missing"),
        (signal("casualty", "killed", "x", low=3, scope="total"), "3 people reported killed so far"),
        (signal("suspension", "health", "24 clinics closed", low=24, noun="clinics"), "24 clinics closed"),
        (signal("suspension", "water", "the water was cut off"), "water supply cut"),
        (signal("suspension", "power", "x", low=5000, unit="people"), "5,000 people without electricity"),
        (signal("suspension", "education", "x", vague="several"), "several schools stopped"),
    ],
)
def test_phrases_are_plain_and_passive(said: object, words: str) -> None:
    assert phrase([said]) == words  # type: ignore[list-item]


def test_an_order_to_leave_is_no_evacuation() -> None:
    assert label(signal("displacement", "evacuated", "residents ordered out")) == "Ordered to leave"
    assert label(DISPLACED.signal) == "Displaced" and label(HEALTH.signal) == "Stopped"


def test_a_conversion_keeps_the_texts_bound_and_is_labelled_ours() -> None:
    bound = replace(DISPLACED, signal=replace(DISPLACED.signal, quantifier="at_least", hedge="at least"))
    assert FIRST.incident is not None
    facet = replace(FIRST.incident.facets[0], recommended=bound)
    text = told(replace(FIRST, incident=replace(FIRST.incident, facets=(facet,))), "first", "slack").text
    assert "Our conversion: at least about 35,000 people at 5.0 (HNAP 2021)" in text


def test_few_victims_are_not_quoted_because_words_may_name_them() -> None:
    one = replace(
        KILLED,
        signal=signal("casualty", "killed", "Ahmad Example, 34, was killed", low=1, noun="man", place_from="feed"),
    )
    assert FIRST.incident is not None
    facet = replace(FIRST.incident.facets[1], recommended=one, parts=())
    message = told(replace(FIRST, incident=replace(FIRST.incident, facets=(facet,))), "first", "email")
    assert "1 man" in message.text and "Ahmad" not in message.text + (message.html or "")
    assert "Place from the feed, not the text" in message.text
