"""`tocsin incidents`: reports in, incidents out, whatever their order, and bad lines named."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
STRUCK = "At least 12 people were killed when an earthquake struck Herat in Afghanistan on Monday."
TOLL = "The earthquake in Herat, Afghanistan, killed 31 people and destroyed 400 houses, the governor said."
HOMELESS = "In Herat province, Afghanistan, 2,000 families are homeless after Monday's earthquake."
RAID = "Gunmen killed nine villagers in a raid near Sokoto in Nigeria on Sunday."
QUAKE = [
    ("a", "2024-05-06T08:00:00Z", "Agency", STRUCK),
    ("b", "2024-05-06T12:00:00Z", "Daily", TOLL),
    ("c", "2024-05-07T09:00:00Z", "Red Cross", HOMELESS),
    ("d", "2024-05-06T10:00:00Z", "Agency", RAID),
]


def lines(rows: list[tuple[str, str, str, str]]) -> bytes:
    keys = ("id", "published", "publisher", "text")
    return "".join(json.dumps(dict(zip(keys, row, strict=True))) + "\n" for row in rows).encode()


def run(text: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "service", "incidents", *arguments]
    return subprocess.run(command, input=text, capture_output=True, cwd=ROOT, timeout=60, check=False)


def found(rows: list[tuple[str, str, str, str]], *arguments: str) -> list[dict[str, Any]]:
    done = run(lines(rows), *arguments)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_happening_is_one_incident_with_its_facets() -> None:
    quake, raid = sorted(found(QUAKE), key=lambda one: -len(one["reports"]))
    assert (quake["country"], sorted(quake["reports"]), quake["level"]) == ("AFG", ["a", "b", "c"], "Severe")
    assert (raid["country"], raid["reports"]) == ("NGA", ["d"])
    facets = {facet["type"]: facet for facet in quake["facets"]}
    assert (facets["killed"]["low"], facets["killed"]["unit"]) == (31, "people")
    assert (facets["displaced"]["low"], facets["displaced"]["unit"]) == (2000, "households")
    assert any("killed" in words and "31" in words for words in quake["why"])


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_lines_does_not_matter(seed: int) -> None:
    shuffled = random.Random(seed).sample(QUAKE, len(QUAKE))

    def told(rows: list[tuple[str, str, str, str]]) -> list[Any]:
        return sorted((sorted(one["reports"]), one["level"], one["facets"]) for one in found(rows))

    assert told(shuffled) == told(QUAKE)


def test_as_of_leaves_out_what_came_later() -> None:
    incidents = found(QUAKE, "--as-of", "2024-05-06T09:00:00Z")
    assert [one["reports"] for one in incidents] == [["a"]]


@pytest.mark.parametrize(
    "line, problem",
    [
        (b'{"id": 1, "text": "x"}', b'"published" is missing'),
        (b'{"id": 1, "text": "x", "published": "soon"}', b"no ISO 8601 date"),
        (b'{"id": 1, "text": "x", "published": "2024-01-01", "publisher": 7}', b'"publisher" is no string'),
        (b"{", b"not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(line: bytes, problem: bytes) -> None:
    done = run(line + b"\n" + lines(QUAKE))
    assert done.returncode == 1
    assert b"line 1: " in done.stderr and problem in done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_rules_that_are_wrong_or_absent_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("feeds: {}\n")
    for name in ("bad.yaml", "none.yaml"):
        done = run(lines(QUAKE), "--rules", str(tmp_path / name))
        assert (done.returncode, done.stdout) == (1, b"")
        assert name.encode() in done.stderr
