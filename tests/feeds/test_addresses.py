"""Which URLs are followed, and how they are shown."""

import pytest

from service.errors import FeedError
from service.feeds.addresses import Target, shown, target


def test_credentials_and_fragment_are_taken_off() -> None:
    assert target("HTTP://me:a%3Ab@News.Example:8080/feed?x=1#top") == Target(
        "http://news.example:8080/feed?x=1", ("me", "a:b")
    )
    assert target("https://[2001:db8::1]") == Target("https://[2001:db8::1]/")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://news.example/", "only http and https"),
        ("file://localhost/etc/passwd", "only http and https"),
        ("news.example/feed", "only http and https"),
        ("", "only http and https"),
        ("http://", "names no host"),
        ("http://news.example:99999/", "is not a URL"),
        ("http://[::1/", "is not a URL"),
        ("http://good.example\\@evil.example/", "characters no URL has"),
        ("http://news.example/a b", "characters no URL has"),
        ("http://news.example/\r\nX: 1", "characters no URL has"),
        ("http://news.example/" + "x" * 5000, "too long"),
    ],
)
def test_what_is_no_web_address_is_refused(url: str, words: str) -> None:
    with pytest.raises(FeedError, match=words) as refusal:
        target(url)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("http://news.example/feed", "http://news.example/feed"),
        ("http://me:pw@news.example/feed?key=1#x", "http://news.example/feed?…"),
        ("http://me:p@w@news.example/", "http://news.example/"),
        ("nonsense", "nonsense"),
        ("http://news.example/\x1b[31m", "http://news.example/?[31m"),
    ],
)
def test_shown_without_secrets(url: str, text: str) -> None:
    assert shown(url) == text


def test_following_keeps_credentials_within_the_origin() -> None:
    here = target("https://me:pw@news.example/a/b")
    assert here.follow("c") == Target("https://news.example/a/c", ("me", "pw"))
    assert here.follow("//other.example/c").credentials is None
    assert here.follow("http://news.example/c").credentials is None, "never from https to http"
    assert here.follow("https://thief:x@other.example/c").credentials is None
