"""Notices as the judgement hands them over, written for these tests."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from service.values import (
    Assessment,
    Brief,
    BriefAlert,
    Change,
    Conversion,
    Crossing,
    Drill,
    Evidence,
    Facet,
    Figure,
    Held,
    Incident,
    Level,
    Near,
    Notice,
    Part,
    Problem,
    Reason,
    Signal,
    SilentFeed,
    Trouble,
    Unread,
)

PUBLISHED = datetime(2024, 11, 28, 18, 30, tzinfo=UTC)
READ = PUBLISHED + timedelta(minutes=1)
NOW = READ + timedelta(seconds=5)
DAMASCUS = ("Asia/Damascus", "Damascus")

IRC = "International Rescue Committee"
SOHR = "Syrian Observatory for Human Rights"
SCD = "Syria Civil Defence"


def signal(kind: Any, type: str, words: str, *, start: int = 0, **fields: Any) -> Signal:
    evidence = Evidence(start, start + len(words), words)
    if isinstance(fields.get("low"), int):
        fields.setdefault("high", fields["low"])
    return Signal(kind=kind, type=type, evidence=evidence, rule="test", **fields)


def figure(id: int, said: Signal, origin: str, **fields: Any) -> Figure:
    given: dict[str, Any] = {"report_id": 1, "said_at": PUBLISHED, "read_at": READ, "publisher": "World news"}
    given |= {"link": "http://news.example/world/offensive", "title": "An offensive begins", **fields}
    return Figure(id=id, signal=said, origin=origin, **given)


DISPLACED = figure(
    1,
    signal(
        "displacement",
        "displaced",
        "almost 7,000 families were made homeless",
        start=900,
        low=7000,
        unit="households",
        quantifier="about",
        hedge="almost",
        noun="families",
        country="SYR",
        place_from="report",
        attributed_to=IRC,
    ),
    IRC,
)
KILLED = figure(
    2,
    signal(
        "casualty",
        "killed",
        "At least 19 civilians died in air strikes",
        start=300,
        low=19,
        unit="people",
        quantifier="at_least",
        hedge="At least",
        noun="civilians",
        victims="civilian",
        country="SYR",
        place_from="report",
        attributed_to=SOHR,
    ),
    SOHR,
)
ATAREB = figure(
    3, signal("casualty", "killed", "14 civilians died", start=500, low=14, noun="civilians", place="Atareb"), SCD
)
DARAT_IZZA = figure(
    4, signal("casualty", "killed", "four civilians died", start=600, low=4, noun="civilians", place="Darat Izza"), SCD
)
STOPPED_WORDS = "some health facilities and schools had to stop, suspending services"
HEALTH = figure(
    5,
    signal(
        "suspension",
        "health",
        STOPPED_WORDS,
        start=980,
        vague="some",
        noun="health facilities",
        country="SYR",
        place_from="report",
    ),
    IRC,
)
EDUCATION = figure(
    6,
    signal("suspension", "education", STOPPED_WORDS, start=980, vague="some", noun="schools", place_from="report"),
    IRC,
)
COMBATANTS = figure(
    7,
    signal(
        "casualty",
        "killed",
        "more than 180 combatants lost their lives",
        low=180,
        quantifier="at_least",
        hedge="more than",
        noun="combatants",
        victims="combatant",
    ),
    SOHR,
)
HISTORY = figure(
    8,
    signal(
        "casualty",
        "killed",
        "over half a million people since 2011",
        low=500_000,
        quantifier="at_least",
        hedge="over",
        noun="people",
        scope="historic",
    ),
    "World news",
)

INCIDENT = Incident(
    id=1,
    country="SYR",
    area="North-west Syria",
    started=date(2024, 11, 27),
    ended=date(2024, 11, 28),
    facets=(
        Facet("displacement", "displaced", DISPLACED),
        Facet("casualty", "killed", KILLED, parts=(ATAREB, DARAT_IZZA)),
        Facet("suspension", "health", HEALTH),
        Facet("suspension", "education", EDUCATION),
    ),
    reports=(1,),
    admin1=("Aleppo", "Idlib"),
    outlets=("World news",),
    origins=(IRC, SOHR, SCD),
    left_out=(COMBATANTS, HISTORY),
)
ASSESSMENT = Assessment(
    level=Level.SEVERE,
    crossings=(
        Crossing("displacement", "displaced", Level.SEVERE, 35_000, 10_000, "displaced about 35,000 ≥ 10,000 → Severe"),
        Crossing("casualty", "killed", Level.MODERATE, 19, 10, "killed 19 ≥ 10 → Moderate"),
    ),
    rules="3f9c",
    conversions=(Conversion(1, 35_000, 5.0, "HNAP 2021"),),
)
FIRST = Notice(
    alert_id=17,
    revision=1,
    reason="first",
    level=Level.SEVERE,
    decided_at=READ,
    incident=INCIDENT,
    assessment=ASSESSMENT,
)

LATER = datetime(2024, 11, 29, 22, 10, tzinfo=UTC)
OCHA_SAYS = figure(
    20,
    signal(
        "displacement",
        "displaced",
        "more than 54,000 people have fled since Wednesday",
        low=54_000,
        unit="people",
        quantifier="at_least",
        hedge="more than",
        noun="people",
        scope="total",
        place_from="sentence",
    ),
    "OCHA",
    said_at=LATER,
    read_at=LATER + timedelta(minutes=3),
    report_id=2,
    link="https://agency.example/update?id=2&lang=en",
)
RISE = replace(
    FIRST,
    revision=2,
    reason="rise",
    level=Level.EXTREME,
    previous_level=Level.SEVERE,
    decided_at=LATER + timedelta(minutes=3),
    incident=replace(
        INCIDENT,
        ended=date(2024, 11, 29),
        outlets=("World news", "Agency"),
        facets=(
            Facet("displacement", "displaced", OCHA_SAYS, others=(DISPLACED,), origins=2),
            *INCIDENT.facets[1:],
        ),
    ),
    assessment=Assessment(
        level=Level.EXTREME,
        crossings=(
            Crossing("displacement", "displaced", Level.EXTREME, 54_000, 50_000, "displaced 54,000 ≥ 50,000 → Extreme"),
            ASSESSMENT.crossings[1],
        ),
        rules="3f9c",
    ),
    changes=(Change("displacement", "displaced", DISPLACED, OCHA_SAYS),),
)
INJURED = figure(
    21,
    signal("casualty", "injured", "dozens of residents hurt", vague="dozens", noun="residents", place_from="sentence"),
    "Health Directorate",
    said_at=LATER,
    read_at=LATER + timedelta(minutes=3),
)
REVISED = replace(
    RISE,
    reason="revised",
    revision=3,
    previous_level=Level.EXTREME,
    changes=(Change("casualty", "injured", None, INJURED),),
    incident=replace(RISE.incident, facets=(*RISE.incident.facets, Facet("casualty", "injured", INJURED))),
)
PROBLEM = Notice(
    alert_id=18,
    revision=1,
    reason="problem",
    level=Level.MODERATE,
    decided_at=READ,
    problem=Problem("feed:world", "Feed “world” has been silent for 3 h", "Last item 28 Nov 15:30 UTC; 5 polls, 503."),
)
BRIEF = Notice(
    alert_id=19,
    revision=1,
    reason="brief",
    level=Level.MINOR,
    decided_at=LATER,
    brief=Brief(
        since=PUBLISHED,
        until=LATER,
        rules="3f9c",
        rang=2,
        open=Part(
            (
                BriefAlert(
                    17,
                    Level.SEVERE,
                    "NW Syria",
                    "SYR",
                    "almost 7,000 families displaced (IRC)",
                    owner="bilal",
                    next="bilal’s check ends, and it rings again",
                    next_at=LATER + timedelta(hours=2),
                ),
                BriefAlert(
                    16,
                    Level.MODERATE,
                    "Homs",
                    "SYR",
                    "12 people killed (SANA)",
                    waits="silenced",
                    waits_until=LATER + timedelta(hours=5),
                ),
            ),
            3,
        ),
        closed=Part((BriefAlert(12, Level.MODERATE, "Hama", "SYR", "3 schools closed (OCHA)", closed="handled"),)),
        quiet=Part((BriefAlert(15, Level.MINOR, "Tartus", "SYR", "4 people killed (SANA)"),)),
        near=Part((Near(9, "Deir ez-Zor", "SYR", Level.MODERATE, 800, 1000, "displaced 800, 80 % of the bound"),)),
        silent=Part((SilentFeed("world", LATER - timedelta(hours=3), LATER - timedelta(hours=4)),)),
        unread=(Unread("ar", 210), Unread("", 2)),
        unread_since=PUBLISHED,
        troubles=Part((Trouble(18, "Messages to bilal by mail are not delivered", LATER - timedelta(hours=1)),)),
        held=Part((Held(3, Level.MODERATE, LATER + timedelta(hours=5), "amira", "known since noon", ("SYR",)),)),
        to="amira",
        zone="Asia/Damascus",
    ),
)
CALM = replace(
    BRIEF, brief=Brief(since=PUBLISHED, until=LATER, rules="3f9c", to="amira", zone="Asia/Damascus"), alert_id=20
)
DRILL = Notice(
    alert_id=21,
    revision=1,
    reason="drill",
    level=Level.SEVERE,
    decided_at=READ,
    drill=Drill("syria", "bilal", READ + timedelta(minutes=10)),
    next="the exercise ends",
    next_at=READ + timedelta(minutes=10),
)

# --- notices nobody wishes for ----------------------------------------------

OVERRIDE = "\u202egnp.exe\u202c"
ATTACKS = (
    "<!channel> <!here> @channel @everyone <@U012AB3CD>",
    "<https://evil.example|I am checking>",
    "[I am checking](https://evil.example/) ![x](https://evil.example/p.png)",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "Subject\r\nBcc: all@victims.example\r\n\r\nbody",
    f"safe {OVERRIDE} \u2066\u2067hidden \u200b\ufeff\x00\x1b[31m",
    "قتل 20 شخصا في الغارة",
    'the regime’s terrorists liberated” and “ the confirmed "camp"',
    "rebel militia fighters",
    "call Ahmad on +963 944 123 456 or 0944-123-456, ahmad@private.example",
    "z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309" * 50,
    "{{ 7*7 }} {% include '/etc/passwd' %} *bold* _it_ `code` ~gone~",
    "A" * 10_000,
    "word " * 2_000,
    "",
)


def hostile(text: str) -> Notice:
    """The first notice with `text` wherever someone outside could have put it."""
    words = replace(DISPLACED.signal.evidence, text=text)
    bad = replace(DISPLACED.signal, evidence=words, hedge=text, noun=text, place=text, vague=text, attributed_to=text)
    said = replace(DISPLACED, signal=bad, origin=text, publisher=text, title=text, link=text)
    stopped = replace(HEALTH, signal=replace(HEALTH.signal, evidence=words, noun=text, vague=text), origin=text)
    unread = replace(said, id=9, signal=replace(bad, low=None, high=None))
    incident = replace(
        INCIDENT,
        area=text,
        place=text,
        admin1=(text,) * 9,
        outlets=(text,) * 3,
        facets=(
            Facet("displacement", "displaced", said, parts=(said, unread) * 9, others=(unread,) * 9, origins=3),
            *(Facet("suspension", "health", replace(stopped, report_id=n)) for n in range(12)),
        ),
        left_out=(replace(said, signal=replace(bad, victims="combatant")), *(unread,) * 9),
    )
    crossing = replace(ASSESSMENT.crossings[0], words=text)
    assessment = replace(ASSESSMENT, crossings=(crossing,) * 9, rules=text, conversions=(Conversion(1, 5, 5.0, text),))
    changes = (Change("displacement", "displaced", unread, said),) * 9
    return replace(FIRST, incident=incident, assessment=assessment, changes=changes)


EMPTY = replace(
    FIRST,
    level=Level.MINOR,
    assessment=None,
    incident=Incident(9, None, "", date(2024, 11, 28), date(2024, 11, 28), (), ()),
)
BARE = replace(
    EMPTY,
    incident=replace(
        EMPTY.incident,
        facets=(
            Facet("casualty", "missing", figure(1, signal("casualty", "missing", ""), "", publisher=None, link=None)),
        ),
    ),
)


def for_reason(notice: Notice, reason: Reason) -> Notice:
    if reason == "problem":
        text = notice.incident.area if notice.incident else ""
        return replace(PROBLEM, problem=Problem(text, text, text))
    previous = None if reason == "first" else Level.MINOR
    return replace(notice, reason=reason, revision=1 if reason == "first" else 2, previous_level=previous)
