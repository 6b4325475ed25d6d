"""Judging: whether it happened, when, to whom, how sure it is; and why a candidate is left out."""

from datetime import date

import pytest

from tests.signals.english import read

DAY = date(2024, 11, 28)


@pytest.mark.parametrize(
    ("text", "assertion"),
    [
        ("12 people were killed in the flood.", "reported"),
        ("12 people were not hurt.", "negated"),
        ("Nobody was killed in the flood.", "negated"),
        ("No people were killed in the flood.", "negated"),
        ("The army denied that 12 people had been killed.", "negated"),
        ("The report that 12 people were killed is unfounded.", "negated"),
        ("Up to 40,000 people may be displaced.", "forecast"),
        ("40,000 people are feared displaced.", "forecast"),
        ("A plan to treat the 12 people injured in the quake", "reported"),
        ("No hospital is functioning in the north.", "reported"),
    ],
)
def test_assertion(text: str, assertion: str) -> None:
    assert [one.assertion for one in read(text).signals] == [assertion]


def test_none_of_them() -> None:
    assert [one.assertion for one in read("None of the 12 people were killed in the flood.").signals] == ["negated"]


def test_no_deaths() -> None:
    assert not any(one.alertable for one in read("0 deaths were reported after the quake.").signals)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("12 people were killed on Monday.", "new"),
        ("So far 12 people have been killed.", "total"),
        ("The death toll rose to 45 from 31.", "total"),
        ("23,400 IDPs live here.", "total"),
        ("12 people were killed last year.", "historic"),
        ("Floods killed 80 people in August 2023.", "historic"),
        ("Floods killed 80 people in August 2024.", "new"),
        ("Since the war began a year ago, 80 people have been killed.", "total"),
        ("Floods killed 80 people on 28 September 2024, 2019 being worse.", "new"),
    ],
)
def test_scope(text: str, scope: str) -> None:
    assert [one.scope for one in read(text, published=DAY).signals] == [scope]


def test_years_count_against_the_publication_date_or_the_latest_year() -> None:
    text = "Floods killed 80 people in the valley in August 2023."
    assert read(text, published=date(2023, 9, 2)).signals[0].scope == "new"
    assert read(text, published=DAY).signals[0].scope == "historic"
    assert read(text).signals[0].scope == "new"
    assert read(f"{text} It is 2024.").signals[0].scope == "historic"


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Ten soldiers were killed.", "combatant"),
        ("Ten farmers were killed.", "civilian"),
        ("Ten were killed.", "civilian"),
        ("Ten families were displaced.", None),
    ],
)
def test_victims(text: str, victims: str | None) -> None:
    assert [one.victims for one in read(text).signals] == [victims]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("12 people died.", "Likely"),
        ("12 people reportedly died.", "Possible"),
        ("12 people may have died.", "Possible"),
        ("12 people were not hurt.", "Unlikely"),
    ],
)
def test_certainty(text: str, certainty: str) -> None:
    assert [one.certainty for one in read(text).signals] == [certainty]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Soldiers fled the flood.", "fighters who move are not displaced people"),
        ("A man fled his home in the flood.", "one person who moves is no displacement"),
        ("The school was closed.", "no figure, and nothing tells of a disaster or conflict"),
        ("12 athletes were injured in the football match.", "about something else: sport"),
        ("The flood damaged 500 homes.", "damaged but not destroyed"),
        ("12 people sang while others were killed in the flood.", "no deed we follow is told of it"),
        ("12 grocers sang while people died in the flood.", "counts something we do not follow"),
        ("12 people, including 4 children, were killed.", "part of a larger figure"),
        ("The city, home to 15 million people, was bombed and 3 people died.", "population figure"),
    ],
)
def test_what_is_left_out_says_why(text: str, reason: str) -> None:
    assert reason in [one.reason for one in read(text).dropped]


def test_a_cause_near_by_is_enough_for_what_has_no_figure() -> None:
    assert read("The school was closed.").signals == ()
    assert [one.type for one in read("The flood came. The school was closed.").signals] == ["education"]


def test_a_lifeline_needs_no_cause() -> None:
    assert [one.type for one in read("The hospital was closed.").signals] == ["health"]
