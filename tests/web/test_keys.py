"""API keys: who holds which, when and from where each was last used, and what too many bad ones come to."""

from datetime import timedelta

import httpx
import pytest

from service.clock import machine_time
from service.desk import keys
from service.errors import Refused, TooMany
from service.store import refused
from service.store.database import Database
from tests.factories import NOON
from tests.web.conftest import Site
from tests.web.test_api import problem

DAY = timedelta(days=1)


def guess(database: Database, address: str, times: int = 1) -> list[int]:
    """The statuses that bad keys from an address are answered with."""
    found = []
    for _ in range(times):
        with pytest.raises(Refused) as error:
            keys.caller(database, "tocsin_guess", NOON, address)
        found.append(error.value.status)
    return found


def test_admins_see_every_key_with_its_last_use(site: Site) -> None:
    with site.api("viewer", "Vera") as viewer, site.api("admin", "Ada") as admin:
        assert problem(viewer.get("/api/v1/keys"))[0] == 403
        found = admin.get("/api/v1/keys").json()["keys"]
    assert [(key["name"], key["role"], key["last_used_from"]) for key in found] == [
        ("Vera", "viewer", "127.0.0.1"),
        ("Ada", "admin", "127.0.0.1"),
    ]
    assert all(key["last_used_at"].startswith("2024-11-28") for key in found)
    assert "digest" not in found[0]


def test_too_many_bad_keys_must_wait_and_a_good_one_need_not(site: Site) -> None:
    with httpx.Client(
        base_url=site.address, trust_env=False, headers={"Authorization": "Bearer tocsin_no"}
    ) as stranger:
        statuses = [stranger.get("/api/v1/alerts").status_code for _ in range(keys.MOST_REFUSED)]
        late = stranger.get("/api/v1/alerts")
    assert set(statuses) == {401}
    assert problem(late)[0] == 429 and 1 <= int(late.headers["retry-after"]) <= 60
    with site.api() as officer:
        assert officer.get("/api/v1/alerts").status_code == 200


def test_the_console_counts_them_as_well(public_site: Site) -> None:
    with public_site.browser() as browser:
        statuses = [browser.get("/", auth=("x", "tocsin_no")).status_code for _ in range(keys.MOST_REFUSED + 1)]
    assert (statuses[0], statuses[-1]) == (401, 429)


def test_each_address_is_counted_by_itself_and_by_every_process(database: Database, database_url: str) -> None:
    other = Database(database_url)
    assert guess(database, "192.0.2.1", 10) + guess(other, "192.0.2.1", 11) == [401] * 20 + [429]
    assert guess(other, "192.0.2.2") == [401]
    other.close()


def test_after_a_minute_it_may_try_again(database: Database) -> None:
    guess(database, "192.0.2.1", 21)
    with database.writing() as db:
        db.execute(refused.TABLE.update().values(since=machine_time() - refused.WINDOW))
    assert guess(database, "192.0.2.1") == [401]
    with database.reading() as db:
        assert refused.count(db, "192.0.2.1", machine_time())[0] == 1


def test_what_is_over_is_forgotten_and_past_the_most_they_are_counted_together(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refused, "MOST_ADDRESSES", 3)
    for number in range(30):
        guess(database, f"192.0.2.{number}")
    with database.reading() as db:
        rows = {row.address: row.times for row in db.execute(refused.TABLE.select())}
    assert len(rows) == 4 and rows[refused.OTHERS] == 20, "27 came, and from the 21st on nothing was written"
    assert guess(database, "198.51.100.7") == [429]
    with database.writing() as db:
        db.execute(refused.TABLE.update().values(since=machine_time() - refused.WINDOW))
    guess(database, "192.0.2.1")
    with database.reading() as db:
        assert len(db.execute(refused.TABLE.select()).fetchall()) == 1


def test_past_the_limit_nothing_is_written(database: Database) -> None:
    guess(database, "192.0.2.1", 25)
    with database.reading() as db:
        assert refused.count(db, "192.0.2.1", machine_time())[0] == keys.MOST_REFUSED


def test_a_good_key_from_the_very_address_opens(database: Database) -> None:
    key = keys.create(database, "Amira", "officer", NOON, NOON + DAY)
    assert guess(database, "192.0.2.1", 21)[-1] == 429
    assert keys.caller(database, key, NOON, "192.0.2.1").name == "Amira"
    with pytest.raises(TooMany, match="wait, and check yours"):
        keys.caller(database, key, NOON + 2 * DAY, "192.0.2.1")


@pytest.mark.parametrize("key", ["", "x" * 100_000, "tocsin_\x00", "\u0416"])
def test_what_is_no_key_opens_nothing(database: Database, key: str) -> None:
    with pytest.raises(Refused) as error:
        keys.caller(database, key, NOON, "192.0.2.1")
    assert error.value.status == 401
