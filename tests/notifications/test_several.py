"""Several messages told in one: each once, in a line of its own, on every channel."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.alerts.hold import MOST_TOGETHER
from service.notifications import CHANNELS
from service.notifications.compose import Links, compose_several
from service.notifications.several import several
from service.notifications.slack import LONGEST_TEXT
from service.values import Level, Message, Notice, Recipient

from .notices import ATTACKS, FIRST, NOW, PROBLEM, REVISED, RISE, hostile

ROOM = Recipient("Operations", "ops")
# Where there is no room for a line each.
SMALL = ("sms", "push")


def told(*notices: Notice) -> list[tuple[Notice, Links]]:
    numbered = (replace(notice, alert_id=number) for number, notice in enumerate(notices, 1))
    return [
        (notice, Links(f"https://tocsin.example/alerts/{notice.alert_id}.", "https://t.example/a"))
        for notice in numbered
    ]


def message(kind: str, *notices: Notice) -> Message:
    return compose_several(told(*notices), ROOM, "quiet hours", now=NOW, channel_kind=kind)


@given(st.lists(st.sampled_from([FIRST, RISE, REVISED, PROBLEM]), min_size=2, max_size=MOST_TOGETHER))
def test_every_message_is_listed_exactly_once(notices: list[Notice]) -> None:
    listed = several(told(*notices), "digest", NOW, duplicate=False).listed
    assert [line.url for line in listed] == [links.alert for _, links in told(*notices)]
    for kind in CHANNELS.keys() - SMALL:
        text = message(kind, *notices).text
        assert all(text.count(f"/alerts/{number}.") == 1 for number in range(1, len(notices) + 1))


@pytest.mark.parametrize("kind", SMALL)
def test_a_small_screen_says_how_many_and_what_the_first_are(kind: str) -> None:
    told = message(kind, *[FIRST] * MOST_TOGETHER)
    text = f"{told.subject}\n{told.text}"
    assert "20 messages in one" in text and " more" in text
    assert len(told.text) <= (160 if kind == "sms" else 1000)


def test_a_line_has_level_place_and_figure() -> None:
    line, _ = several(told(FIRST, PROBLEM), "digest", NOW, duplicate=False).listed
    assert line.words.startswith("SEVERE North-west Syria") and "7,000 families" in line.words
    assert "They waited: quiet hours" in message("email", FIRST, PROBLEM).text


@pytest.mark.parametrize("attack", ATTACKS)
def test_as_many_as_there_may_be_fit_into_one_message_however_they_are_worded(attack: str) -> None:
    notices = [replace(hostile(attack), level=Level.MODERATE)] * MOST_TOGETHER
    assert len(message("slack", *notices).text) <= LONGEST_TEXT * 1.2
    assert "<!" not in message("slack", *notices).text
    assert "<script" not in (message("email", *notices).html or "")


def test_its_identity_is_that_of_the_first() -> None:
    from service.notifications.compose import message_id

    notice, links = told(FIRST, RISE)[0]
    assert message("email", FIRST, RISE).message_id == message_id(notice, ROOM, links)
    doubtful = compose_several(
        told(FIRST, RISE), ROOM, "digest", now=NOW, possible_duplicate=True, channel_kind="slack"
    )
    assert "possible duplicate" in doubtful.text.lower() and doubtful.subject.endswith("[possible duplicate]")
