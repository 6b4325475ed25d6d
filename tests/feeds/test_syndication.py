"""RSS and Atom: pairs of files, then faults no file shows well."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.errors import FeedError
from service.feeds import KINDS, ParsedFeed
from service.feeds.syndication import LONGEST, MOST_ITEMS, MOST_PROBLEMS
from service.feeds.wellformed import without_impossible
from service.reports import report_from

DATA = Path(__file__).parent / "data"
URL = "https://feeds.example/rss/all.xml"


def read(body: bytes | str, content_type: str | None = None, now: datetime | None = None) -> ParsedFeed:
    body = body.encode() if isinstance(body, str) else body
    return KINDS["rss"](body, url=URL, content_type=content_type, now=now)


def rss(items: str, prolog: str = "") -> str:
    return f'{prolog}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


@pytest.mark.parametrize("path", sorted(DATA.glob("*.xml")), ids=lambda path: path.stem)
def test_files(path: Path) -> None:
    expected: dict[str, Any] = yaml.safe_load(path.with_suffix(".expected.yaml").read_text("utf-8"))
    if "refused" in expected:
        with pytest.raises(FeedError, match=expected["refused"]):
            read(path.read_bytes())
        return
    feed = read(path.read_bytes())
    assert len(feed.items) == len(expected["items"])
    pairs = zip(feed.items, expected["items"], strict=True)
    got = [{name: getattr(item, name) for name in want} for item, want in pairs]
    assert got == expected["items"]
    assert [feed.title, feed.language] == [expected.get(name, getattr(feed, name)) for name in ("title", "language")]
    wanted = expected.get("problems", [])
    assert len(feed.problems) == len(wanted), feed.problems
    assert all(words in problem for words, problem in zip(wanted, feed.problems, strict=True))


def test_guids_are_told_apart_alike_in_every_order() -> None:
    items = [f"<item><guid>same</guid><title>{n}</title></item>" for n in range(3)]
    forward, backward = read(rss("".join(items))), read(rss("".join(reversed(items))))
    assert len({item.guid for item in forward.items}) == 3
    assert {(i.guid, i.title) for i in forward.items} == {(i.guid, i.title) for i in backward.items}


def test_an_item_without_guid_or_link_is_known_by_its_words() -> None:
    one, again, other = (read(rss(f"<item><title>{t}</title></item>")).items[0].guid for t in ("a", "a", "b"))
    assert one == again != other


# --- encodings -----------------------------------------------------------------------------

ARABIC, CYRILLIC = "نزوح مئات العائلات من القرية", "Сотни семей покинули село"


@pytest.mark.parametrize(
    ("text", "encoding", "prolog", "content_type"),
    [
        (ARABIC, "windows-1256", "windows-1256", None),
        (ARABIC, "windows-1256", "utf-8", "text/xml; charset=windows-1256"),
        (ARABIC, "windows-1256", "windows-1256", "text/xml; charset=utf-8"),
        (ARABIC, "utf-8", "windows-1256", None),
        (ARABIC, "utf-8", "iso-8859-1", "text/xml; charset=ISO-8859-1"),
        (ARABIC, "utf-8-sig", "utf-16", None),
        (ARABIC, "utf-16", "utf-16", "application/xml"),
        (ARABIC, "utf-16-le", "utf-16", None),
        (ARABIC, "utf-16-be", "utf-16", None),
        (ARABIC, "utf-32", "utf-8", None),
        (CYRILLIC, "koi8-r", "koi8-r", None),
        (CYRILLIC, "windows-1251", "none-such", 'text/xml; charset="windows-1251"'),
        ("数百家庭离开村庄", "gb18030", "gb2312", None),
        ("数百の家族", "iso-2022-jp", "iso-2022-jp", None),
        ("“hundreds” – gone", "cp1252", "iso-8859-1", None),
    ],
)
def test_encodings(text: str, encoding: str, prolog: str, content_type: str | None) -> None:
    xml = rss(f"<item><title>{text}</title></item>", f'<?xml version="1.0" encoding="{prolog}"?>')
    feed = read(xml.encode(encoding), content_type)
    assert (feed.items[0].title, feed.problems) == (text, ())


@pytest.mark.parametrize("claim", ["utf-8", "base64", "rot13", "utf-7", "unicode_escape", "idna", "../../etc"])
def test_bytes_that_fit_no_claim_are_kept_as_far_as_possible(claim: str) -> None:
    xml = rss("<item><title>19 killed \x81\xff</title></item>", f'<?xml version="1.0" encoding="{claim}"?>')
    feed = read(xml.encode("latin-1"))
    assert feed.items[0].title.startswith("19 killed ")
    assert "some may be wrong" in feed.problems[0]


def test_a_doubly_encoded_mark_and_control_characters_are_dropped() -> None:
    feed = read("\ufeff\ufeff" + rss("<item><title>a\x08b\x00c</title></item>"))
    assert (feed.items[0].title, feed.problems) == ("abc", ())


# --- bounds --------------------------------------------------------------------------------


def test_of_too_many_items_the_newest_are_kept_in_the_feeds_order() -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    dates = [start + timedelta(hours=n * 37 % 1200) for n in range(1200)]
    items = "".join(f"<item><guid>{n}</guid><pubDate>{date}</pubDate></item>" for n, date in enumerate(dates))
    feed = read(rss(items + "<item><title>no date</title></item>"))
    newest = [n for n, date in enumerate(dates) if date >= start + timedelta(hours=201)]
    assert [item.guid for item in feed.items[:-1]] == list(map(str, newest))
    assert (len(feed.items), feed.items[-1].title) == (MOST_ITEMS, "no date")
    assert feed.problems == ("201 items older than the newest 1,000 were left out",)


def test_fields_are_cut_and_it_is_said() -> None:
    long = "x" * (LONGEST["html"] + 1)
    feed = read(rss(f"<item><title>{long}</title><description>{long}</description><guid>{long}</guid></item>"))
    item = feed.items[0]
    assert (len(item.title), len(item.html)) == (LONGEST["title"], LONGEST["html"])
    assert len(item.guid) < LONGEST["guid"]
    assert len(feed.problems) == 2


def test_problems_are_bounded() -> None:
    feed = read(rss("".join(f"<item><guid>{n}</guid><pubDate>bad</pubDate></item>" for n in range(500))))
    assert len(feed.problems) == MOST_PROBLEMS + 1
    assert feed.problems[-1] == "and 480 more problems"


@pytest.mark.parametrize("inside", ["<div>" * 30_000, "<div>" * 50_000 + "</div>" * 50_000, "<![CDATA[" * 50_000])
def test_hostile_depth_neither_crashes_nor_stalls(inside: str) -> None:
    feed = read(rss(f"<item><title>t</title><description>{inside}</description></item>"))
    assert feed.items[0].title.startswith("t")


def test_endless_markup_is_left_off_and_a_broken_feed_read_only_so_far() -> None:
    deep = ("<b>" + "x" * 200) * 12_000 + "</b>" * 12_000
    (item,) = read(rss(f"<item><title>t</title><description>{deep}</description></item>")).items
    assert len(item.html) == LONGEST["html"]
    items = (f"<item><guid>{n}</guid><description>{'x' * 9_900}</description></item>" for n in range(200))
    feed = read("<rss><channel>" + "".join(items))
    assert 100 <= len(feed.items) <= 101
    assert "the first 1,000,000 characters were read" in feed.problems[0]


# --- dates ---------------------------------------------------------------------------------


def test_a_date_in_the_future_is_no_date() -> None:
    now = datetime(2024, 11, 28, tzinfo=UTC)
    items = "".join(f"<item><guid>{d}</guid><pubDate>{d} Nov 2024</pubDate></item>" for d in (28, 29, 30))
    near = [item.published for item in read(rss(items), now=now).items]
    assert near == [now, now + timedelta(days=1), None]
    assert all(item.published for item in read(rss(items)).items)


def test_the_second_date_serves_where_the_first_cannot_be_read() -> None:
    dc = '<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2024-11-28</dc:date>'
    feed = read(rss(f"<item><title>t</title><pubDate>never</pubDate>{dc}</item>"))
    assert (feed.items[0].published, feed.problems) == (datetime(2024, 11, 28, tzinfo=UTC), ())


# --- nothing but FeedError -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "sent nothing"),
        (b" \n", "sent nothing"),
        (b'{"items": []}', "JSON"),
        (b"/etc/passwd", "text"),
        (b"<", "text"),
    ],
)
def test_what_is_no_feed_at_all(body: bytes, words: str) -> None:
    with pytest.raises(FeedError, match=words):
        read(body)


PIECES = """\
<rss> <channel> <item> </item> <title> </title> <link>http://[x</link> <feed> & &#8; &nbsp; ]]> <![CDATA[ <!-- -->
<!DOCTYPE\tx> <entry\txml:base='http://['> <link\thref='http://['/> <guid>\t</guid> <pubDate>9</pubDate> é \ud800"""


@given(
    st.lists(st.sampled_from(PIECES.split(" ")) | st.text(max_size=5), max_size=30).map("".join), st.binary(max_size=30)
)
def test_whatever_is_sent_nothing_but_feed_error_is_raised(xml: str, noise: bytes) -> None:
    utf8, utf16 = xml.encode("utf-8", "surrogatepass"), rss(xml).encode("utf-16", "replace")
    for body in (utf8, utf16, noise, b"<rss><channel><item>" + noise):
        try:
            feed = read(body, "text/xml; charset=" + xml[:20])
        except FeedError as error:
            assert str(error)
        else:
            assert len({item.guid for item in feed.items}) == len(feed.items)


def test_the_idlib_case(shared: Path) -> None:
    case = shared / "cases" / "idlib-2024-11-28"
    feed = read((case / "feed.xml").read_bytes())
    (item,) = feed.items
    report = report_from(item, feed_name="world", publisher=None, language=feed.language, country=None)
    title, *paragraphs = report.text.split("\n")
    assert paragraphs == (case / "article.txt").read_text("utf-8").strip().split("\n")
    assert title == "Rebels launch major offensive in north-western Syria"
    assert report.published == datetime(2024, 11, 28, 18, 30, tzinfo=UTC)
    assert (report.language, report.publisher, feed.problems) == ("en", "news.example", ())


# --- references to what is no character ------------------------------------------------------


@pytest.mark.parametrize(
    "bad", ["&#xD800;", "&#56320;", "&#0;", "&#x1f;", "&#xFFFF;", "&#x110000;", f"&#{'9' * 5000};"]
)
def test_an_impossible_reference_costs_itself_not_the_feed(bad: str) -> None:
    feed = read(rss(f"<item><title>A{bad}B</title></item><item><title>C</title></item>"))
    assert [item.title for item in feed.items] == ["A\ufffdB", "C"] and feed.problems == ()


def test_it_costs_no_more_in_a_feed_that_is_broken_besides() -> None:
    feed = read(rss("<item><title>A&#xD800;B</title><description>x < & y</description></item>"))
    assert [item.title for item in feed.items] == ["A\ufffdB"]


@pytest.mark.parametrize("code", [0x9, 0xA, 0xD, 0x20, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF])
def test_possible_references_stay_beside_it(code: int) -> None:
    mended = without_impossible(f"&#{code};&#x000{code:x};&#x{code:X};&#xDFFF;")
    assert mended == f"&#{code};&#x000{code:x};&#x{code:X};\ufffd"
