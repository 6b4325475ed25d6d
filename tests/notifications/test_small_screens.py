"""SMS and push: the wording contract where there is room for little, over every reason and hostile text."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from service.notifications import gsm
from service.notifications.compose import Links, compose
from service.notifications.gist import initials
from service.notifications.headline import REASONS as WORDS
from service.values import Level, Message, Notice, Reason, Recipient

from .notices import ATTACKS, BARE, DAMASCUS, EMPTY, FIRST, INCIDENT, KILLED, NOW, REVISED, RISE, for_reason, hostile

ALERT, ACKNOWLEDGE = "https://tocsin.example/alerts/17", "https://tocsin.example/a/TOKEN?x=1&y=2"
LINKS = Links(ALERT, ACKNOWLEDGE, "A7K2")
REASONS: tuple[Reason, ...] = get_args(Reason)
NOTICES = {"first": FIRST, "rise": RISE, "revised": REVISED, "empty": EMPTY, "bare": BARE}
NOTICES |= {f"attack {number}": hostile(text) for number, text in enumerate(ATTACKS)}
EVERY = pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES.keys())
KINDS = pytest.mark.parametrize("kind", ["sms", "push"])
DUPLICATE = pytest.mark.parametrize("duplicate", [False, True])

QUOTATION = re.compile('“[^”]*”|"[^"]*"')
NEVER_OURS = re.compile(r"regime|terrorist|liberated|rebel|militia|confirmed|refuted", re.IGNORECASE)


def told(notice: Notice, kind: str, *, duplicate: bool = False, links: Links = LINKS) -> Message:
    to = Recipient("Night desk", kind, "+447700900123")
    return compose(notice, to, links=links, now=NOW, zone=DAMASCUS, possible_duplicate=duplicate, channel_kind=kind)


def text(notice: Notice, **also: object) -> str:
    return told(notice, "sms", **also).text  # type: ignore[arg-type]


# --- both -------------------------------------------------------------------


@EVERY
@KINDS
@DUPLICATE
@pytest.mark.parametrize("reason", REASONS)
def test_foreign_text_stays_bounded_printable_and_on_its_side(
    notice: Notice, kind: str, reason: Reason, duplicate: bool
) -> None:
    message = told(for_reason(notice, reason), kind, duplicate=duplicate)
    printed = f"{message.subject}\n{message.text}".replace(ACKNOWLEDGE, "").replace(ALERT, "")
    assert len(message.subject) <= 120 and len(message.text) <= 1000 and message.html is None
    assert not set(printed) & set("\x00\x1b\r\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
    assert printed.count("\u2068") == printed.count("\u2069")
    assert NEVER_OURS.search(QUOTATION.sub("", printed)) is None
    assert "944" not in printed and "ahmad@" not in printed and "None" not in printed and "42" not in printed
    assert "://" not in printed
    assert ("possible duplicate" in printed) == duplicate or kind == "sms"


@EVERY
@KINDS
@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason != "problem"])
def test_the_level_comes_first_and_the_way_to_answer_is_never_cut(notice: Notice, kind: str, reason: Reason) -> None:
    message = told(for_reason(notice, reason), kind, duplicate=True)
    first = message.subject or message.text
    why = WORDS.get(reason, "")
    assert first.removeprefix(why).removeprefix(": ").removeprefix(", ").startswith(notice.level.name)
    assert first.startswith(why) and "unverified" in first
    if reason != "closed":
        assert message.text.endswith("Ack: send A7K2" if kind == "sms" else f"I am checking: {ACKNOWLEDGE}")
    else:
        assert ACKNOWLEDGE not in message.text and "A7K2" not in message.text


@KINDS
def test_a_lock_screen_shows_level_place_and_figure(kind: str) -> None:
    for notice in (FIRST, RISE, REVISED):
        message = told(notice, kind)
        shown = f"{message.subject}\n{message.text}".strip()[:110]
        assert notice.level.name in shown and "Syria" in shown
        assert "7000 families" in shown.replace(",", "") or "54000 people" in shown.replace(",", "")


# --- SMS --------------------------------------------------------------------


def test_the_message_of_the_contract() -> None:
    assert text(FIRST) == (
        "SEVERE unverified, 1 outlet. NW Syria 27-28 Nov: almost 7000 families displaced (IRC),"
        " 19+ civilians killed (SOHR), 1 more. Ack: send A7K2"
    )


@EVERY
@DUPLICATE
@pytest.mark.parametrize("reason", REASONS)
def test_it_is_one_short_message(notice: Notice, reason: Reason, duplicate: bool) -> None:
    message = told(for_reason(notice, reason), "sms", duplicate=duplicate)
    assert gsm.fits(message.text) and message.subject == ""


def long_names(length: int) -> Notice:
    """The first notice with an area, origins and nouns of a length."""
    incident = replace(
        INCIDENT,
        area="A" * length,
        facets=tuple(
            replace(
                facet,
                recommended=replace(
                    facet.recommended,
                    origin="o" * length,
                    signal=replace(facet.recommended.signal, noun="n" * length),
                ),
            )
            for facet in INCIDENT.facets
        ),
    )
    return replace(FIRST, incident=incident)


@pytest.mark.parametrize("length", range(1, 70))
@DUPLICATE
def test_a_figure_is_whole_with_its_origin_or_not_there(length: int, duplicate: bool) -> None:
    said = text(long_names(length), duplicate=duplicate)
    assert gsm.fits(said)
    assert said.endswith((". Ack: send A7K2", "... Ack: send A7K2"))
    for figure, whole in (("7000", "almost 7000 {} displaced"), ("19", "19\\+ {} killed")):
        if figure in said:
            assert re.search(whole.format(r'"?n+(\.\.\.)?"?') + r" \(o+(\.\.\.)?\)", said)


def test_figures_are_left_out_from_the_lightest_and_that_is_said() -> None:
    said = text(long_names(20))
    assert ("7000" in said and "19+" not in said and ", 2 more." in said) or ", 3 more." in said


def test_a_script_beyond_gsm_has_seventy_characters_and_the_country_helps_out() -> None:
    arabic = replace(FIRST, incident=replace(INCIDENT, area="ريف حلب الغربي"))
    assert text(arabic) == "SEVERE unverified. SYR: almost 7000 families displaced (IRC), 2 more. Ack: send A7K2"
    nobody = replace(arabic, incident=replace(arabic.incident, facets=(), country=None))  # type: ignore[type-var]
    assert text(nobody) == "SEVERE unverified. \u2068ريف حلب الغربي\u2069. Ack: send A7K2"


def test_accents_and_typography_do_not_cost_ninety_characters() -> None:
    assert gsm.plain("Łódź – “Şırnak”… İzmir’e ≥ 10") == 'Lodz - "Sirnak"... Izmir\'e >= 10'
    assert gsm.plain("Ñemby, Düren, Ærø") == "Ñemby, Düren, Ærø"
    assert gsm.plain("дім") == "дім"


@pytest.mark.parametrize(
    ("letters", "fits"),
    [
        *(("a" * 160, True), ("a" * 161, False), ("€" * 80, True), ("€" * 81, False), ("", True)),
        *(("д" * 70, True), ("д" * 71, False), ("a" * 70 + "д", False), ("😀" * 35, True), ("😀" * 36, False)),
    ],
)
def test_what_one_message_holds(letters: str, fits: bool) -> None:
    assert gsm.fits(letters) == fits


def test_a_message_without_a_code_asks_for_none() -> None:
    assert "Ack" not in text(FIRST, links=Links(ALERT, ACKNOWLEDGE))


def test_a_rise_says_from_where() -> None:
    assert text(RISE).startswith("EXTREME (was SEVERE) unverified, 2 outlets. NW Syria 27-29 Nov: more than 54000")


def test_what_was_old_when_read_is_marked_late() -> None:
    late = replace(KILLED, read_at=KILLED.read_at.replace(month=12))
    facet = replace(INCIDENT.facets[1], recommended=late)
    assert text(replace(FIRST, incident=replace(INCIDENT, facets=(facet,)))).startswith("SEVERE LATE, unverified")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("International Rescue Committee", "IRC"),
        ("Syrian Observatory for Human Rights", "SOHR"),
        ("UN High Commissioner for Refugees", "UNHCR"),
        ("OCHA", "OCHA"),
        ("World news", "World news"),
        ("Health Directorate", "Health Directorate"),
        ("a source near the mayor of the town", "a source near the…"),
        ("“Some Army Of Ours”", "“Some Army Of Ours”"),
    ],
)
def test_long_names_are_known_by_their_initials(name: str, short: str) -> None:
    assert initials(name) == short


# --- push -------------------------------------------------------------------


def test_a_push_has_a_title_a_few_lines_and_the_link() -> None:
    message = told(FIRST, "push")
    assert message.subject == "SEVERE, unverified, 1 outlet: NW Syria"
    assert message.text.splitlines() == [
        "almost 7,000 families displaced (IRC)",
        "at least 19 civilians reported killed (SOHR)",
        "some health facilities and schools suspended (IRC)",
        "Happened 27–28 Nov",
        f"I am checking: {ACKNOWLEDGE}",
    ]


def test_with_nothing_to_acknowledge_a_push_leads_to_the_alert() -> None:
    assert told(FIRST, "push", links=Links(ALERT)).text.endswith(f"why: {ALERT}")


def test_extreme_is_extreme_everywhere() -> None:
    assert {told(RISE, kind).text[:7] or "" for kind in ("sms",)} == {Level.EXTREME.name}
