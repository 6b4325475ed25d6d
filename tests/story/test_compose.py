"""docker-compose.yml: sound in itself, and its very commands run as plain processes, with two workers."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import httpx
import pytest
import yaml

from service.cli import COMMANDS
from service.embedded import broker
from service.embedded.supervisor import GRACE
from tests.receivers import free_port, wait_for
from tests.story.conftest import Tocsin
from tests.story.test_the_whole_path import tell_the_story

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yml"
OURS = ("migrate", "web", "worker", "beat")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE.read_text())["services"])


def test_every_service_of_ours_is_a_command(services: dict[str, Any]) -> None:
    assert {name for name, service in services.items() if service.get("image") == "tocsin"} == set(OURS)
    assert all(services[name]["command"][0] in COMMANDS for name in OURS)


def test_it_holds_no_secret(services: dict[str, Any]) -> None:
    text = COMPOSE.read_text()
    assert "${POSTGRES_PASSWORD:?" in text and "${TOCSIN_SECRET:?" in text
    assert not re.search(r"(PASSWORD|SECRET|_URL): *(?!\$\{)[A-Za-z0-9+/=]{16,}", text)


def test_what_others_wait_for_says_when_it_is_healthy(services: dict[str, Any]) -> None:
    for service in services.values():
        for name, wait in service.get("depends_on", {}).items():
            if wait["condition"] == "service_healthy":
                assert "healthcheck" in services[name]


def test_ours_have_time_to_stop_and_an_init_that_tells_them(services: dict[str, Any]) -> None:
    for name in OURS:
        assert (services[name]["init"], services[name]["stop_grace_period"]) == (True, f"{3 * GRACE:.0f}s")


def test_rules_are_a_folder_since_a_file_alone_would_be_kept_when_it_is_replaced(services: dict[str, Any]) -> None:
    [folder] = services["beat"]["volumes"]
    path = PurePosixPath(services["beat"]["environment"]["TOCSIN_RULES"])
    assert (folder["type"], folder["target"], folder["read_only"]) == ("bind", str(path.parent), True)
    assert folder["source"].startswith("${TOCSIN_RULES_FOLDER:?") and path.name == "alerts.yaml"


@pytest.mark.skipif(
    shutil.which("docker-compose") is None,
    reason="the Compose file itself is NOT checked: no docker-compose on PATH (Debian: apt-get install docker-compose)",
)
def test_compose_takes_it(tmp_path: Path) -> None:
    shutil.copy(COMPOSE, tmp_path)
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=a\nTOCSIN_SECRET=b\nTOCSIN_RULES_FOLDER=./rules\n")
    done = subprocess.run(
        ["docker-compose", "config"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "postgresql://tocsin:a@postgres" in done.stdout
    assert f"source: {tmp_path}/rules\n" in done.stdout


def test_its_commands_tell_the_story_on_postgresql(
    install: Callable[..., Tocsin], services: dict[str, Any], new_postgres: Callable[[], str]
) -> None:
    address = new_postgres()
    port = free_port()
    tocsin = install(
        TOCSIN_DATABASE_URL=address.replace("postgresql+psycopg", "postgresql"),
        TOCSIN_BROKER_URL=f"redis://127.0.0.1:{port}/0",
        TOCSIN_SECRET="a secret that every process shares",
        TEST_DATABASE=address,
    )
    valkey = [str(broker.program()), *services["valkey"]["command"][1:], "--port", str(port)]
    server = subprocess.Popen(valkey, cwd=tocsin.folder, stdout=subprocess.DEVNULL)
    try:
        tell_the_story(tocsin, lambda: start(tocsin, services))
        assert not (tocsin.folder / "data").exists(), "something was embedded"
        tocsin.stop()
    finally:
        server.terminate()
        server.wait(timeout=10)


def start(tocsin: Tocsin, services: dict[str, Any]) -> None:
    """As compose would: migrate first, the others when it is done; two workers."""
    tocsin.run(*services["migrate"]["command"])
    for name in ("beat", "worker", "worker", "web"):
        tocsin.start(*services[name]["command"])
    wait_for("the web application", lambda: answers(tocsin))


def answers(tocsin: Tocsin) -> bool:
    with tocsin.page() as page:
        try:
            return page.get("/health/live").status_code == 200
        except httpx.TransportError:
            return False
