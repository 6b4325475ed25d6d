"""The machine's side of an installation, from TOCSIN_* variables: addresses, secrets, limits.

What people decide about alerting is in alerts.yaml, never here.
"""

import hashlib
import os
import re
import secrets
import stat
import tempfile
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.clock import Clock, clock_from
from service.errors import SettingsError

# sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 100
# Characters; what signs links must be past guessing.
SHORTEST_SECRET = 16


class Settings(BaseSettings):
    """One installation. Times are in seconds, sizes in bytes."""

    model_config = SettingsConfigDict(env_prefix="TOCSIN_", frozen=True, extra="ignore", hide_input_in_errors=True)

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
    imap_url: str = ""
    sweep_every: float = Field(3, gt=0)
    synthetic_every: float = Field(300, ge=0)
    watch_every: float = Field(15, gt=0)
    heartbeat_url: SecretStr = SecretStr("")
    log_level: str = "INFO"

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if url and not re.match(r"https?://[^/]+", url):
            raise ValueError("not an address like https://tocsin.example.org")
        return url

    @field_validator("heartbeat_url")
    @classmethod
    def _is_a_secret_address(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value() and not re.match(r"https?://[^/]+", url.get_secret_value()):
            raise ValueError("not an address like https://…")
        return url

    @field_validator("secret")
    @classmethod
    def _past_guessing(cls, secret: str) -> str:
        if secret and len(secret.strip()) < SHORTEST_SECRET:
            raise ValueError(f"shorter than {SHORTEST_SECRET} characters; make one with `openssl rand -hex 32`")
        return secret

    @field_validator("imap_url")
    @classmethod
    def _is_a_mailbox(cls, url: str) -> str:
        if url and not re.fullmatch(r"imaps?://[^:/@\s]+:[^/@\s]+@[^/@\s]+(/\S*)?", url):
            raise ValueError("not an address like imaps://user:password@imap.example.org/INBOX (%40 for @ in names)")
        return url

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
            return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", self.database_url)
        return f"sqlite:///{self.data.resolve() / 'tocsin.db'}"

    @property
    def broker(self) -> str:
        """Broker address; the embedded default is a Unix socket."""
        return self.broker_url or f"redis+socket://{self.broker_socket}"

    @property
    def broker_socket(self) -> Path:
        """In the data folder; where that path is too long for a socket, in a temporary folder of our own.

        Raises SettingsError where somebody else has that folder.
        """
        path = self.data.resolve() / "broker.sock"
        if len(str(path).encode()) <= LONGEST_SOCKET_PATH:
            return path
        name = hashlib.sha256(str(path).encode()).hexdigest()[:16]
        return private_folder(Path(tempfile.gettempdir()) / f"tocsin-{os.getuid()}") / f"{name}.sock"

    @property
    def address(self) -> str:
        """Where links in messages lead."""
        return self.public_url.rstrip("/") or f"http://{self._reachable_host}:{self.web_port}"

    @property
    def _reachable_host(self) -> str:
        """`web_host` as it stands in a URL; one that means every address is this machine's own."""
        return _bracketed({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.web_host, self.web_host))

    @property
    def web_is_private(self) -> bool:
        """True where only this machine can reach the pages."""
        return self.web_host in {"127.0.0.1", "localhost", "::1"} and not self.public_url

    @property
    def hosts(self) -> list[str]:
        """Host names the web application answers to, as a Host header gives them."""
        names = {urlsplit(self.address).hostname or "", self.web_host, "localhost", "127.0.0.1"}
        return sorted(_bracketed(name.lower()) for name in names - {"", "0.0.0.0", "::"})

    @cached_property
    def clock(self) -> Clock:
        return clock_from(self.clock_spec, self.kept_clock)

    @property
    def kept_clock(self) -> Path:
        """Where `up` keeps a clock that it anchored."""
        return self.data.resolve() / "clock"

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


def _bracketed(host: str) -> str:
    """An IPv6 address as it stands in URLs and Host headers (RFC 3986 3.2.2)."""
    return f"[{host}]" if ":" in host else host


def kept_secret(path: Path) -> str:
    """The secret in the file, made whole on first use, readable by its owner only.

    Raises SettingsError where the file holds none, or cannot be made.
    """
    if not path.exists():
        _keep(path, secrets.token_urlsafe(32))
    secret = path.read_text(encoding="utf-8").strip()
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError(
            f"{path} holds no secret of at least {SHORTEST_SECRET} characters. Remove it and a new one is made;"
            " links in messages already sent will then no longer work"
        )
    return secret


def _keep(path: Path, secret: str) -> None:
    """Write beside and link: the file is never there without its content, and the first process wins."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix="secret-", encoding="utf-8") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return
        except OSError as error:
            raise SettingsError(f"{path} cannot be made ({error.strerror}): set TOCSIN_SECRET instead") from error


def private_folder(path: Path) -> Path:
    """The folder, made on first use, that only we can enter. Raises SettingsError where it is another's."""
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise SettingsError(f"{path} must be a folder that only you can enter: remove it, or shorten TOCSIN_DATA")
    return path


def load() -> Settings:
    """Settings from the environment; raises SettingsError naming each variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"TOCSIN_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise SettingsError(wrong) from None
