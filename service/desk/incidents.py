"""What officers do to incidents: merge two, split one, move a figure, say what they found out.

An act only pins figures; the assign stage then gathers them anew, and keeps to the pins whatever arrives.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.alerts.acts import Officer, correct
from service.desk.alerts import Desk
from service.errors import Refused
from service.incidents.pins import rulings
from service.rules.model import Rules
from service.store import alerts, incidents, signals, verdicts
from service.store.database import Connection, Database
from service.store.outcomes import keep
from service.values import Act, Figure, Kind, Pin, Verdict, VerdictState
from service.watching import watch


@dataclass(frozen=True, slots=True)
class Whole:
    """An incident with its figures by number, in the order they were said."""

    id: int
    country: str
    figures: Mapping[int, Figure]


@dataclass(frozen=True, slots=True)
class Facing:
    """What a verdict is about: the facet of a kind and type, or, with neither, the whole incident."""

    kind: Kind | None = None
    type: str | None = None


# --- what is done -----------------------------------------------------------


def merge(database: Database, incident_id: int, into: int, officer: Officer) -> int:
    """Make one incident part of another, whose number stays; returns that.

    Raises Refused: 404 where there is no such incident, 409 where they are one or of two countries.
    """
    with database.writing() as db:
        one, other = held(db, incident_id, into)
        change(db, other.country, merging(one, other, officer), officer)
        note(db, other.id, "merged", officer, f"incident {one.id} became part of it")
    return other.id


def split(database: Database, incident_id: int, figures: Iterable[int], officer: Officer) -> int:
    """Put figures of an incident apart, as an incident of their own; returns the number of the one they leave.

    Raises Refused: 404 where there is no such incident or figure in it, 409 where they cannot be apart.
    """
    parted = frozenset(figures)
    with database.writing() as db:
        [whole] = held(db, incident_id)
        change(db, whole.country, splitting(whole, parted, officer), officer)
        note(db, whole.id, "split", officer, f"put apart: {numbers(parted)}")
    return whole.id


def move(database: Database, incident_id: int, figure_id: int, officer: Officer) -> int:
    """Put one figure into an incident, whose number stays; returns that.

    Raises Refused: 404 without such an incident, or such a figure of its country, 409 where it is there already.
    """
    with database.writing() as db:
        [whole] = held(db, incident_id)
        placed = signals.get(db, whole.country, [figure_id]).get(figure_id)
        if placed is None:
            raise Refused(f"There is no figure {figure_id} of the country of incident {whole.id}.", status=404)
        change(db, whole.country, moving(placed.figure, whole, officer), officer)
        note(db, whole.id, "figure put here", officer, f"figure {figure_id}")
        if placed.incident_id:
            gone = f"figure {figure_id}, to incident {whole.id}"
            note(db, placed.incident_id, "figure taken away", officer, gone)
    return whole.id


def verify(desk: Desk, incident_id: int, state: VerdictState, officer: Officer, about: Facing = Facing()) -> Verdict:
    """Note that an officer verified or refuted an incident or a facet of it; why is how they know.

    Raises Refused: 404 where there is no such incident or facet.
    """
    verdict = Verdict(state, officer.why, officer.name, officer.at, about.kind, about.type)
    rules = desk.rules
    with desk.database.writing() as db:
        incident = incidents.find(db, incident_id)
        if incident is None:
            raise missing(incident_id)
        facets = {(facet.kind, facet.type) for facet in incident.facets}
        if about != Facing() and (about.kind, about.type) not in facets:
            raise Refused(f"Incident {incident.id} says nothing of {about.kind}, {about.type}.", status=404)
        before = {(one.kind, one.type): one.state for one in verdicts.current(db, incident.id)}
        verdicts.add(db, incident.id, verdict)
        what = f"{about.kind}, {about.type}" if about.kind else "the whole incident"
        note(db, incident.id, state, officer, what)
        if state == "refuted" and before.get((about.kind, about.type)) != state:
            tell_untrue(db, rules, incident.id, officer, about)
    return verdict


def tell_untrue(db: Connection, rules: Rules, incident_id: int, officer: Officer, about: Facing) -> None:
    """Whoever was told of it is told that it is not so."""
    alert = alerts.open_by(db, alerts.incident_key(incident_id), for_update=True)
    if alert is None:
        return
    what = f"the figure for {about.type}" if about.type else "it"
    words = f"{officer.name} says {what} is untrue: {officer.why}"
    outcome = correct(alert, officer, words, watch(db, rules, officer.at))
    keep(db, outcome, officer.at)


# --- what it comes to (pure) ------------------------------------------------


def merging(one: Whole, other: Whole, officer: Officer) -> list[Pin]:
    """Every figure of the two, with the one that the other incident is numbered by."""
    if one.id == other.id:
        raise Refused(f"Incident {one.id} cannot be merged into itself.")
    return together([*other.figures.values(), *one.figures.values()], other.id, officer)


def splitting(whole: Whole, parted: frozenset[int], officer: Officer) -> list[Pin]:
    """What stays is kept together, as is what goes, and the two apart."""
    if strange := parted - whole.figures.keys():
        raise Refused(f"Not in incident {whole.id}: {numbers(strange)}.", status=404)
    goes = [figure for id, figure in whole.figures.items() if id in parted]
    stays = [figure for id, figure in whole.figures.items() if id not in parted]
    lead = next((figure.id for figure in goes if figure.signal.alertable), None)
    if not stays:
        raise Refused(f"These are all figures of incident {whole.id}: nothing would be left of it.")
    if lead is None:
        raise Refused("No figure among these may ring, so they are no incident of their own.")
    if whole.id in parted:
        raise Refused(f"Figure {whole.id} gives incident {whole.id} its number: put the others apart instead.")
    apart = Pin(lead, "apart", whole.id, officer.name, officer.at)
    return [*together(stays, whole.id, officer), apart, *together(goes, lead, officer)]


def moving(figure: Figure, whole: Whole, officer: Officer) -> list[Pin]:
    """The figure, with the one that the incident is numbered by."""
    if figure.id in whole.figures:
        raise Refused(f"Figure {figure.id} is in incident {whole.id} already.")
    return together([figure], whole.id, officer)


def together(figures: Iterable[Figure], lead: int, officer: Officer) -> list[Pin]:
    """Each figure with the one that leads; first those that may ring, one of which leads if that is ever moved."""
    ordered = sorted(figures, key=lambda figure: not figure.signal.alertable)
    return [Pin(figure.id, "with", lead, officer.name, officer.at) for figure in ordered if figure.id != lead]


# --- loading and storing ----------------------------------------------------


def held(db: Connection, *ids: int) -> list[Whole]:
    """Incidents of one country, by any number they had, which nobody else can change until the transaction ends."""
    countries = {country_of(db, id) for id in ids}
    if len(countries) > 1:
        raise Refused(f"These incidents are of different countries ({', '.join(sorted(countries))}).")
    [country] = countries
    incidents.hold(db, country)
    if signals.waits_anew(db, country):
        raise Refused("What officers did a moment ago is still being gathered: look again, and repeat it then.")
    return [whole(db, id, country) for id in ids]


def country_of(db: Connection, incident_id: int) -> str:
    found = incidents.leads_to(db, incident_id)
    country = incidents.country_of(db, found) if found is not None else None
    if country is None:
        raise missing(incident_id)
    return country


def whole(db: Connection, incident_id: int, country: str) -> Whole:
    found = incidents.leads_to(db, incident_id)
    if found is None:
        raise missing(incident_id)
    return Whole(found, country, {id: placed.figure for id, placed in signals.in_incident(db, found).items()})


def change(db: Connection, country: str, new: list[Pin], officer: Officer) -> None:
    """Keep pins, and let the figures they concern be gathered anew, with all that was said after them."""
    known = incidents.pins(db, country)
    concerned = rulings([*known, *new]).concerned(before=rulings(known))
    incidents.add_pins(db, country, new)
    moments = [said_at for said_at, _ in signals.whereabouts(db, concerned).values()]
    if moments:
        signals.gather_anew(db, country, min(moments), officer.at)


def note(db: Connection, incident_id: int, act: str, officer: Officer, detail: str) -> None:
    incidents.log(db, incident_id, Act(act, officer.name, officer.at, officer.source, officer.why, detail))


def missing(incident_id: int) -> Refused:
    return Refused(f"There is no incident {incident_id}.", status=404)


def numbers(figures: Iterable[int]) -> str:
    """Figures by number, as words."""
    ids = sorted(figures)
    return f"{'figure' if len(ids) == 1 else 'figures'} {', '.join(map(str, ids))}"
