"""Messages decided for tests, without the stages before."""

from dataclasses import replace

from service.flow.rulebook import refresh
from service.store import alerts, outbox
from service.values import Alert, Level, Notice, Reason, Recipient
from tests.flow.conftest import Plant
from tests.notifications.notices import FIRST

ROOM = Recipient("crisis-room", "chat")
AMIRA = Recipient("amira", "mail", "amira@example.org")


def decide(plant: Plant, level: Level = Level.SEVERE, reason: Reason = "first", to: Recipient = ROOM) -> int:
    """One more alert, with a message about it; its number."""
    now = plant.installation.now()
    with plant.installation.database.writing() as db:
        opened = Alert(0, "open", level, revision=1, opened_at=now)
        count = db.exec_driver_sql("SELECT count(*) FROM alert").scalar()
        alert = alerts.add(db, opened, f"test:{count}")
        assert alert is not None
        notice: Notice = replace(FIRST, alert_id=alert.id, reason=reason, level=level, decided_at=now)
        alerts.add_notice(db, notice)
        outbox.add(db, notice, [to], now)
    return alert.id


def change_rules(plant: Plant, before: str, after: str) -> None:
    path = plant.installation.settings.rules
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))
    refresh(plant.installation.database, path, plant.installation.now())


def states(plant: Plant, where: str = "1 = 1") -> list[str]:
    return [state for (state,) in plant.rows(f"SELECT state FROM outbox WHERE {where} ORDER BY id")]
