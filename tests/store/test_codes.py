"""Codes: one a recipient and alert, of clear characters, unique, given back; guesses and turns are counted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from service.store import codes, heard
from service.store.database import Database
from tests.factories import NOON

HOUR = timedelta(hours=1)


def test_a_code_is_easy_to_read_aloud_and_no_word() -> None:
    for code in (codes.draw() for _ in range(500)):
        assert len(code) == 4 and not set(code) & set("0O1IL")
        assert any(map(str.isdigit, code)) and any(map(str.isalpha, code))


def test_each_recipient_has_one_that_stays(database: Database) -> None:
    with database.writing() as db:
        codes.give(db, 7, ["Amira", "Bilal"], NOON)
        first = codes.of(db, 7, "Amira")
        codes.give(db, 7, ["Amira", "Chloé"], NOON + HOUR)
        assert first is not None and codes.of(db, 7, "Amira") == first
        assert len({first, codes.of(db, 7, "Bilal"), codes.of(db, 7, "Chloé")}) == 3
        assert codes.of(db, 8, "Amira") is None
        found = codes.find(db, first, NOON + HOUR)
        assert found is not None and tuple(found) == (7, "Amira")


def test_one_that_is_taken_is_drawn_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: Iterator[str] = iter(["A7K2", "A7K2", "A7K2", "B8M3"])
    monkeypatch.setattr(codes, "draw", lambda: next(drawn))
    with database.writing() as db:
        codes.give(db, 7, ["Amira"], NOON)
        codes.give(db, 8, ["Amira"], NOON)
        assert (codes.of(db, 7, "Amira"), codes.of(db, 8, "Amira")) == ("A7K2", "B8M3")


def test_with_none_left_it_is_said(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "draw", lambda: "A7K2")
    with pytest.raises(RuntimeError, match="no code is free"), database.writing() as db:
        codes.give(db, 7, ["Amira", "Bilal"], NOON)


def test_after_weeks_it_leads_nowhere_and_is_free_again(database: Database) -> None:
    with database.writing() as db:
        codes.give(db, 7, ["Amira"], NOON)
        code = codes.of(db, 7, "Amira")
        assert code is not None
        assert codes.find(db, code, NOON + codes.LIVES) is None
        codes.forget(db, NOON + codes.LIVES)
        assert codes.of(db, 7, "Amira") is None


def test_wrong_guesses_are_counted_by_sender_and_hour(database: Database) -> None:
    with database.writing() as db:
        for minutes in (0, 30, 90):
            codes.note_wrong(db, "+447700900123", NOON + timedelta(minutes=minutes))
        codes.note_wrong(db, "+447700900124", NOON)
        assert codes.wrong(db, "+447700900123", NOON + timedelta(minutes=15)) == 2
        assert codes.wrong(db, "+447700900125", NOON - HOUR) == 0
        codes.forget(db, NOON + timedelta(days=2))
        assert codes.wrong(db, "+447700900123", NOON - HOUR) == 0


def test_what_was_said_back_is_remembered_for_weeks(database: Database) -> None:
    with database.writing() as db:
        assert heard.said(db, "d") is None
        heard.remember(db, "d", "You have it.", NOON)
        heard.remember(db, "d", "Something else.", NOON)
        assert heard.said(db, "d") == "You have it."
        heard.forget(db, NOON + heard.LIVES)
        assert heard.said(db, "d") is None


def test_a_turn_is_one_process_s_until_it_ends_or_its_time_is_over(database: Database) -> None:
    def take(length: timedelta) -> bool:
        with database.writing() as db:
            return heard.take_turn(db, "listen", length)

    assert take(HOUR) and not take(HOUR)
    with database.writing() as db:
        assert heard.take_turn(db, "another", HOUR)
        heard.end_turn(db, "listen")
    assert take(timedelta(seconds=-1)) and take(HOUR) and not take(HOUR)
