"""Foreign text: what is kept, what is masked, what is taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.notifications.foreign import clean, named, quoted, web_link


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("  two\r\n lines\tand a tab ", "two lines and a tab"),
        ("hidden\u200b \u202eevil\u202c\x00\x1b[0m", "hidden evil[0m"),
        ("mark\u2066ed\u2069", "marked"),
        ("cafe\u0301", "café"),
        ("می\u200cخواهم", "\u2068می\u200cخواهم\u2069"),
        (None, ""),
        ("call +963 944 123 456 now", "call [number left out] now"),
        ("call 0944-123-456", "call [number left out]"),
        ("tel. (044) 123-45-67 or 00963944123456", "tel. [number left out] or [number left out]"),
        ("write to ahmad@home.example", "write to [address left out]"),
    ],
)
def test_clean(text: str | None, printed: str) -> None:
    assert clean(text, 80) == printed


@pytest.mark.parametrize(
    "text",
    [
        "1,200,000 people",
        "1 200 000 people",
        "12.500.000",
        "2024-11-28 18:30",
        "2020-2024",
        "rules 3f9c",
        "10,000–12,000",
    ],
)
def test_a_figure_or_a_date_is_no_telephone_number(text: str) -> None:
    assert clean(text, 80) == text


@given(st.text(max_size=300), st.integers(5, 80))
def test_any_text_comes_out_short_on_one_line_and_without_invisible_controls(text: str, limit: int) -> None:
    line = clean(text, limit)
    assert len(line) <= limit + 2
    assert not set(line) & set("\r\n\t\x00\u202a\u202b\u202d\u202e\u2066\u2067\u2028\u2029")
    assert line.count("\u2068") == line.count("\u2069")


def test_marks_do_not_pile_up() -> None:
    assert len(clean("z" + "\u0300" * 60, 80)) <= 4


def test_a_quotation_cannot_close_itself() -> None:
    assert quoted('they said “no” and «yes» "maybe"', 80) == "“they said 'no' and 'yes' 'maybe'”"


@pytest.mark.parametrize("name", ["Regime media", "Confirmed News", "Террористы", "the rebels", "Armed Forces Press"])
def test_a_name_that_takes_a_side_stands_in_quotation_marks(name: str) -> None:
    assert named(name, 80) == f"“{name}”"
    assert named("World Food Programme", 80) == "World Food Programme"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://news.example/x",
        "//news.example/x",
        "http://",
        "http://user@news.example/",
        "https://news.example\\@evil.example/",
        "https://nеws.example/",  # a Cyrillic letter
        "https://news.example/" + "a" * 600,
        "http://[::1/x",
    ],
)
def test_a_link_that_hides_something_is_no_link(url: str | None) -> None:
    assert web_link(url) is None


def test_an_ordinary_link_is_percent_encoded() -> None:
    assert web_link("https://news.example/a?b=c&d=%20|<é>") == "https://news.example/a?b=c&d=%20%7C%3C%C3%A9%3E"
