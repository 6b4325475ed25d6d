"""What the API says of itself: every operation, its errors, and who may call it; and that it is so."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.settings import Settings
from service.web.app import create
from tests.web.conftest import SECRET, Site

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
ERRORS = {"401", "403", "422", "429"}


def description() -> dict[str, Any]:
    return create(Settings(database_url="sqlite://", secret=SECRET)).openapi()


def operations(prefix: str = "/api/") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation: its method, its path and what is said of it."""
    for path, methods in description()["paths"].items():
        if path.startswith(prefix):
            yield from ((method, path, told) for method, told in methods.items())


OURS = list(operations())
NAMES = [f"{method} {path}" for method, path, _ in OURS]


def test_it_is_of_the_version_it_says() -> None:
    assert description()["openapi"].startswith("3.1")
    assert {"summary", "description"} <= description()["paths"]["/health/live"]["get"].keys()
    assert "503" in description()["paths"]["/health/ready"]["get"]["responses"]


@pytest.mark.parametrize("method, path, told", OURS, ids=NAMES)
def test_every_operation_says_what_it_does_and_how_it_fails(method: str, path: str, told: dict[str, Any]) -> None:
    assert told["summary"] and told["description"] and told["security"] == [{"HTTPBearer": []}]
    answers = told["responses"]
    expected = ERRORS | ({"404"} if "{" in path else set()) | ({"409", "412"} if method == "post" else set())
    assert expected <= answers.keys()
    for status, answer in answers.items():
        assert answer["description"]
        if int(status) >= 400:
            schema = answer["content"]["application/problem+json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"} and list(answer["content"]) == [
                "application/problem+json"
            ]


@pytest.mark.parametrize("method, path, told", OURS, ids=NAMES)
def test_acts_take_what_makes_them_safe(method: str, path: str, told: dict[str, Any]) -> None:
    headers = {parameter["name"].casefold() for parameter in told.get("parameters", ()) if parameter["in"] == "header"}
    assert ({"idempotency-key", "if-match"} <= headers) is (method == "post")
    assert ("if-none-match" in headers) is ("304" in told["responses"])


def test_what_it_refers_to_is_there() -> None:
    found = description()
    names = set(re.findall(r"#/components/schemas/(\w+)", str(found)))
    assert names <= found["components"]["schemas"].keys()


def test_nothing_answers_without_a_key(site: Site) -> None:
    with httpx.Client(base_url=site.address, trust_env=False) as nobody:
        for method, path, _ in OURS:
            asked = nobody.request(method, re.sub(r"\{\w+\}", "1", path), json={} if method == "post" else None)
            assert (asked.status_code, asked.headers["content-type"]) == (401, "application/problem+json"), path
        for path in ("/health/live", "/api/openapi.json"):
            assert nobody.get(path).status_code == 200


def commands() -> list[str]:
    """The commands in the documentation, each on one line."""
    blocks = re.findall(r"```sh\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [" ".join(line.split()) for line in lines if "curl " in line]


@pytest.mark.parametrize("command", commands())
def test_the_commands_of_the_documentation_ask_for_what_there_is(command: str) -> None:
    path = re.search(r"\$TOCSIN(/[^\s\"'?]*)", command)
    assert path is not None
    method = "post" if "-X POST" in command else "get"
    asked = re.sub(r"/\d+", "/{}", path[1])
    assert (method, asked) in {(known, re.sub(r"\{\w+\}", "{}", where)) for known, where, _ in operations("/")}


def test_the_commands_of_the_documentation_run(site: Site, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    for _ in range(3):
        site.alert()
    environment = {"TOCSIN": site.address, "KEY": site.key("admin"), "PATH": "/usr/bin:/bin", "NO_PROXY": "*"}
    for command in commands():
        done = subprocess.run(
            ["sh", "-c", command],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr)
        assert '"status":401' not in done.stdout and '"status":422' not in done.stdout, (command, done.stdout)
