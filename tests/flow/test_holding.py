"""Quiet hours, digests and the cap: what waits is told together, each message once, and nothing is lost."""

import re
from collections import Counter

from service.values import Level
from tests.flow.conftest import Plant
from tests.flow.deciding import change_rules, decide, states

CONTACTS = "crisis-room: {contacts: [{channel: chat}]"
# It is 21:31 in Damascus; the night begins.
QUIET = f"{CONTACTS}, zone: Asia/Damascus, quiet: {{from: '20:00', to: '07:00'}}"
DIGEST = f"{CONTACTS}, digest: 30m"


def told(plant: Plant) -> Counter[int]:
    """How often each alert was told of."""
    return Counter(int(number) for text in plant.chat.texts for number in re.findall(r"/alerts/(\d+)", text))


def test_in_quiet_hours_moderate_waits_and_severe_does_not(plant: Plant) -> None:
    change_rules(plant, CONTACTS, QUIET)
    quiet = [decide(plant, Level.MODERATE) for _ in range(3)]
    severe, rise = decide(plant, Level.SEVERE), decide(plant, Level.MODERATE, "rise")
    plant.turn("deliver")
    assert told(plant) == Counter([severe, rise])
    plant.pass_time(hours=9)
    plant.turn("deliver")
    assert told(plant) == Counter([severe, rise])
    plant.pass_time(minutes=30)
    plant.turn("deliver")
    assert told(plant) == Counter([severe, rise, *quiet])
    assert len(plant.chat.texts) == 3 and "quiet hours" in plant.chat.texts[-1]
    assert states(plant) == ["sent"] * 5


def test_a_digest_gathers_for_its_time(plant: Plant) -> None:
    change_rules(plant, CONTACTS, DIGEST)
    first = decide(plant, Level.MODERATE)
    plant.turn("deliver")
    plant.pass_time(minutes=20)
    second = decide(plant, Level.MINOR)
    plant.turn("deliver")
    assert plant.chat.texts == []
    plant.pass_time(minutes=11)
    plant.turn("deliver")
    assert len(plant.chat.texts) == 1 and told(plant) == Counter([first, second])


def test_a_message_that_waited_alone_is_told_as_itself(plant: Plant) -> None:
    change_rules(plant, CONTACTS, DIGEST)
    decide(plant, Level.MODERATE)
    plant.turn("deliver")
    plant.pass_time(minutes=31)
    plant.turn("deliver")
    assert "I am checking" in plant.chat.texts[0]


def test_beyond_the_cap_the_rest_comes_together_and_the_operators_are_told_once(plant: Plant) -> None:
    alerts = [decide(plant, Level.MODERATE) for _ in range(75)]
    plant.turn("deliver")
    key = "SELECT count(*) FROM alert WHERE open_key = 'problem:cap:chat:crisis-room'"
    assert plant.rows(key) == [(1,)]
    # The operators' room is the same; what is about Tocsin itself does not wait.
    assert 20 <= len(plant.chat.texts) <= 21
    plant.pass_time(minutes=60)
    plant.turn("deliver")
    got = told(plant)
    assert all(got[alert] == 1 for alert in alerts)
    assert len(plant.chat.texts) == 21 + 3  # 20, 20 and 15 together
    assert plant.rows(key) == [(0,)]
    assert set(states(plant)) == {"sent"}


def test_a_fold_that_fails_is_the_same_when_tried_again(plant: Plant) -> None:
    change_rules(plant, CONTACTS, DIGEST)
    alerts = [decide(plant, Level.MODERATE) for _ in range(2)]
    plant.turn("deliver")
    plant.pass_time(minutes=31)
    plant.chat.status = 503
    plant.turn("deliver")
    late = decide(plant, Level.MODERATE)  # opens a fold of its own
    plant.turn("deliver")
    plant.chat.status = 200
    plant.pass_time(seconds=3)
    plant.turn("deliver")
    assert told(plant) == Counter(alerts)
    plant.pass_time(hours=1)
    plant.turn("deliver")
    assert told(plant) == Counter([*alerts, late])


def test_where_the_one_that_carries_them_is_gone_the_others_go_alone(plant: Plant) -> None:
    change_rules(plant, CONTACTS, DIGEST)
    lost, *others = [decide(plant, Level.MODERATE) for _ in range(3)]
    plant.turn("deliver")
    with plant.installation.database.writing() as db:
        db.exec_driver_sql(f"UPDATE outbox SET due_at = NULL, state = 'failed' WHERE alert_id = {lost}")
    plant.pass_time(minutes=95)
    plant.turn("deliver")
    assert told(plant) == Counter(others)


def test_a_fold_refused_for_good_is_given_up_whole(plant: Plant) -> None:
    change_rules(plant, CONTACTS, DIGEST)
    alerts = [decide(plant, Level.MODERATE) for _ in range(2)]
    plant.turn("deliver")
    plant.pass_time(minutes=31)
    plant.chat.status = 403
    plant.turn("deliver")
    assert states(plant, "reason = 'first'") == ["failed", "failed"]
    logged = [number for (number,) in plant.rows("SELECT alert_id FROM alert_log WHERE act = 'not reached' ORDER BY 1")]
    assert set(alerts) <= set(logged)
