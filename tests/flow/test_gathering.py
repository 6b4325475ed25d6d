"""assign: whatever order reports come in, and whoever works on them, they end in the same incidents."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from service.alerts.acts import Officer
from service.desk.incidents import change
from service.errors import ClaimLost
from service.flow import STAGES, assign, decide
from service.flow.drain import batch
from service.flow.installation import Installation
from service.incidents.gather import Gathering, gather
from service.incidents.pins import rulings
from service.incidents.profile import from_data
from service.store import incidents, queue, signals
from service.store.queue import CELLS
from service.store.signals import cell_of
from service.values import Figure
from tests.factories import NOON
from tests.flow.conftest import Plant
from tests.incidents.test_gather import Worded, pins
from tests.incidents.worlds import Fact, Name, Told, a_world, arrivals, figures, name, numbered, partition, reports
from tests.incidents.worlds import without_number as same

LONG_AGO = NOON - timedelta(days=1000)
WORKERS = 4


def arrive(installation: Installation, told: Sequence[Figure]) -> None:
    """Store figures as the read stage does."""
    with installation.database.writing() as db:
        signals.add(db, [(cell_of("SYR", figure.said_at), figure) for figure in told], installation.now())


def stored(plant: Plant) -> set[frozenset[Name]]:
    """Which figures are of one incident, as it is stored; every one has been looked at."""
    with plant.installation.database.reading() as db:
        told = signals.since(db, "SYR", LONG_AGO)
    assert all(placed.incident_id is not None and placed.why for placed in told.values())
    return partition((placed.figure, placed.incident_id) for placed in told.values())


def in_one_go(world: Sequence[Told]) -> Gathering:
    return gather(numbered(reports(world)))


def parts(world: Sequence[Told]) -> set[frozenset[Name]]:
    homes = in_one_go(world).homes
    return partition((figure, homes[figure.id]) for figure in numbered(reports(world)))


def check_stored_incidents(plant: Plant, world: Sequence[Told]) -> None:
    """What is kept of each incident is what one go makes of it, and it lists the figures that are in it."""
    with plant.installation.database.reading() as db:
        kept = incidents.founded_since(db, "SYR", LONG_AGO)
        members = signals.of_incidents(db, [one.id for one in kept])
        told = {one.id: incidents.find(db, one.id) for one in kept}
    assert same(from_data(one.profile) for one in kept) == same(in_one_go(world).profiles.values())
    for id, incident in told.items():
        assert incident is not None and incident.id == id
        assert {figure.report_id for figure in members[id]} == set(incident.reports)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_in_any_batches_ends_as_one_go(plant: Plant, seed: int) -> None:
    world = a_world(seed, 50)
    for part in arrivals(world, Random(seed)):
        arrive(plant.installation, part)
        plant.turn("assign")
    assert stored(plant) == parts(world)
    check_stored_incidents(plant, world)


@pytest.mark.parametrize("seed", range(3))
def test_workers_at_the_same_time_end_as_one_go(plant: Plant, seed: int) -> None:
    """Readers and assigners of one country, each with connections of its own."""
    world = a_world(seed, 60)
    waiting = list(arrivals(world, Random(seed), most=4))

    def work(number: int) -> None:
        ours = Installation(plant.installation.settings)
        for part in waiting[number::WORKERS]:
            arrive(ours, part)
            batch(ours, STAGES["assign"])
            batch(ours, STAGES["decide"])
        ours.database.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    settle(plant)
    assert stored(plant) == parts(world)
    check_stored_incidents(plant, world)
    check_alerts(plant)


def settle(plant: Plant) -> None:
    """Let time pass until what was put back has been tried again, and nothing is due."""
    for _ in range(8):
        plant.turn("assign", "decide")
        plant.pass_time(hours=1)
    assert plant.rows("SELECT 'cell', error FROM cell WHERE error IS NOT NULL") == []
    assert plant.rows("SELECT 'incident', error FROM incident WHERE error IS NOT NULL") == []


def check_alerts(plant: Plant) -> None:
    """Every open alert is that of an incident there is, and no incident has two."""
    lost = """SELECT alert.id FROM alert LEFT JOIN incident ON incident.id = alert.incident_id
              WHERE alert.open_key LIKE 'incident:%%' AND (incident.id IS NULL OR incident.merged_into IS NOT NULL)"""
    assert plant.rows(lost) == []
    twice = "SELECT incident_id FROM alert WHERE state != 'closed' GROUP BY incident_id HAVING count(*) > 1"
    assert plant.rows(twice) == []


def test_a_claim_that_was_lost_changes_nothing_and_is_made_good(plant: Plant) -> None:
    world = a_world(7, 30)
    installation = plant.installation
    for part in arrivals(world, Random(7), most=10):
        arrive(installation, part)
        late = queue.claim(installation.database, CELLS, installation.now(), 20, timedelta(seconds=-1))
        quick = queue.claim_crashed(installation.database, CELLS, installation.now(), timedelta(minutes=1))
        with pytest.raises(ClaimLost):
            assign.work(installation, [row for row in late if row.id in {row.id for row in quick}])
        assign.work(installation, quick)
        plant.turn("assign")
    assert stored(plant) == parts(world)


@pytest.mark.parametrize("seed", range(3))
def test_what_officers_decide_holds_whatever_arrives(plant: Plant, seed: int) -> None:
    """As in one go with all they said, though half of the reports come after it."""
    world, random = a_world(seed, 50), Random(seed)
    arriving = list(arrivals(world, random))
    half = len(arriving) // 2
    for part in arriving[:half]:
        arrive(plant.installation, part)
        plant.turn("assign")
    ringing = [name(figure) for part in arriving[:half] for figure in part if figure.signal.alertable]
    words = [(one, random.choice(("with", "apart")), other) for one, other in pairwise(random.sample(ringing, 9))]
    for word in words:
        decided(plant, word)
        plant.turn("assign")
    for part in arriving[half:]:
        arrive(plant.installation, part)
        plant.turn("assign")
    flat = numbered(reports(world))
    homes = gather(flat, Gathering(rulings=rulings(pins(words, flat)))).homes
    assert stored(plant) == partition((figure, homes[figure.id]) for figure in flat)


def decided(plant: Plant, word: Worded) -> None:
    """Store what an officer said, as the desk does."""
    now = plant.installation.now()
    with plant.installation.database.writing() as db:
        known = {name(placed.figure): placed.figure for placed in signals.since(db, "SYR", LONG_AGO).values()}
        change(db, "SYR", pins([word], known.values()), Officer("Amira", now, "api", "I asked."))


# --- numbers that change ----------------------------------------------------


def strike(hours: int, low: int = 19, town: int = 0) -> Told:
    return Told(hours, 0, (Fact(town, 0, low),))


def told(plant: Plant, number: int, one: Told) -> int:
    """Let a report arrive and be gathered; returns the number of its incident."""
    arrive(plant.installation, figures(one, number))
    plant.turn("assign")
    with plant.installation.database.reading() as db:
        [home] = {
            p.incident_id for p in signals.since(db, "SYR", LONG_AGO).values() if p.figure.report_id == number + 1
        }
    assert home
    return home


def leads_to(plant: Plant, number: int) -> int | None:
    with plant.installation.database.reading() as db:
        incident = incidents.find(db, number)
    return incident.id if incident else None


def test_the_number_of_an_incident_whose_founder_arrives_late_leads_on(plant: Plant) -> None:
    """Thirty times, so that no chain of numbers is too long."""
    numbers = [told(plant, number, strike(40 - number)) for number in range(30)]
    assert len(set(numbers)) == 30
    assert {leads_to(plant, number) for number in numbers} == {numbers[-1]}


def test_a_number_nobody_had_leads_nowhere(plant: Plant) -> None:
    assert leads_to(plant, 99) is None


def test_an_open_alert_goes_on_under_the_new_number(plant: Plant) -> None:
    first = told(plant, 0, strike(5))
    plant.turn("decide")
    second = told(plant, 1, strike(1))
    plant.turn("decide")
    assert first != second
    assert plant.rows("SELECT state, incident_id, open_key FROM alert") == [("open", second, f"incident:{second}")]
    assert ("moved", f"incident {first} became part of incident {second}") in plant.rows(
        "SELECT act, detail FROM alert_log"
    )


def test_of_two_open_alerts_of_one_incident_one_is_closed_in_favour_of_the_other(plant: Plant) -> None:
    """Two strikes ten days apart are two, until a late report between them says that they are one."""
    first = told(plant, 0, Told(0, 2, (Fact(0, 0, 100),)))
    second = told(plant, 1, Told(240, 2, (Fact(0, 0, 400),)))
    plant.turn("decide")
    assert first != second and plant.rows("SELECT count(*) FROM alert") == [(2,)]
    assert told(plant, 2, Told(120, 2, (Fact(0, 0, 200),))) == first
    plant.turn("decide")
    assert leads_to(plant, second) == first
    stays, goes = plant.rows("SELECT id, incident_id, state FROM alert ORDER BY incident_id")
    assert stays[1:] == (first, "open") and goes[1:] == (second, "closed")
    line = f"its incident became part of that of alert {stays[0]}"
    assert (goes[0], "closed", line) in plant.rows("SELECT alert_id, act, detail FROM alert_log")


def test_two_incidents_a_later_report_shows_to_be_one_have_one_alert(plant: Plant) -> None:
    first = told(plant, 0, Told(0, 0, (Fact(0, 1, 410),)))
    second = told(plant, 1, Told(24, 3, (Fact(4, 1, 400),)))
    plant.turn("decide")
    assert first != second and plant.rows("SELECT count(*) FROM alert") == [(2,)]
    assert told(plant, 2, Told(48, 1, (Fact(0, 1, 410), Fact(4, 1, 400)))) == first
    plant.turn("decide")
    assert leads_to(plant, second) == first
    assert plant.rows("SELECT incident_id FROM alert WHERE state = 'open'") == [(first,)]
    [(why,)] = plant.rows("SELECT why FROM signal WHERE report_id = 2")
    assert "part of this since “Flash update”, which fits both" in why


def test_whoever_decides_on_an_incident_that_is_no_more_loses_the_claim(plant: Plant) -> None:
    first = told(plant, 0, strike(5))
    installation = plant.installation
    rows = queue.claim(installation.database, queue.INCIDENTS, installation.now(), 5, timedelta(minutes=1))
    assert [row.id for row in rows] == [first]
    told(plant, 1, strike(1))
    with pytest.raises(ClaimLost):
        decide.work(installation, rows)
    plant.turn("decide")
    check_alerts(plant)
    assert plant.rows("SELECT count(*) FROM alert") == [(1,)]
