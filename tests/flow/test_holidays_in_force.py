"""The holidays file comes into force with alerts.yaml: stored in its row, the same for every process."""

from pathlib import Path

import pytest

from service.cli.beat import Seen, look
from service.rulebook import Rulebook
from tests.flow.conftest import Plant

TEAM = "\nteams:\n  field: {zone: Asia/Damascus, hours: 08:00-18:00, holidays: holidays.ics}\n"
CALENDAR = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026%s\nEND:VEVENT\nEND:VCALENDAR\n"


@pytest.fixture
def calendar(plant: Plant) -> Path:
    """The file that a team's holidays are in; it is not there yet."""
    path = plant.installation.settings.rules
    path.write_text(path.read_text(encoding="utf-8") + TEAM, encoding="utf-8")
    return path.parent / "holidays.ics"


def looked(plant: Plant, seen: Seen) -> Seen:
    """Look as beat does, until nothing is new."""
    while (after := look(plant.installation, seen)) != seen:
        seen = after
    return seen


def month(plant: Plant) -> int | None:
    """The month of the holiday that every process goes by."""
    one, other = plant.installation.rulebook.newest(), Rulebook(plant.installation.database).newest()
    assert one is not None and one == other
    return one.teams["field"].holidays[0].first.month if one.teams else None


def test_a_change_of_it_is_a_change_of_the_rules(plant: Plant, calendar: Path) -> None:
    calendar.write_text(CALENDAR % "0101", encoding="utf-8")
    seen = looked(plant, {})
    assert (month(plant), set(seen)) == (1, {calendar, plant.installation.settings.rules})
    calendar.write_text(CALENDAR % "0501\nSUMMARY:a day", encoding="utf-8")
    looked(plant, seen)
    assert month(plant) == 5
    assert plant.rows("SELECT count(DISTINCT hash), count(*) FROM rules") == [(3, 3)]


def test_a_bad_one_changes_nothing_and_says_so_until_it_is_good(plant: Plant, calendar: Path) -> None:
    seen = looked(plant, {})
    assert month(plant) is None
    plant.turn("deliver")
    assert "'holidays.ics', which cannot be read: there is no such file" in plant.chat.texts[-1]
    calendar.write_text(CALENDAR % "0101", encoding="utf-8")
    seen = looked(plant, seen)
    assert month(plant) == 1
    calendar.unlink()
    looked(plant, seen)
    assert month(plant) == 1, "what is in force needs the file no more"
