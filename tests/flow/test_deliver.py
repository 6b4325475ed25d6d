"""deliver: every message once, or again and marked; what cannot be sent is told."""

import pytest

from service.flow import deliver
from service.flow.retry import TRIES_TO_TELL
from service.flow.rulebook import refresh
from service.store import alerts
from service.store import outbox as store
from service.values import Recipient
from tests.flow.conftest import Plant
from tests.flow.deciding import decide
from tests.receivers import Mailbox, receiving
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


def test_one_mark_that_fails_sends_no_other_message_again(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several messages in one batch, and the database refuses one mark: only that one is sent again, and marked."""
    path = plant.installation.settings.rules
    room = "crisis-room: {contacts: [{channel: chat}]}"
    path.write_text(path.read_text().replace(room, f"{room}\n  second: {{contacts: [{{channel: chat}}]}}"))
    path.write_text(path.read_text().replace("to: [crisis-room]", "to: [crisis-room, second]"))
    refresh(plant.installation.database, path, plant.installation.now())
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1")))
    plant.turn("poll", "read", "assign", "decide")
    settle, failed = deliver.settle, []

    def fails_for_one(installation: object, outcomes: list[deliver.Outcome], *rest: object) -> None:
        failed.extend(outcome.row.id for outcome in outcomes if not failed)
        if any(outcome.row.id == failed[0] for outcome in outcomes):
            raise OSError("the disk is full")
        settle(installation, outcomes, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(deliver, "settle", fails_for_one)
    plant.turn("deliver")
    monkeypatch.setattr(deliver, "settle", settle)
    assert sorted(state for state, *_ in outbox(plant)) == ["sending", "sent"]
    with plant.installation.database.writing() as db:  # as if its lease were over
        db.exec_driver_sql("UPDATE outbox SET claimed_until = NULL")
    plant.turn("deliver")
    assert [state for state, *_ in outbox(plant)] == ["sent", "sent"]
    assert sorted("possible duplicate" in text.lower() for text in plant.chat.texts) == [False, False, True]


def test_a_trouble_is_not_over_because_its_own_message_arrived(decided: Plant) -> None:
    decided.chat.status = 503
    for _ in range(TRIES_TO_TELL):
        decided.turn("deliver")
        decided.pass_time(minutes=30)
    with decided.installation.database.writing() as db:  # the message itself is the trouble, not its receiver
        db.exec_driver_sql("DELETE FROM receiver")
        db.exec_driver_sql("UPDATE outbox SET due_at = '2024-12-24 00:00:00.000000' WHERE reason = 'first'")
        db.exec_driver_sql("UPDATE outbox SET due_at = '2024-11-28 00:00:00.000000' WHERE reason = 'problem'")
    decided.chat.status = 200
    decided.turn("deliver")
    assert len(decided.chat.texts) == 1
    assert decided.rows("SELECT count(*) FROM alert WHERE open_key LIKE 'problem:%%'") == [(1,)]
    decided.pass_time(days=30)
    decided.turn("deliver")
    assert decided.rows("SELECT count(*) FROM alert WHERE open_key LIKE 'problem:%%'") == [(0,)]


def test_an_outage_of_days_loses_nothing_and_is_told(decided: Plant) -> None:
    decided.chat.status = 503
    for _ in range(40):
        decided.turn("deliver")
        decided.pass_time(hours=2)
    states = outbox(decided)
    assert states[0][:2] == ("pending", 40)
    assert decided.rows("SELECT count(*) FROM alert WHERE open_key = 'problem:delivery:chat:crisis-room'") == [(1,)]
    decided.chat.status = 200
    decided.turn("deliver")
    assert {state for state, *_ in outbox(decided)} == {"sent"}
    assert decided.rows("SELECT count(*) FROM alert WHERE open_key LIKE 'problem:%%'") == [(0,)]


def test_the_secret_is_in_no_row(decided: Plant) -> None:
    decided.chat.status = 500
    decided.turn("deliver")
    assert decided.chat.address not in str(decided.rows("SELECT * FROM outbox"))


def test_two_addresses_of_one_recipient_on_one_channel_both_get_it(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, work = (Recipient("amira", "mail", f"{where}@example.org") for where in ("home", "work"))
    with receiving(Mailbox()) as mailbox:
        monkeypatch.setenv("TEST_MAIL", mailbox.address)
        number = decide(plant, to=home)
        with plant.installation.database.writing() as db:
            notice = alerts.notice(db, number, 1)
            assert notice is not None
            for _ in range(2):
                store.add(db, notice, [home, work], plant.installation.now())
        plant.turn("deliver")
    assert sorted(str(mail["To"]) for mail in mailbox.mails) == ["home@example.org", "work@example.org"]
