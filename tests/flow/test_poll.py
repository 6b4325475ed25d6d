"""poll: baseline, cursor, items seen, and feeds that fail."""

from datetime import timedelta

from service.flow.rulebook import refresh
from tests.flow.conftest import Plant
from tests.story.articles import feed, offensive

OLD = "Mon, 25 Nov 2024 10:00:00 GMT"


def outcomes(plant: Plant) -> list[str | None]:
    return [outcome for (outcome,) in plant.rows("SELECT outcome FROM report ORDER BY id")]


def problems(plant: Plant) -> list[str]:
    return [key for (key,) in plant.rows("SELECT open_key FROM alert WHERE open_key LIKE 'problem:%%'")]


def test_what_a_feed_already_held_is_history_when_it_is_old(plant: Plant) -> None:
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1", published=OLD), offensive("wire", "2")))
    plant.turn("poll")
    assert sorted(outcomes(plant), key=str) == [None, "history"]
    plant.turn()
    assert len(plant.chat.texts) == 1


def test_after_the_first_poll_a_late_report_still_rings(plant: Plant) -> None:
    plant.turn()
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1", published=OLD)))
    plant.pass_time(minutes=2)
    plant.turn()
    assert "LATE" in plant.chat.texts[0]


def test_an_item_older_than_the_memory_of_seen_ones_is_ignored(plant: Plant) -> None:
    plant.turn()
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1", published="Fri, 01 Nov 2024 10:00:00 GMT")))
    plant.pass_time(minutes=2)
    plant.turn()
    assert outcomes(plant) == []


def test_an_unchanged_feed_is_asked_with_its_cursor(plant: Plant) -> None:
    plant.turn("poll")
    plant.pass_time(minutes=2)
    plant.turn("poll")
    assert (plant.newsroom.asked["/wire"], plant.newsroom.not_modified) == (2, 2)


def test_a_changed_item_is_read_again_and_an_unchanged_one_is_not(plant: Plant) -> None:
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1")))
    plant.turn("poll")
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1"), offensive("wire", "2", killed="25")))
    plant.pass_time(minutes=2)
    plant.turn("poll")
    assert len(outcomes(plant)) == 2
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1", killed="21")))
    plant.pass_time(minutes=2)
    plant.turn("poll")
    assert len(outcomes(plant)) == 3


def test_one_bad_feed_does_not_stop_the_others(plant: Plant) -> None:
    plant.newsroom.publish("/wire", "<html><body>Please log in</body></html>")
    plant.newsroom.publish("/other", feed("other", offensive("other", "1")))
    plant.turn()
    assert len(plant.chat.texts) == 1
    [(error, attempts)] = plant.rows("SELECT error, attempts FROM feed WHERE name = 'wire'")
    assert "HTML" in error or "web page" in error
    assert attempts == 1


def test_a_feed_that_keeps_failing_is_told_once_and_closed_when_it_is_back(plant: Plant) -> None:
    del plant.newsroom.bodies["/wire"]
    for _ in range(7):
        plant.turn("poll")
        plant.pass_time(hours=1)
    assert problems(plant) == ["problem:feed:wire"]
    plant.turn("deliver")
    assert len(plant.chat.texts) == 1 and "wire" in plant.chat.texts[0]
    plant.newsroom.publish("/wire", feed("wire"))
    plant.pass_time(hours=2)
    plant.turn()
    assert problems(plant) == []
    assert len(plant.chat.texts) == 1


def test_a_feed_taken_out_of_the_rules_is_not_polled_again(plant: Plant) -> None:
    plant.turn("poll")
    path = plant.installation.settings.rules
    path.write_text("".join(line for line in path.read_text().splitlines(True) if "/other" not in line))
    refresh(plant.installation.database, path, plant.installation.now())
    plant.clock.move(plant.clock.now() + timedelta(minutes=5))
    plant.turn("poll")
    assert (plant.newsroom.asked["/wire"], plant.newsroom.asked["/other"]) == (2, 1)


def test_a_feed_that_moved_starts_anew(plant: Plant) -> None:
    """Another address has a baseline of its own: what it already held is history, and nothing is known of it."""
    plant.turn("poll")
    plant.newsroom.publish("/moved", feed("wire", offensive("wire", "1", published=OLD)))
    path = plant.installation.settings.rules
    path.write_text(path.read_text().replace(plant.newsroom.url("/wire"), plant.newsroom.url("/moved")))
    refresh(plant.installation.database, path, plant.installation.now())
    plant.turn()
    assert outcomes(plant) == ["history"]
    assert plant.newsroom.asked["/moved"] == 1


def test_a_feed_taken_out_closes_its_trouble(plant: Plant) -> None:
    del plant.newsroom.bodies["/other"]
    for _ in range(6):
        plant.turn("poll")
        plant.pass_time(hours=1)
    assert problems(plant) == ["problem:feed:other"]
    path = plant.installation.settings.rules
    path.write_text("".join(line for line in path.read_text().splitlines(True) if "/other" not in line))
    refresh(plant.installation.database, path, plant.installation.now())
    assert problems(plant) == []
