"""The real case: a full article in a feed rings on its evening, and is history today."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flow.conftest import Plant, plant
from tests.receivers import wait_for
from tests.story.articles import feed
from tests.story.conftest import Tocsin

__all__ = ["plant"]

CASE = Path("cases") / "idlib-2024-11-28" / "feed.xml"


@pytest.fixture
def article(shared: Path) -> str:
    return (shared / CASE).read_text(encoding="utf-8")


def test_it_makes_one_incident_one_alert_and_one_message_for_each(install: Callable[..., Tocsin], article: str) -> None:
    tocsin = install()
    tocsin.newsroom.publish("/wire", article)
    tocsin.newsroom.publish("/other", feed("other"))
    tocsin.start("up")
    wait_for("both messages", lambda: tocsin.chat.texts and tocsin.mailbox.mails)
    tocsin.settled()
    assert (len(tocsin.chat.texts), len(tocsin.mailbox.mails)) == (1, 1)
    text = tocsin.chat.texts[0].replace("*", "")
    first = text.splitlines()[0]
    assert first.startswith(
        "SEVERE · not verified by us · 1 outlet North-west Syria (Aleppo, Idlib): almost 7,000 families"
    )
    assert "at least 19 civilians reported killed; some health facilities and schools suspended" in first
    for words in (
        "almost 7,000 families (International Rescue Committee)",
        "Our conversion: about 35,000 people at 5.0 (HNAP 2021)",
        "at least 19 civilians (Syrian Observatory for Human Rights)",
        "Syria Civil Defence: Atareb 14, Darat Izza 4; not added",
        "more than 180 called “combatants”",
        "displaced about 35,000 ≥ 10,000 → Severe; killed 19 ≥ 10 → Moderate",
        "published 28 Nov 21:30 Damascus (18:30 UTC)",
    ):
        assert words in text, words
    assert "37" not in re.sub(r"rules \w+", "", text).replace("35,000", "")
    assert tocsin.mailbox.mails[0]["Subject"].startswith(
        "[Tocsin] SEVERE, unverified: NW Syria - almost 7,000 families displaced, at least 19 civilians reported killed"
    )


@pytest.mark.parametrize("days, kept", [(4, [("history",)]), (700, [])])
def test_days_later_it_is_history(plant: Plant, article: str, days: int, kept: list[tuple[str]]) -> None:
    """Read first when it is old it rings for nothing; when it is older than what is seen, it is not even kept."""
    plant.newsroom.publish("/wire", article)
    plant.pass_time(days=days)
    plant.turn()
    assert plant.rows("SELECT outcome FROM report") == kept
    assert plant.rows("SELECT count(*) FROM feed WHERE arrived_at IS NOT NULL") == [(2,)]
    assert plant.chat.texts == []
