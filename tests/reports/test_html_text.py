"""HTML to plain text."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from service.reports import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        # lines
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/><br />Three", "One\nTwo\nThree"),
        ("<div>\n  <p>One\n two</p>\n\n</div> tail", "One two\ntail"),
        ("<h1>Head</h1>Text<ul><li>First<li>Second</ul>End", "Head\nText\nFirst\nSecond\nEnd"),
        ("<p>One <b>bold</b>, <i>two</i>three<wbr>four</p>", "One bold, twothreefour"),
        ("<pre>a\n  b</pre>c\nd", "a\nb\nc d"),
        ("<P>ONE</P ><p class=x data-a='>'>Two", "ONE\nTwo"),
        # tables
        ("<table><tr><th>Place<th>Killed<tr><td>Aleppo<td>12</table>after", "Place | Killed\nAleppo | 12\nafter"),
        ("<table><tr><td><p>12</p></td><td><p>500</p></td></tr></table>", "12 | 500"),
        ("<table><tr><td>1</td><td></td><td>2</td></tr><tr><td>only</td></tr></table>", "1 | 2\nonly"),
        # characters
        ("Fish &amp; chips &lt;now&gt; &#8220;x&#8221; &hellip;", "Fish & chips <now> “x” …"),
        ("<p>Fish & chips &copy 2024 &unknown; &#xD800;&#x110000;</p>", "Fish & chips © 2024 &unknown; \ufffd\ufffd"),
        ("<p>&#" + "9" * 6000 + ";</p>", "\ufffd"),
        ("<p>1\u202f200 and 3\xa0400,\xa0then&nbsp;more</p>", "1\xa0200 and 3\xa0400, then more"),
        ("a\x00b\x07c\x7f d\u202e\u2066e&#8238;f\u200bg\xadh", "abc defgh"),
        ("<p>می‌خواهم</p>", "می‌خواهم"),
        ("bad \ud800 half", "bad \ufffd half"),
        ("“Quoted” – ‘kept’ — as 'written' \"here\"", "“Quoted” – ‘kept’ — as 'written' \"here\""),
        # what is not shown
        ("a<script>if (a<b) '</p>'</script>b<style>p{}</style>c<!-- <p>no --> d", "abc d"),
        ("<p>a<span hidden>no<span>no</span></span>b", "ab"),
        ("a<div style='color:red; DISPLAY : none'>no<div>no</div></div>b", "a\nb"),
        ("a<i style=visibility:hidden>no</i>b", "ab"),
        ('<p title="the hidden war" data-hidden="1" class="none">shown</p>', "shown"),
        ("<ul><li hidden>no<li>yes</ul>", "yes"),
        ("<p>12 <s>dead</s><del>killed</del> injured", "12 injured"),
        ("<head><title>No</title><meta name=x></head><body>Yes", "Yes"),
        ("<div hidden>never closed, so rather shown", "never closed, so rather shown"),
        ("<p>a<input hidden>b<img hidden src=x>c", "abc"),
        ("<p>a<template><p>no</p></template>b<noscript>no</noscript>c<svg><text>no</text></svg>d", "abcd"),
        # footnote marks
        ("<p>1,200<sup>1</sup> people, 5 km<sup>2</sup>, 19<sup>th</sup>", "1,200 [1] people, 5 km2, 19th"),
        ("<p>300<sup class='n'><a href='#2'>[2]</a></sup>", "300 [2]"),
        # broken HTML
        ("<p>cut in a tag <a href='x", "cut in a tag"),
        ("<p>a<!-- never closed", "a"),
        ("<p>a</></p >b</nothing><>c", "a\nb<>c"),
        ("<p>5 < 6 > 4</p>", "5 < 6 > 4"),
        ("<p a='1' b=\"2\" = c=3/>x", "x"),
        # no HTML at all
        ("a < b and b > c", "a < b and b > c"),
        ("AT&T, R&D &copy=2 <3", "AT&T, R&D &copy=2 <3"),
        ("Write to <desk@news.example> now", "Write to <desk@news.example> now"),
        ("Smith &amp; Sons &#38; &quot;x&quot;", 'Smith & Sons & "x"'),
        ("one\r\ntwo \n\n  three", "one\ntwo\nthree"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_text(html: str, text: str) -> None:
    assert plain_text(html) == text


HOSTILE = {
    "nested": "<div>" * 100_000 + "x" + "</div>" * 100_000,
    "misnested": "".join(f"<font a={n}><p>" for n in range(30_000)),
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "hidden": "<div hidden>" * 60_000,
    "hidden, all kinds": "".join(f"<x{n} hidden>" for n in range(60_000)) + "<p>",
    "styles": "<div style='none " * 50_000,
    "quotes": "<a =\"'" * 100_000,
    "open tags": "<p " * 200_000,
    "open comments": "<!--<p>" * 100_000,
    "scripts": "<script>" * 100_000,
    "cells": "<td> <p> <tr>" * 50_000,
    "footnotes": "1<sup><a " * 80_000,
    "ampersands": "<p>" + "&" * 800_000,
    "references": "<p>" + "&#99999999999" * 60_000,
    "spaces": "<p>" + "<b> </b> " * 80_000,
    "thousands": "<p>" + "1\xa0" * 400_000,
    "less": "<" * 800_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_only(name: str) -> None:
    """Quadratic readers take minutes for these; the limit is generous for a busy machine."""
    started = time.process_time()
    plain_text(HOSTILE[name])
    assert time.process_time() - started < 4


def test_ten_megabytes_are_read() -> None:
    paragraph = "<p>" + "many words that fill the page " * 30 + "</p>\n"
    html = paragraph * (10_000_000 // len(paragraph))
    assert plain_text(html).count("\n") == 10_000_000 // len(paragraph) - 1


PIECES = """\
<p> </p> <br> <b> </b> <td> <tr> <table> <li> <ul> <script> </script> <!-- --> <div\thidden> </div> <pre> </pre> <s>
</s> < > & &amp; &# &#x110000; " ' = \n \x1d \x1e \x1f \u202e \ud800 \xa0 1 word"""


@given(st.lists(st.sampled_from(PIECES.split(" ")) | st.text(max_size=4), max_size=40).map("".join))
def test_any_text_gives_clean_lines(html: str) -> None:
    text = plain_text(html)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert not re.search(r"  |^ | $|\n\n|^\n|\n$", text, re.MULTILINE)
    text.encode()


INLINE = st.sampled_from(["b", "i", "span", "a", "em"])
BLOCKS = st.sampled_from(["p", "div", "li", "h2", "td", "blockquote"])
WORDS = st.lists(st.sampled_from(["town", "12", "a&amp;b", "é", "&lt;", "“x”"]), min_size=1, max_size=4).map(" ".join)
INLINES = st.tuples(INLINE, WORDS).map(lambda pair: f"<{pair[0]} class='c'>{pair[1]}</{pair[0]}>") | WORDS
DOCUMENTS = st.lists(
    st.tuples(BLOCKS, st.lists(INLINES, max_size=3).map(" ".join)).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
    ),
    min_size=1,
    max_size=6,
).map("\n".join)


@given(DOCUMENTS)
def test_sound_html_gives_the_very_words_a_browsers_parser_finds(html: str) -> None:
    body = LexborHTMLParser(html).body
    assert body is not None
    browser = body.text(separator=" ").split()
    assert "".join(plain_text(html).replace(" | ", " ").split()) == "".join(browser)
