"""deliver: every message once, or again and marked; what cannot be sent is told."""

import pytest

from tests.flow.conftest import Plant
from tests.story.articles import feed, offensive


@pytest.fixture
def decided(plant: Plant) -> Plant:
    """A plant with one message in its outbox."""
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1")))
    plant.turn("poll", "read", "assign", "decide")
    return plant


def outbox(plant: Plant) -> list[tuple]:  # type: ignore[type-arg]
    return plant.rows("SELECT state, attempts, doubtful, due_at IS NULL FROM outbox ORDER BY id")


def test_a_message_is_sent_and_marked(decided: Plant) -> None:
    decided.turn("deliver")
    assert outbox(decided) == [("sent", 0, False, True)]
    decided.pass_time(days=1)
    decided.turn("deliver")
    assert len(decided.chat.texts) == 1


def test_a_receiver_in_trouble_is_tried_again(decided: Plant) -> None:
    decided.chat.status = 503
    decided.turn("deliver")
    assert outbox(decided) == [("pending", 1, False, False)]
    decided.chat.status = 200
    decided.pass_time(seconds=7)
    decided.turn("deliver")
    assert outbox(decided) == [("sent", 0, False, True)]
    assert "duplicate" not in decided.chat.texts[0].lower()


def test_a_receiver_that_refuses_for_good_is_given_up_and_logged(decided: Plant) -> None:
    decided.chat.status = 403
    decided.turn("deliver")
    assert outbox(decided)[0] == ("failed", 1, False, True)
    (detail,), *_ = decided.rows("SELECT detail FROM alert_log WHERE act = 'not delivered' ORDER BY id")
    assert "crisis-room by chat" in detail
    [(key,)] = decided.rows("SELECT open_key FROM alert WHERE open_key LIKE 'problem:%%'")
    assert key == "problem:delivery:chat:crisis-room"


def test_a_message_whose_outcome_nobody_knows_is_sent_again_and_says_so(decided: Plant) -> None:
    """Its worker died between the receiver's answer and the note of it: the row still says `sending`."""
    decided.turn("deliver")
    with decided.installation.database.writing() as db:
        db.exec_driver_sql("UPDATE outbox SET state = 'sending', sent_at = NULL")
        db.exec_driver_sql("UPDATE outbox SET due_at = (SELECT fetched_at FROM report)")
    decided.turn("deliver")
    assert ["possible duplicate" in text.lower() for text in decided.chat.texts] == [False, True]


def test_a_channel_without_its_secret_keeps_its_messages(decided: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_CHAT")
    decided.turn("deliver")
    assert outbox(decided) == [("pending", 1, False, False)]
    [(error,)] = decided.rows("SELECT error FROM outbox")
    assert "TEST_CHAT is not set" in error
    monkeypatch.setenv("TEST_CHAT", decided.chat.address)
    decided.pass_time(seconds=10)
    decided.turn("deliver")
    assert len(decided.chat.texts) == 1


def test_the_secret_is_in_no_row(decided: Plant) -> None:
    decided.chat.status = 500
    decided.turn("deliver")
    assert decided.chat.address not in str(decided.rows("SELECT * FROM outbox"))
