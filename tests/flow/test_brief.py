"""Briefs at hand-overs, over a real chat and both databases: one each, at the right moment, whoever restarts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from service.desk import oncall as desk
from service.desk.oncall import Wanted
from service.flow.brief import hand_over
from service.flow.installation import Installation
from service.flow.rulebook import refresh
from service.flow.sweep import sweep
from service.store import alerts
from service.values import Brief, Level
from tests.flow.conftest import Plant
from tests.flow.deciding import change_rules, decide
from tests.story.articles import feed, item, offensive

# Clocks in Kyiv go back on the 26th of October 2025, from four to three: half past three comes twice that night.
ROTATION = """
rotations:
  duty: {people: [amira, bilal], zone: Europe/Kyiv, since: 2025-10-20, hand_over: {at: "03:30", every: day}}
"""
EVENING = datetime(2025, 10, 25, 18, 0, tzinfo=UTC)
NIGHT = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


@pytest.fixture
def staffed(plant: Plant) -> Plant:
    """A plant whose two people hand over daily, on the evening before the clocks go back."""
    plant.clock.move(EVENING)
    path = plant.installation.settings.rules
    ours = path.read_text().replace("{channel: mail, address: amira@example.org}", "{channel: chat}")
    bilal = "  bilal: {contacts: [{channel: chat}]}\n"
    path.write_text(ours.replace("  amira:", f"{bilal}  amira:") + ROTATION)
    refresh(plant.installation.database, path, plant.installation.now())
    return plant


def look(plant: Plant, at: datetime) -> int:
    """Look for hand-overs at that time, as beat would; returns how many were briefed."""
    plant.clock.move(at)
    found = hand_over(plant.installation)
    plant.turn("deliver")
    return found


def briefs(plant: Plant) -> list[Brief]:
    """Every brief that was told, the oldest first."""
    rows = plant.rows("SELECT id FROM alert WHERE substr(open_key, 1, 6) = 'brief:' ORDER BY id")
    with plant.installation.database.reading() as db:
        found = [alerts.notice(db, id, 1) for (id,) in rows]
    return [notice.brief for notice in found if notice and notice.brief]


def test_where_the_hour_comes_twice_there_is_one_brief_at_its_first_coming(staffed: Plant) -> None:
    assert look(staffed, NIGHT - timedelta(seconds=10)) == 0
    assert [look(staffed, NIGHT + n * timedelta(minutes=15)) for n in range(6)] == [1, 0, 0, 0, 0, 0]
    [told] = briefs(staffed)
    assert told.to == "amira" and NIGHT <= told.until < NIGHT + timedelta(minutes=1)
    assert told.since == datetime(2025, 10, 25, 0, 30, tzinfo=UTC)
    [text] = staffed.chat.texts
    assert "BRIEF for amira" in text and "Nothing rang since 25 Oct 03:30 Kyiv (00:30 UTC)" in text
    # A day later clocks show half past three an hour later, once.
    assert look(staffed, NIGHT + timedelta(days=1)) == 0
    assert look(staffed, NIGHT + timedelta(days=1, hours=1)) == 1
    assert briefs(staffed)[1].to == "bilal" and briefs(staffed)[1].since == NIGHT
    assert [text[:17] for text in staffed.chat.texts] == ["*BRIEF for amira*", "*BRIEF for bilal*"]


def test_a_worker_that_starts_again_or_looks_at_the_same_time_briefs_nobody_twice(staffed: Plant) -> None:
    staffed.clock.move(NIGHT)
    others = [Installation(staffed.installation.settings) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(hand_over, others)) == 1
    for other in others:
        other.database.close()
    assert look(staffed, NIGHT + timedelta(hours=1)) == 0
    assert len(briefs(staffed)) == 1 and len(staffed.chat.texts) == 1


def test_one_missed_while_tocsin_was_down_is_told_for_half_a_day(staffed: Plant) -> None:
    assert look(staffed, NIGHT + timedelta(hours=11, minutes=59)) == 1
    [told] = briefs(staffed)
    assert told.until >= NIGHT + timedelta(hours=11)


def test_an_older_one_is_passed_over(staffed: Plant) -> None:
    assert look(staffed, NIGHT + timedelta(hours=12, minutes=1)) == 0


def test_before_there_was_an_installation_nobody_was_missed(plant: Plant) -> None:
    path = plant.installation.settings.rules
    since = ROTATION.replace("bilal", "crisis-room").replace("2025-10-20", "2024-11-01").replace("03:30", "20:30")
    path.write_text(path.read_text() + since)
    refresh(plant.installation.database, path, plant.installation.now())
    # It is 20:31 in Kyiv, and nothing was here a minute ago.
    assert look(plant, plant.installation.now() + timedelta(minutes=1)) == 0
    assert look(plant, plant.installation.now() + timedelta(days=1)) == 1


def test_without_a_rotation_no_brief_is_sent(plant: Plant) -> None:
    assert look(plant, plant.installation.now() + timedelta(days=1)) == 0
    assert plant.chat.texts == []


def test_nobody_needs_to_answer_it_and_it_never_rings_again(staffed: Plant) -> None:
    look(staffed, NIGHT)
    assert staffed.rows("SELECT state, due_at FROM alert WHERE substr(open_key, 1, 6) = 'brief:'") == [("closed", None)]
    assert staffed.rows("SELECT count(*) FROM code") == [(0,)]
    assert "I am checking" not in staffed.chat.texts[0]
    staffed.clock.move(NIGHT + timedelta(hours=10))
    assert "escalate" not in sweep(staffed.installation)


def test_it_goes_through_quiet_hours_and_a_failed_try_says_the_same(staffed: Plant) -> None:
    change_rules(staffed, "  amira: {", "  amira: {zone: Europe/Kyiv, quiet: {from: '20:00', to: '08:00'}, ")
    staffed.chat.status = 503
    look(staffed, NIGHT)
    assert staffed.rows("SELECT state FROM outbox") == [("pending",)]
    staffed.chat.status = 200
    decide(staffed)
    staffed.clock.move(NIGHT + timedelta(minutes=10))
    staffed.turn("deliver")
    told = [text for text in staffed.chat.texts if "BRIEF" in text]
    assert len(told) == 1 and "nothing open" in told[0]


def test_an_override_is_a_hand_over_too(staffed: Plant) -> None:
    look(staffed, NIGHT)
    now, until = NIGHT + timedelta(hours=5), NIGHT + timedelta(hours=9)
    rules = staffed.installation.rulebook.newest()
    assert rules is not None
    desk.override(staffed.installation.database, rules, Wanted("duty", "bilal", None, until, "a visit"), "amira", now)
    assert look(staffed, now) == 1
    assert look(staffed, until) == 1
    assert [told.to for told in briefs(staffed)] == ["amira", "bilal", "amira"]


def test_it_tells_what_happened_on_the_watch_before(staffed: Plant) -> None:
    news = [offensive("wire", "1", published=WHEN)]
    small = item("wire", "2", "Shelling in the east", STORM, WHEN)
    arabic = item("other", "3", "نزوح", "<p>نزح آلاف السكان من بيوتهم بعد القصف على المدينة يوم السبت.</p>", WHEN)
    staffed.newsroom.publish("/wire", feed("wire", *news, small))
    staffed.newsroom.publish("/other", feed("other", arabic).replace("<language>en", "<language>ar"))
    staffed.turn()
    assert any("7,000 families" in text for text in staffed.chat.texts)
    look(staffed, NIGHT)
    [told] = briefs(staffed)
    assert (told.rang, [one.level for one in told.open.listed]) == (1, [Level.SEVERE])
    assert "7,000 families" in told.open.listed[0].said and told.open.listed[0].next_at is not None
    assert [(one.level, one.value, one.bound) for one in told.near.listed] == [(Level.MODERATE, 700, 1000)]
    assert [(one.language, one.texts) for one in told.unread] == [("ar", 1)]
    assert [one.level for one in told.quiet.listed] == [Level.MINOR]


WHEN = "Sat, 25 Oct 2025 17:59:00 GMT"
STORM = (
    "<p>Shelling forced 700 people to flee their homes in Deir ez-Zor in eastern Syria on Saturday, officials said.</p>"
)
