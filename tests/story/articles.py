"""Feeds for stories, in our own words: one happening told by several outlets as it grows."""

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{name}</title><link>http://{name}.example/</link><description>News</description><language>en</language>
{items}</channel></rss>
"""

ITEM = """<item><title>{title}</title><link>http://{name}.example/{guid}</link><guid isPermaLink="false">{guid}</guid>
<pubDate>{published}</pubDate><content:encoded><![CDATA[{body}]]></content:encoded></item>
"""

OFFENSIVE = """<p>Fighting spread through Aleppo and Idlib provinces in north-western Syria on {day} as armed
factions pushed towards the city of Aleppo.</p>
<p>The International Rescue Committee said almost {families} families had been displaced and that some health
facilities and schools had been forced to suspend services.</p>
<p>More than 180 fighters on both sides were killed, a monitoring group said. At least {killed} civilians had also been
killed in air strikes, it added.</p>
<p>More than half a million people have been killed since the war began in 2011.</p>"""

FOOTBALL = """<p>The champions were displaced at the top of the table after a 3-1 defeat. Two players were injured and
the club closed 3% down on the stock exchange.</p>"""


def feed(name: str, *items: str) -> str:
    return FEED.format(name=name, items="".join(items))


def item(name: str, guid: str, title: str, body: str, published: str = "Thu, 28 Nov 2024 18:30:00 GMT") -> str:
    return ITEM.format(name=name, guid=guid, title=title, body=body, published=published)


def offensive(
    name: str, guid: str, *, families: str = "7,000", killed: str = "19", day: str = "Thursday", **also: str
) -> str:
    """The happening, as one outlet tells it."""
    body = OFFENSIVE.format(families=families, killed=killed, day=day)
    return item(name, guid, "Armed factions launch offensive in north-western Syria", body, **also)
