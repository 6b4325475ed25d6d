"""The story Tocsin exists for: a report comes in, people are told, somebody answers; on the embedded parts."""

import re
from collections.abc import Callable
from datetime import timedelta

from tests.receivers import wait_for
from tests.story.articles import FOOTBALL, feed, item, offensive
from tests.story.conftest import EVENING, Tocsin

Install = Callable[..., Tocsin]


def test_from_a_feed_to_an_answer(install: Install) -> None:
    tocsin = install()
    tell_the_story(tocsin, lambda: tocsin.start("up"))


def tell_the_story(tocsin: Tocsin, start: Callable[[], object]) -> None:
    """The same on whatever the installation runs on."""
    publish(tocsin, offensive("wire", "1"), item("wire", "2", "Champions fall", FOOTBALL))
    start()
    first_messages(tocsin)
    answered(tocsin)
    told_twice_rings_once(tocsin)
    grown_figures_are_told(tocsin)
    time_passes(tocsin)


def publish(tocsin: Tocsin, *wire: str, other: tuple[str, ...] = ()) -> None:
    tocsin.newsroom.publish("/wire", feed("wire", *wire))
    tocsin.newsroom.publish("/other", feed("other", *other))


def first_messages(tocsin: Tocsin) -> None:
    wait_for("both messages", lambda: tocsin.chat.texts and tocsin.mailbox.mails)
    tocsin.settled()
    assert heard(tocsin) == (1, 1)
    text, mail = tocsin.chat.texts[0], tocsin.mailbox.mails[0]
    for words in ("SEVERE", "not verified by us", "1 outlet", "almost 7,000 families", "at least 19 civilians"):
        assert words in text.replace("*", "")
        assert words in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert mail["Subject"].startswith("[Tocsin] SEVERE, unverified: ")
    assert "37" not in mail["Subject"]


def answered(tocsin: Tocsin) -> None:
    """Looking at the link does nothing; the API answers first, the link second."""
    link = re.search(r"http://127\.0\.0\.1:\d+/acknowledge/\S+", plain(tocsin))
    assert link is not None
    with tocsin.page() as page, tocsin.api(tocsin.key("Amira Haddad")) as api:
        assert "I am checking" in page.get(link[0]).text
        [alert] = api.get("/api/v1/alerts").json()["alerts"]
        assert (alert["state"], alert["level"], alert["country"]) == ("open", "Severe", "SYR")
        done = api.post(f"/api/v1/alerts/{alert['id']}/acknowledge").json()
        assert (done["first"], done["acknowledged_by"]) == (True, "Amira Haddad")
        assert "Amira Haddad was first" in page.post(link[0]).text
        assert api.post(f"/api/v1/alerts/{alert['id']}/acknowledge").json()["first"] is False
        tocsin.settled()
        shown = api.get(f"/api/v1/alerts/{alert['id']}").json()
    assert {message["state"] for message in shown["messages"]} == {"sent"}
    assert {message["reason"] for message in shown["messages"]} == {"first", "taken"}
    acts = [line["act"] for line in shown["log"]]
    # Everyone is told by another process, in its own time.
    acts.remove("told")
    assert acts == ["rang", "acknowledged", "acknowledged too", "checking still"]


def heard(tocsin: Tocsin) -> tuple[int, int]:
    """How many messages came to the chat, and by mail."""
    return len(tocsin.chat.texts), len(tocsin.mailbox.mails)


def plain(tocsin: Tocsin) -> str:
    body = tocsin.mailbox.mails[0].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def told_twice_rings_once(tocsin: Tocsin) -> None:
    """The same item again, and the same story by another outlet: nothing is sent."""
    before = heard(tocsin)
    publish(tocsin, offensive("wire", "1"), other=(offensive("other", "copy"),))
    tocsin.poll_again()
    assert heard(tocsin) == before


def grown_figures_are_told(tocsin: Tocsin) -> None:
    """A figure that doubled is told as a revision; two origins that pass the bound of Extreme, as a rise."""
    before = heard(tocsin)
    later = "Thu, 28 Nov 2024 18:40:00 GMT"
    publish(tocsin, offensive("wire", "1"), offensive("wire", "3", killed="39", published=later))
    tocsin.poll_again()
    wait_for("the update", lambda: heard(tocsin) == tuple(count + 1 for count in before))
    told = tocsin.chat.texts[-1].replace("*", "")
    assert "at least 39 civilians" in told and "was at least 19 civilians" in told


def time_passes(tocsin: Tocsin) -> None:
    """Two days on, the check has ended and it rings again; the quiet report has gone and its count stays."""
    tocsin.clock.move(EVENING + timedelta(hours=50))
    database = tocsin.database
    wait_for("the clean-up", lambda: not quiet_reports(database))
    with database.reading() as db:
        counted = db.exec_driver_sql("SELECT outcome, sum(count) FROM daily_count GROUP BY outcome").fetchall()
    database.close()
    assert dict(map(tuple, counted)) == {"quiet": 1, "read": 3}
    wait_for("the next ring", lambda: "CHECK ENDED" in tocsin.chat.texts[-1])


def quiet_reports(database) -> int:  # type: ignore[no-untyped-def]
    with database.reading() as db:
        return int(db.exec_driver_sql("SELECT count(*) FROM report WHERE outcome = 'quiet'").scalar() or 0)
