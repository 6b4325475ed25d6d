"""All that was said of a happening becomes one incident: a pure function of the set of its figures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from service.incidents.accounts import in_order
from service.incidents.area import admin1_names, area_name
from service.incidents.figures import facets, own_place
from service.values import Figure, Incident


def assemble(figures: Sequence[Figure]) -> Incident:
    """The incident that figures make, of which at least one may ring; their order does not matter."""
    said = one_origin_a_text(sorted(figures, key=in_order))
    ringing = [figure for figure in said if figure.signal.alertable]
    iso3 = next((figure.signal.country for figure in ringing if figure.signal.country), None)
    days = [happened(figure) for figure in ringing]
    return Incident(
        id=min(figure.id for figure in said),
        country=iso3,
        area=area_name(ringing, iso3),
        started=min(days),
        ended=max(days),
        facets=facets(ringing),
        reports=tuple(dict.fromkeys(figure.report_id for figure in said)),
        admin1=admin1_names(ringing, iso3),
        place=next((figure.signal.place for figure in ringing if own_place(figure)), None),
        outlets=tuple(dict.fromkeys(figure.publisher for figure in said if figure.publisher)),
        origins=tuple(dict.fromkeys(figure.origin for figure in ringing)),
        left_out=tuple(_left_out(said)),
        first_said=said[0].said_at.date(),
        last_said=said[-1].said_at.date(),
    )


def one_origin_a_text(said: Sequence[Figure]) -> list[Figure]:
    """Figures whose text names no source, with the origin that printed the same first: a copy is no witness.

    The same is an equal text, an equal sentence, or the very same number: two outlets that count for
    themselves rarely agree to the last digit, two that print one unnamed official's count do.
    """
    first: dict[object, str] = {}
    found = []
    for figure in said:
        origin = next((first[mark] for mark in _marks(figure) if mark in first), figure.origin)
        first |= {mark: origin for mark in _marks(figure) if mark not in first}
        found.append(replace(figure, origin=origin))
    return found


def _marks(figure: Figure) -> list[object]:
    """What makes a figure without a named source the same as another."""
    signal = figure.signal
    if signal.attributed_to:
        return []
    text = [mark for mark in (figure.fingerprint, figure.sentence) if mark]
    number = [(signal.kind, signal.type, signal.low, signal.high, signal.unit)] if signal.low is not None else []
    return [*text, *number]


def happened(figure: Figure) -> date:
    """The day the text gives, else the day it was said."""
    return figure.signal.event_date or figure.said_at.date()


def _left_out(said: Sequence[Figure]) -> list[Figure]:
    """What does not count, each wording once."""
    quiet = {figure.signal.evidence.text: figure for figure in said if not figure.signal.alertable}
    return list(quiet.values())
