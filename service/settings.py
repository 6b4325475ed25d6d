"""The machine's side of an installation, from TOCSIN_* variables: addresses, secrets, limits.

What people decide about alerting is in alerts.yaml, never here.
"""

import hashlib
import os
import secrets
import tempfile
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.clock import Clock, clock_from
from service.errors import SettingsError

# sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 100


class Settings(BaseSettings):
    """One installation. Times are in seconds, sizes in bytes."""

    model_config = SettingsConfigDict(env_prefix="TOCSIN_", frozen=True, extra="ignore")

    data: Path = Path("data")
    rules: Path = Path("alerts.yaml")
    database_url: str = ""
    broker_url: str = ""
    web_host: str = "127.0.0.1"
    web_port: int = Field(8470, ge=0, le=65535)
    public_url: str = ""
    secret: str = ""
    clock_spec: str = Field("", validation_alias="TOCSIN_CLOCK")
    allow_private_addresses: bool = False
    lease: float = Field(30, gt=0)
    fetch_timeout: float = Field(20, gt=0)
    fetch_limit: int = Field(15 * 2**20, gt=0)
    send_timeout: float = Field(20, gt=0)
    sweep_every: float = Field(3, gt=0)
    log_level: str = "INFO"

    @property
    def embedded_database(self) -> bool:
        return not self.database_url

    @property
    def embedded_broker(self) -> bool:
        return not self.broker_url

    @property
    def database(self) -> str:
        """SQLAlchemy address; the embedded default is SQLite in the data folder."""
        if self.database_url:
            return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        return f"sqlite:///{self.data.resolve() / 'tocsin.db'}"

    @property
    def broker(self) -> str:
        """Broker address; the embedded default is a Unix socket."""
        return self.broker_url or f"redis+socket://{self.broker_socket}"

    @property
    def broker_socket(self) -> Path:
        """In the data folder, or in the system's temporary one where that path is too long for a socket."""
        path = self.data.resolve() / "broker.sock"
        if len(str(path).encode()) <= LONGEST_SOCKET_PATH:
            return path
        name = hashlib.sha256(str(path).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"tocsin-{name}.sock"

    @property
    def address(self) -> str:
        """Where links in messages lead."""
        return self.public_url.rstrip("/") or f"http://{self.web_host}:{self.web_port}"

    @property
    def web_is_private(self) -> bool:
        """True where only this machine can reach the pages."""
        return self.web_host in {"127.0.0.1", "localhost", "::1"} and not self.public_url

    @property
    def hosts(self) -> list[str]:
        """Host names the web application answers to."""
        public = urlsplit(self.address).hostname or ""
        return sorted({public, self.web_host, "localhost", "127.0.0.1"} - {"", "0.0.0.0"})

    @cached_property
    def clock(self) -> Clock:
        return clock_from(self.clock_spec)

    @cached_property
    def signing_secret(self) -> str:
        """What links are signed with: TOCSIN_SECRET, or one made once and kept in the data folder.

        Raises SettingsError where the database is shared, since processes elsewhere could not read the file.
        """
        if self.secret:
            return self.secret
        if not self.embedded_database:
            raise SettingsError("TOCSIN_SECRET is not set: with TOCSIN_DATABASE_URL every process needs the same one")
        return kept_secret(self.data / "secret")


def kept_secret(path: Path) -> str:
    """The secret in the file, made on first use, readable by its owner only."""
    try:
        with open(path, "x", opener=_open_private) as file:
            file.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8")


def _open_private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def load() -> Settings:
    """Settings from the environment; raises SettingsError naming each variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"TOCSIN_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise SettingsError(wrong) from None
