"""Whole messages, held against files that were read by eye, and what tells one message from another.

`python -m tests.notifications.test_compose` from the project's root writes the files anew: read the difference.
"""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.notifications.compose import Links, compose
from service.values import Level, Message, Notice, Recipient

from .notices import (
    BARE,
    BRIEF,
    CALM,
    DAMASCUS,
    DRILL,
    EMPTY,
    FIRST,
    HEALTH,
    INCIDENT,
    KILLED,
    NOW,
    PROBLEM,
    REVISED,
    RISE,
)

GOLDEN = Path(__file__).parent / "golden"
LINKS = Links("https://tocsin.example/alerts/17", "https://tocsin.example/a/TOKEN", "A7K2")
CASES = {"first": FIRST, "rise": RISE, "revised": REVISED, "problem": PROBLEM, "bare": BARE, "empty": EMPTY}
CASES |= {"brief": BRIEF, "calm": CALM, "drill": DRILL}
FILES = [(name, kind) for name in CASES for kind in ("slack", "email", "sms", "push")]


def told(notice: Notice, kind: str = "slack", **changed: object) -> Message:
    given: dict[str, object] = {"links": LINKS, "now": notice.decided_at, "zone": DAMASCUS, "channel_kind": kind}
    return compose(notice, Recipient("Night desk", kind, "desk@ngo.example"), **{**given, **changed})  # type: ignore[arg-type]


def as_files(name: str, kind: str) -> dict[Path, str]:
    message = told(CASES[name], kind)
    headers = "".join(f"{header}: {value}\n" for header, value in message.headers)
    text = f"Subject: {message.subject}\nMessage-ID: {message.message_id}\n{headers}\n{message.text.rstrip()}\n"
    files = {GOLDEN / f"{name}.{kind}.txt": text}
    return files if message.html is None else {**files, GOLDEN / f"{name}.html": message.html.rstrip() + "\n"}


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_messages_are_as_they_were_read_by_eye(name: str, kind: str) -> None:
    for path, text in as_files(name, kind).items():
        assert text == path.read_text(encoding="utf-8"), path.name


def test_the_first_line_and_the_subject_are_those_of_the_contract() -> None:
    message = told(FIRST, "email")
    assert message.text.splitlines()[0] == (
        "SEVERE · not verified by us · 1 outlet  North-west Syria (Aleppo, Idlib): almost 7,000 families newly"
        " displaced; at least 19 civilians reported killed; some health facilities and schools suspended"
    )
    assert message.subject == (
        "[Tocsin] SEVERE, unverified: NW Syria - almost 7,000 families displaced,"
        " at least 19 civilians reported killed (1 outlet)"
    )


def test_every_try_of_one_message_has_one_id_and_no_two_messages_share_it() -> None:
    def identity(notice: Notice, name: str = "A", channel: str = "mail", **changed: object) -> str:
        return compose(
            notice,
            Recipient(name, channel, "a@b.example"),
            links=LINKS,
            now=NOW,
            zone=None,
            channel_kind="email",
            **changed,  # type: ignore[arg-type]
        ).message_id

    assert identity(FIRST) == identity(FIRST, possible_duplicate=True)
    ids = [
        identity(FIRST),
        identity(RISE),
        identity(replace(RISE, revision=9)),
        identity(replace(RISE, reason="revised")),
    ]
    ids += [identity(FIRST, name="B"), identity(FIRST, channel="other"), identity(replace(FIRST, alert_id=18))]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("<") and one.endswith("@tocsin.example>") for one in ids)


def test_messages_about_one_alert_share_a_thread() -> None:
    first, rise = dict(told(FIRST, "email").headers), dict(told(RISE, "email").headers)
    assert first["References"] == rise["References"] == rise["In-Reply-To"]
    assert first["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("kind", ["slack", "email", "sms", "push"])
def test_a_possible_duplicate_says_so(kind: str) -> None:
    message = told(FIRST, kind, possible_duplicate=True)
    assert message.subject.endswith("[possible duplicate]") == (kind in {"slack", "email"})
    assert "possible duplicate" in (message.subject + message.text).lower()
    assert kind == "push" or "possible duplicate" in message.text.lower()
    assert message.html is None or "Possible duplicate" in message.html
    assert ("X-Tocsin-Possible-Duplicate", "yes") in message.headers
    assert "duplicate" not in (told(FIRST, kind).subject + told(FIRST, kind).text).lower()


def test_what_was_old_when_read_is_marked_late_everywhere() -> None:
    late = replace(KILLED, read_at=KILLED.said_at + timedelta(days=3))
    facet = replace(INCIDENT.facets[1], recommended=late)
    message = told(replace(FIRST, incident=replace(INCIDENT, facets=(facet,))), "email")
    assert "SEVERE · LATE · " in message.text and "LATE: read 3 days later" in message.text
    assert "SEVERE, LATE, unverified" in message.subject


def test_a_message_sent_long_after_it_was_decided_says_so() -> None:
    assert "sent 2 h after it was decided" in told(FIRST, now=FIRST.decided_at + timedelta(hours=2)).text
    assert "after it was decided" not in told(FIRST).text


def test_without_a_link_to_acknowledge_nothing_is_said_to_come_next() -> None:
    text = told(FIRST, links=Links("https://tocsin.example/alerts/17")).text
    assert "Next" not in text and "I am checking" not in text


def test_a_level_held_back_for_want_of_a_second_origin_says_so() -> None:
    assert FIRST.assessment is not None
    held = replace(FIRST, assessment=replace(FIRST.assessment, corroborated=Level.EXTREME))
    assert "Extreme if a second origin says the same" in told(held).text


def test_origins_that_agree_are_counted_and_one_of_several_is_called_that() -> None:
    agreed = replace(INCIDENT.facets[1], origins=3, agreeing=3)
    assert (
        "reported by 3 independent origins" in told(replace(FIRST, incident=replace(INCIDENT, facets=(agreed,)))).text
    )
    disputed = replace(INCIDENT.facets[1], origins=3, agreeing=1, state="disputed", spread=(19, 1044))
    told_so = told(replace(FIRST, incident=replace(INCIDENT, facets=(disputed,)))).text
    assert "one of 3 origins; disputed: 19 to 1,044" in told_so
    assert "more than 54,000 people* (OCHA; one of 2 origins). Others say, not added: " in told(RISE).text


def test_writing_a_message_loads_no_apprise() -> None:
    code = "import sys, service.notifications.compose, service.notifications.send; sys.exit('apprise' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_services_stopped_in_other_words_are_told_apart() -> None:
    elsewhere = replace(HEALTH, id=30, report_id=3)
    facets = (*INCIDENT.facets, replace(INCIDENT.facets[2], recommended=elsewhere))
    text = told(replace(FIRST, incident=replace(INCIDENT, facets=facets))).text
    assert text.count("Stopped:") == 2


def test_a_notice_about_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="alert 17 is about nothing"):
        told(replace(FIRST, incident=None))


if __name__ == "__main__":
    for case in FILES:
        for path, text in as_files(*case).items():
            path.write_text(text, encoding="utf-8")
