"""The holidays file comes into force with alerts.yaml: stored in its row, the same for every process."""

from service.flow.rulebook import Rulebook, watch
from tests.flow.conftest import Plant

TEAM = "\nteams:\n  field: {zone: Asia/Damascus, hours: 08:00-18:00, holidays: holidays.ics}\n"
CALENDAR = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026%s\nEND:VEVENT\nEND:VCALENDAR\n"


def look(plant: Plant) -> None:
    watch(plant.installation.database, plant.installation.settings.rules, plant.installation.now())


def versions(plant: Plant) -> int:
    return int(plant.rows("SELECT count(*) FROM rules")[0][0])


def test_a_change_of_it_is_a_change_of_the_rules_and_a_bad_one_changes_nothing(plant: Plant) -> None:
    path = plant.installation.settings.rules
    calendar = path.parent / "holidays.ics"
    path.write_text(path.read_text(encoding="utf-8") + TEAM, encoding="utf-8")
    calendar.write_text(CALENDAR % "0101", encoding="utf-8")
    before = versions(plant)
    look(plant)
    look(plant)
    assert versions(plant) == before + 1
    first = plant.installation.rulebook.newest()
    assert first is not None and first.teams["field"].holidays[0].first.month == 1

    calendar.write_text(CALENDAR % "0501", encoding="utf-8")
    look(plant)
    calendar.unlink()
    elsewhere = Rulebook(plant.installation.database).newest()
    assert elsewhere is not None and elsewhere.hash != first.hash
    assert elsewhere == plant.installation.rulebook.newest()
    assert elsewhere.teams["field"].holidays[0].first.month == 5

    look(plant)
    assert versions(plant) == before + 2
    plant.turn("deliver")
    assert "there is no such file beside alerts.yaml" in plant.chat.texts[-1]
