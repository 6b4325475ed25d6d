"""Generated feeds: ordinary news, and one crisis report in twenty, about 2.3 KB each; equal for equal seeds."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

TOWNS = (
    ("Beledweyne", "Somalia"),
    ("Kharkiv", "Ukraine"),
    ("Goma", "the Democratic Republic of Congo"),
    ("El Fasher", "Sudan"),
    ("Herat", "Afghanistan"),
    ("Sittwe", "Myanmar"),
    ("Taiz", "Yemen"),
    ("Port-au-Prince", "Haiti"),
    ("Maiduguri", "Nigeria"),
    ("Aleppo", "Syria"),
)
ORDINARY = (
    "The council met on {day} to discuss the budget for the coming year and adjourned without a vote.",
    "Shares in the company rose {n} percent after it published its results for the quarter.",
    "The visitors won {n}-1, and their captain said the club would now aim for the title.",
    "A new museum of industry opened its doors to the public on {day} after years of delay.",
    "Researchers at the university described {n} new species of beetle found in the valley.",
    "The minister said a new railway line would be finished within {n} months.",
    "Tickets for the festival went on sale on {day} and were gone within hours.",
    "Analysts expect the central bank to leave interest rates unchanged at its next meeting.",
    "The singer announced {n} more concerts and thanked her audience for its patience.",
    "Farmers hope that the mild spring will bring an early harvest of apples and pears.",
)
CRISIS = (
    "Almost {n},000 families were displaced around {town} in {country} on {day}, the United Nations said.",
    "At least {n} civilians were killed and {m} injured in shelling of {town}, health officials said.",
    "{n} schools and two hospitals in {town} were forced to close, according to the Red Cross.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SENTENCES = 24


def feeds(items: int, each: int, now: datetime, seed: int = 1) -> Iterator[bytes]:
    """Feeds of `each` items that hold `items` altogether, every twentieth of them a crisis report."""
    rng = random.Random(seed)
    for start in range(0, items, each):
        entries = "".join(item(number, rng, now) for number in range(start, min(start + each, items)))
        channel = f"<channel><title>Feed {start}</title>{entries}</channel>"
        yield f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


def item(number: int, rng: random.Random, now: datetime) -> str:
    sentences = [rng.choice(ORDINARY) for _ in range(SENTENCES)]
    town, country = rng.choice(TOWNS)
    if number % 20 == 0:
        sentences[1:4] = CRISIS
    body = "".join(f"<p>{filled(text, rng, town, country)}</p>" for text in sentences)
    title = f"{'Crisis' if number % 20 == 0 else 'News'} {number} from {town}"
    published = format_datetime(now - timedelta(seconds=rng.randrange(3600)))
    return (
        f"<item><title>{title}</title><guid>{number}</guid><link>http://news.example/{number}</link>"
        f"<pubDate>{published}</pubDate><description>{escape(body)}</description></item>"
    )


def filled(text: str, rng: random.Random, town: str, country: str) -> str:
    return text.format(n=rng.randrange(2, 90), m=rng.randrange(2, 90), day=rng.choice(DAYS), town=town, country=country)
