"""The page for Prometheus: its form, what it counts, and who may see it."""

import re
from datetime import timedelta

import httpx

from service.health.exposition import Metric, exposition
from service.store import feeds, vitals
from service.values import Journey, Pulse, Reload
from tests.factories import NOON
from tests.web.conftest import Site

# A sample as the text format has it (labels' values hold no bare quote, backslash or new line).
SAMPLE = re.compile(r'^[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\[\\"n])*"(,[a-z]+="(?:[^"\\\n]|\\[\\"n])*")*\})? -?[0-9.e+]+$')


def scraped(site: Site) -> dict[str, float]:
    with site.browser() as browser:
        found = browser.get("/metrics")
    assert (found.status_code, found.headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    samples = [line for line in found.text.splitlines() if not line.startswith("#")]
    assert all(SAMPLE.match(line) for line in samples)
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in samples)}


def test_it_tells_what_is_stored(site: Site) -> None:
    site.alert()
    hostile = 'a "feed"\\'
    with site.database.writing() as db:
        feeds.follow(db, {hostile: "http://one.example"}, NOON)
        pulse = feeds.TABLE.update().values(pulse=Pulse(NOON), arrived_at=NOON, due_at=NOON + timedelta(days=1))
        db.execute(pulse)
        db.exec_driver_sql("INSERT INTO daily_count VALUES (1, '2024-11-28', 'read', 7), (1, '2024-11-27', 'read', 9)")
        db.exec_driver_sql("INSERT INTO daily_language VALUES ('2024-11-28', 'fr', 3), ('2024-11-28', '', 1)")
        vitals.put(db, Reload(NOON, good=False))
        vitals.put(db, Journey(3, None, NOON, None, NOON, 2.5))
    found = scraped(site)
    label = r'feed="a \"feed\"\\"'
    assert found[f'tocsin_reports_today_total{{{label},outcome="read"}}'] == 7
    assert found[f"tocsin_feed_last_new_item_timestamp_seconds{{{label}}}"] == NOON.timestamp()
    assert found['tocsin_reports_not_read_today_total{language="fr"}'] == 3
    assert found['tocsin_reports_not_read_today_total{language="unknown"}'] == 1
    assert found['tocsin_alerts{state="open",level="Severe"}'] == 1
    assert found['tocsin_messages{channel="mail",state="pending"}'] == 1
    assert found["tocsin_rules_last_reload_good"] == 0 and found['tocsin_rules_info{hash="test"}'] == 1
    assert found["tocsin_synthetic_journey_seconds"] == 2.5
    assert {name for name in found if name.startswith("tocsin_queue_lag")} >= {'tocsin_queue_lag_seconds{queue="cell"}'}
    assert any(name.startswith("tocsin_build_info{version=") and "en-" in name for name in found)


def test_problems_are_the_ready_page_s(site: Site) -> None:
    site.alert()
    with site.database.writing() as db:
        db.exec_driver_sql("UPDATE outbox SET due_at = '2001-01-01 00:00:00'")
    with site.browser() as browser:
        ready = browser.get("/health/ready")
    assert (ready.status_code, ready.json()["problems"]) == (503, ["stage:outbox"])
    assert scraped(site)['tocsin_problem{problem="stage:outbox"}'] == 1


def test_from_elsewhere_a_key_is_asked_for(public_site: Site) -> None:
    url = f"{public_site.address}/metrics"
    assert httpx.get(url, trust_env=False).status_code == 401
    key = public_site.key("viewer")
    assert httpx.get(url, auth=("prometheus", key), trust_env=False).status_code == 200


def test_foreign_names_cannot_break_the_form() -> None:
    page = exposition([Metric("m", "gauge", "Two\nlines \\", (({"feed": 'a"b\\c\nd'}, 1.0),))])
    assert page == '# HELP m Two\\nlines \\\\\n# TYPE m gauge\nm{feed="a\\"b\\\\c\\nd"} 1.0\n'
