"""Item → report."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.reports import fingerprint, report_from, seen_key
from service.reports.report import LONGEST_TEXT
from service.values import Item, Report

ITEM = Item(
    guid="1",
    link="https://www.valley.example/bridge",
    title="Bridge closed &amp; ferry stopped",
    html="<p>Nobody was hurt.</p><p>Two villages are cut off.</p>",
    published=datetime(2024, 11, 28, tzinfo=UTC),
)


def report(item: Item = ITEM, publisher: str | None = None, language: str | None = None) -> Report:
    return report_from(item, feed_name="valley", publisher=publisher, language=language, country="NPL")


def test_the_text_is_title_and_body() -> None:
    assert report() == Report(
        text="Bridge closed & ferry stopped\nNobody was hurt.\nTwo villages are cut off.",
        fingerprint=report().fingerprint,
        published=ITEM.published,
        link=ITEM.link,
        publisher="valley.example",
        country="NPL",
    )
    assert report().title == "Bridge closed & ferry stopped"


@pytest.mark.parametrize(
    ("title", "html", "text"),
    [
        ("Same", "<h1>SAME</h1><p>Body</p>", "Same\nBody"),
        ("Same", "same", "Same"),
        ("Same", "Same again", "Same\nSame again"),
        ("In two\nlines", "", "In two lines"),
        ("", "<p>First</p><p>Second</p>", "First\nSecond"),
        ("", "", ""),
    ],
)
def test_title_and_body(title: str, html: str, text: str) -> None:
    assert report(replace(ITEM, title=title, html=html)).text == text


@pytest.mark.parametrize(
    ("own", "link", "rule", "publisher"),
    [
        ("Hill Agency", "https://valley.example/", "Rule", "Hill Agency"),
        (None, "https://WWW.Valley.example:8080/x", "Rule", "valley.example"),
        (None, None, "Rule", "Rule"),
        (None, "http://[bad", "Rule", "Rule"),
        (None, None, None, "valley"),
    ],
)
def test_publisher(own: str | None, link: str | None, rule: str | None, publisher: str) -> None:
    assert report(replace(ITEM, publisher=own, link=link), publisher=rule).publisher == publisher


def test_the_items_own_language_goes_before_the_feeds() -> None:
    assert report(replace(ITEM, language="en"), language="ar").language == "en"
    assert report(language="ar").language == "ar"
    assert report().language is None


def test_a_text_too_long_is_cut_at_a_paragraph_and_says_so() -> None:
    item = replace(ITEM, html="<p>" + "word " * 100 + "</p>" + "<p>" + "x" * 999 + "</p>" + "<p>y</p>" * 200_000)
    long = report(item)
    assert len(long.text) <= LONGEST_TEXT
    assert long.text.endswith("y")
    assert long.error == "its text was cut at 200,000 characters"
    assert len(report(replace(ITEM, html="z" * 300_000)).text) == LONGEST_TEXT


def test_what_was_wrong_with_the_item_stays_with_it() -> None:
    assert report(replace(ITEM, error="it has neither title nor text")).error == "it has neither title nor text"


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("Two villages — cut off!", "two  VILLAGES\ncut off", True),
        ("ﬁve", "five", True),
        ("1.5 million fled", "15 million fled", False),
        ("killed 19", "killed 20", False),
        ("19-20 killed", "1920 killed", False),
        ("", "?!", True),
    ],
)
def test_fingerprint(one: str, other: str, equal: bool) -> None:
    assert (fingerprint(one) == fingerprint(other)) is equal


@given(st.text())
def test_a_fingerprint_is_32_hexadecimal_digits_and_blind_to_case_and_margins(text: str) -> None:
    assert len(bytes.fromhex(fingerprint(text))) == 16
    assert fingerprint(f" \n{text.casefold()} ...") == fingerprint(text)


def key(item: Item = ITEM, feed: str = "valley") -> bytes:
    return seen_key(feed, item, report(item))


def test_an_unchanged_item_is_known_again() -> None:
    assert len(key()) == 16
    assert key() == key(replace(ITEM, html=ITEM.html.upper(), published=None, link=None))


@pytest.mark.parametrize("change", [{"html": "<p>One was hurt.</p>"}, {"title": "Open again"}, {"guid": "2"}])
def test_a_changed_item_is_new(change: dict[str, str]) -> None:
    assert key(replace(ITEM, **change)) != key()  # type: ignore[arg-type]


def test_each_feed_has_seen_for_itself() -> None:
    assert key(feed="other") != key()


def test_nothing_of_it_is_refused_by_a_database() -> None:
    """PostgreSQL takes no NUL, and UTF-8 no half of a pair of surrogates."""
    bad = "a\0b\ud800c"
    item = Item(guid=bad, link=f"https://x.example/{bad}", title=bad, html=f"<p>{bad}</p>", published=None)
    told = report(replace(item, language=bad, publisher=bad, error=bad))
    assert (told.publisher, told.language, told.error, told.link) == ("abc", "abc", "abc", "https://x.example/abc")
    for text in (told.text, told.fingerprint, report(item).publisher or ""):
        assert "\0" not in text and text.encode("utf-8")
    assert len(seen_key("valley", item, told)) == 16
