"""What is said of an incident, and its level, hang on the set of figures: not on their numbers, not on their order."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.incidents.assemble import assemble
from service.incidents.level import assess
from service.values import Figure
from tests.factories import a_figure, a_signal, some_rules

SAID = st.tuples(
    st.sampled_from([3, 40, 120]),
    st.sampled_from(["X", "Y", "Z"]),
    st.sampled_from([0.0, 60.0]),
    st.sampled_from("BE"),
    st.sampled_from([None, "Aleppo", "Idlib"]),
    st.sampled_from(["new", "total"]),
)


def told(number: int, said: tuple[int, str, float, str, str | None, str]) -> Figure:
    low, origin, minutes, grade, place, scope = said
    signal = a_signal(low=low, scope=scope, place=place, place_id=place, place_from="sentence" if place else None)
    return a_figure(signal, origin=origin, grade=grade, minutes=minutes, fingerprint=f"text {number}", publisher=origin)


def without_numbers(figures: list[Figure]) -> object:
    incident = assemble(figures)
    found = assess(incident, some_rules())
    facets = [
        (facet.recommended.fingerprint, facet.state, facet.information, [f.fingerprint for f in facet.voices])
        for facet in incident.facets
    ]
    return found.level, found.corroborated, facets, incident.origins


@given(st.lists(SAID, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_numbers_and_order_do_not_matter(said: list[tuple[int, str, float, str, str | None, str]], rng) -> None:  # type: ignore[no-untyped-def]
    figures = [told(number, one) for number, one in enumerate(said)]
    numbers = [figure.id for figure in figures]
    rng.shuffle(numbers)
    again = [replace(figure, id=id, report_id=id) for figure, id in zip(figures, numbers, strict=True)]
    rng.shuffle(again)
    assert without_numbers(again) == without_numbers(figures)
