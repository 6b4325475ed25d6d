"""The pages: what they show, who may see them, and that a link does nothing by itself."""

import re
from datetime import timedelta

import httpx
import pytest

from service.notifications.links import sign
from service.store import alerts
from tests.factories import NOON
from tests.web.conftest import SECRET, Site


def link(site: Site, number: int, officer: str = "Amira", issued: object = NOON) -> str:
    return f"{site.address}/acknowledge/{sign(SECRET, number, officer, issued)}"  # type: ignore[arg-type]


def state(site: Site, number: int) -> tuple[str, str | None]:
    with site.database.reading() as db:
        alert = alerts.get(db, number)
    assert alert is not None
    return alert.state, alert.owner


def test_the_first_page_lists_alerts_in_words(site: Site) -> None:
    site.alert()
    with site.browser() as browser:
        text = browser.get("/").text
    assert "SEVERE" in text and "Aleppo, Syria" in text and "nobody has answered yet" in text


def test_with_nothing_to_show_it_says_so(site: Site) -> None:
    with site.browser() as browser:
        assert "Nothing has rung yet" in browser.get("/").text


def test_an_alert_has_a_page(site: Site) -> None:
    number = site.alert()
    with site.browser() as browser:
        text = browser.get(f"/alerts/{number}").text
    for words in ("Why it rang", "killed 31 ≥ 30 → Severe", "What happened", "told Amira", "https://news.example/1"):
        assert words in text


def test_what_a_feed_says_is_shown_and_never_run(site: Site) -> None:
    number = site.alert(title="<script>alert(1)</script>")
    with site.browser() as browser:
        found = browser.get(f"/alerts/{number}")
    assert "<script>" not in found.text
    assert "script-src" not in found.headers["content-security-policy"]
    assert found.headers["content-security-policy"].startswith("default-src 'none'")


def test_looking_at_a_link_changes_nothing_however_often(site: Site) -> None:
    number = site.alert()
    with site.browser() as browser:
        for _ in range(3):
            assert "I am checking" in browser.get(link(site, number)).text
    assert state(site, number) == ("open", None)


def test_its_button_acknowledges_as_the_recipient(site: Site) -> None:
    number = site.alert()
    with site.browser() as browser:
        assert "You have it." in browser.post(link(site, number)).text
        assert "You already have it" in browser.post(link(site, number)).text
        assert "Amira was first" in browser.post(link(site, number, "Bilal")).text
    assert state(site, number) == ("acknowledged", "Amira")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_forged_link_is_refused(site: Site, method: str) -> None:
    number = site.alert()
    forged = f"{site.address}/acknowledge/{sign('another secret of theirs', number, 'Mallory', NOON)}"
    with site.browser() as browser:
        assert browser.request(method, forged).status_code == 404
    assert state(site, number) == ("open", None)


HOUR = timedelta(hours=1)


def button(page: str) -> dict[str, str]:
    """What the page's form would send."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page))


def test_an_answer_to_a_page_from_before_a_rise_shows_the_rise_and_does_nothing(site: Site) -> None:
    number = site.alert(killed=31)
    with site.browser() as browser:
        before = button(browser.get(link(site, number)).text)
        site.rise(number, killed=400, later=HOUR)
        again = browser.post(link(site, number), data=before)
        assert (again.status_code, state(site, number)) == (409, ("open", None))
        assert "It has rung again since." in again.text and "400" in again.text
        assert "You have it." in browser.post(link(site, number), data=button(again.text)).text
    assert state(site, number) == ("acknowledged", "Amira")


def test_a_page_of_the_newest_ringing_answers_it_though_its_link_is_older(site: Site) -> None:
    number = site.alert(killed=31)
    site.rise(number, killed=400, later=HOUR)
    with site.browser() as browser:
        page = browser.get(link(site, number)).text
        assert "It has rung again since." not in page
        assert "You have it." in browser.post(link(site, number), data=button(page)).text


def test_a_program_without_a_page_answers_only_what_its_link_was_made_for(site: Site) -> None:
    number = site.alert(killed=31)
    site.rise(number, killed=400, later=HOUR)
    with site.browser() as browser:
        old = browser.post(link(site, number))
        assert (old.status_code, state(site, number)) == (409, ("open", None))
        assert "I am checking" in old.text
        assert browser.post(link(site, number, issued=NOON + HOUR)).status_code == 200
    assert state(site, number) == ("acknowledged", "Amira")


@pytest.mark.parametrize("revision", ["x", "0", "-1", "9" * 24])
def test_a_revision_that_is_none_is_refused(site: Site, revision: str) -> None:
    number = site.alert()
    with site.browser() as browser:
        assert browser.post(link(site, number), data={"revision": revision}).status_code == 422
    assert state(site, number) == ("open", None)


def test_whoever_comes_second_with_an_old_page_is_told_who_was_first(site: Site) -> None:
    number = site.alert(killed=31)
    with site.browser() as browser:
        before = button(browser.get(link(site, number)).text)
        site.rise(number, killed=400, later=HOUR)
        assert "You have it." in browser.post(link(site, number, "Bilal", NOON + HOUR)).text
        late = browser.post(link(site, number), data=before)
    assert (late.status_code, "Bilal was first" in late.text) == (200, True)


def test_an_old_link_is_over(site: Site) -> None:
    number = site.alert()
    with site.browser() as browser:
        found = browser.post(link(site, number, issued=NOON - timedelta(days=8)))
    assert (found.status_code, state(site, number)[0]) == (410, "open")


def test_a_missing_page_is_a_page_for_a_browser(site: Site) -> None:
    with site.browser() as browser:
        found = browser.get("/alerts/999")
    assert (found.status_code, "There is no alert 999." in found.text) == (404, True)
    assert found.headers["content-type"].startswith("text/html")


def test_from_elsewhere_the_console_asks_for_a_key_and_links_do_not(public_site: Site) -> None:
    number = public_site.alert()
    now = public_site.settings.clock.now()
    with public_site.browser() as browser:
        bare = browser.get("/")
        assert bare.status_code == 401 and bare.headers["www-authenticate"].startswith("Basic ")
        assert browser.get("/", auth=("me", "guess")).status_code == 401
        assert browser.get("/", auth=("me", public_site.key("viewer"))).status_code == 200
        assert browser.get(link(public_site, number, issued=now)).status_code == 200


def test_answers_are_not_kept_by_others(site: Site) -> None:
    found = httpx.get(f"{site.address}/", trust_env=False)
    assert (found.headers["cache-control"], found.headers["referrer-policy"]) == ("no-store", "no-referrer")
