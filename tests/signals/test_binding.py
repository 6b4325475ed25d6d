"""Binding: which deed takes which thing, and as what."""

import pytest

from service.signals.bind import Bound
from tests.signals.english import bound, read, said, sides, tape


def told(text: str) -> list[str]:
    """ "kill 12 people" for each deed with its thing."""
    words = tape(text).words

    def one(found: Bound) -> str:
        return f"{found.deed.frame.name} {said(words, found.thing) if found.thing else '-'}"

    return [one(found) for found in bound(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve people were killed.", ["kill twelve people"]),
        ("A blast killed 12 people.", ["kill 12 people"]),
        ("A blast killed 12 people and hurt 30.", ["kill 12 people", "injure 30"]),
        ("12 people and 3 children died.", ["kill 12 people", "kill 3 children"]),
        ("Five people were killed and 30 homes destroyed.", ["kill five people", "destroy 30 homes"]),
        ("12 dead, 30 wounded", ["kill 12", "injure 30"]),
        ("A raid that killed nine people", ["kill nine people"]),
        ("Killed in the blast were four children.", ["kill four children"]),
        ("Gunmen attacked two hospitals and a school.", ["attack two hospitals", "attack school"]),
        ("The killing of 12 people by gunmen", ["kill 12 people"]),
        ("14 deaths", ["kill 14"]),
        ("Fighting forced 24 clinics to close.", ["stop 24 clinics"]),
        ("A blackout hit the island.", ["outage -"]),
        ("There were mass evacuations.", ["evacuate -"]),
        ("The death toll rose to 45 from 31.", ["kill 45"]),
        ("23,400 IDPs live here.", ["displace 23,400 idps"]),
        ("500 displaced families live here.", ["displace 500 displaced families"]),
        ("31 were hurt in Idlib and 12 in Aleppo.", ["injure 31", "injure 12"]),
    ],
)
def test_a_deed_takes_its_things(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The army bombed a lesson.",  # nobody hits what is no matter
        "The storm killed 12 trees.",
        "A school party was hit.",
        "Twelve people sang, and 30 danced.",
        "He killed time.",
    ],
)
def test_a_deed_takes_nothing_it_cannot_be_done_to(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("14 militants were killed and 30 wounded.", ["combatant", "combatant"]),
        ("14 farmers were killed and 30 wounded.", ["civilian", "civilian"]),
        ("Three civilians and two soldiers were killed and nine hurt.", ["civilian", "combatant", "civilian"]),
        ("The raid killed 30.", [None]),
    ],
)
def test_a_bare_figure_counts_what_the_one_before_counted(text: str, victims: list[str | None]) -> None:
    assert [one.noun and one.noun.victims for one in bound(text)] == victims


def test_a_bare_figure_of_homes_is_homes() -> None:
    found = bound("The flood damaged 500 homes and destroyed 30.")
    assert [one.noun and one.noun.group for one in found] == ["dwellings", "dwellings"]


@pytest.mark.parametrize(
    ("text", "figure", "type_", "unit"),
    [
        ("3,000 people are without water.", 3000, "water", "people"),
        ("The storm cut electricity to 2,000 homes.", 2000, "power", "dwellings"),
        ("The siege deprived 20,000 families of water.", 20_000, "water", "households"),
        ("Aid for 85,000 people was suspended.", 85_000, "food", "people"),
        ("30,000 homes lost power after the storm.", 30_000, "power", "dwellings"),
    ],
)
def test_those_who_go_without_a_service_are_counted(text: str, figure: int, type_: str, unit: str) -> None:
    (signal,) = read(text).signals
    assert (signal.low, signal.type, signal.unit) == (figure, type_, unit)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Twelve people were killed.", "kill.passive"),
        ("12 people killed in a blast", "kill.listed"),
        ("A blast killed 12 people.", "kill.active"),
        ("Schools close after storm", "stop.own"),
        ("500 displaced families", "displace.adjective"),
        ("31 were hurt in Idlib and 12 in Aleppo.", "injure.gapped"),
        ("23,400 IDPs live here.", "displace.named"),
    ],
)
def test_a_rule_names_frame_and_construction(text: str, rule: str) -> None:
    assert bound(text)[-1].rule == rule


def test_constructions_are_tried_in_the_order_of_the_file() -> None:
    made = sides("A blast killed 12 people.")
    (found,) = bound("A blast killed 12 people.")
    names = [name for name, _ in made.match("done", found.at, found.deed.frame.groups)]
    assert names[0] == "active"


def test_whom_a_figure_is_taken_from_tells_who_they_are() -> None:
    (found,) = bound("The strike wounded four from the army.")
    assert found.noun and found.noun.victims == "combatant"
