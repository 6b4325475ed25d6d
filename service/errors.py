"""Every error Tocsin raises on purpose.

TocsinError
├── SettingsError          the environment asks for something impossible
├── RulesError             alerts.yaml is wrong: file, line, column, remedy
├── FeedError              a feed could not be fetched or read
│   ├── AddressRefused     its address, or one it led to, is private
│   └── TooLarge           it sent more than we take
├── DeliveryError          a message could not be sent (permanent: do not try again)
├── ClaimLost              another worker has taken over the rows we were working on
└── Refused                a person asked for something that may not be done
    ├── Stale              ... as it has changed since they saw it
    └── TooMany            ... as they ask too often
"""

from dataclasses import dataclass
from datetime import datetime


class TocsinError(Exception):
    """Base of all; its text is a sentence a person can act on."""


class SettingsError(TocsinError):
    """A setting is missing or impossible; the text names the variable."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in alerts.yaml; line and column count from 1."""

    file: str
    line: int
    column: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.problem}. {self.remedy}"


class RulesError(TocsinError):
    """alerts.yaml is refused; `mistakes` lists every one found, in file order."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


class FeedError(TocsinError):
    """A feed could not be fetched or read; `retry_after` in seconds when the server named one."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AddressRefused(FeedError):
    """The address connected to is not a public one."""


class TooLarge(FeedError):
    """The body passes the size limit once decoded."""


class DeliveryError(TocsinError):
    """A message was not delivered.

    `permanent`: trying again cannot help. `unknown`: it may have arrived all the same.
    `retry_after`: seconds for which the receiver asked to be left alone.
    """

    def __init__(
        self, message: str, *, permanent: bool = False, unknown: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.permanent = permanent
        self.unknown = unknown


class ClaimLost(TocsinError):
    """Rows claimed by us were claimed by another worker; our result is dropped, theirs stands."""


class Refused(TocsinError):
    """An act that may not be done; `status` is the HTTP status that says so."""

    def __init__(self, message: str, status: int = 409) -> None:
        super().__init__(message)
        self.status = status


class Stale(Refused):
    """What an officer acts upon has changed since they saw it: by whom and when, as far as is known."""

    def __init__(self, message: str, by: str | None, at: datetime | None) -> None:
        super().__init__(message, status=412)
        self.by = by
        self.at = at


class TooMany(Refused):
    """Asked too often; `retry_after` in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message, status=429)
        self.retry_after = retry_after
