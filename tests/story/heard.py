"""Messages as they come in by chat, SMS and mail: to whom, why, in which words."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from service.notifications.headline import REASONS
from tests.receivers import text_of

PEOPLE = {
    "amira@example.org": "amira",
    "+963900000001": "amira",
    "nour@example.org": "nour",
    "+963900000002": "bilal",
    "#chen": "chen",
    "+490000000003": "dora",
    "#emil": "emil",
    "#operators": "operators",
}


@dataclass(frozen=True)
class Heard:
    """A message as it came in: to whom, for what reason ("news" where it names none), in which words."""

    who: str
    why: str
    words: str

    @property
    def code(self) -> str:
        found = re.search(r"(?:answer this mail with|Ack: send) (\w{4})\b", self.words)
        assert found is not None, self.words
        return found[1]


def by_chat(payload: dict[str, Any]) -> Heard:
    text = text_of(payload).replace("*", "")
    return Heard(PEOPLE[payload["channel"]], why(text.splitlines()[0]), text)


def by_sms(payload: dict[str, Any]) -> Heard:
    told = payload["params"]
    return Heard(PEOPLE[told["to"]], why(told["message"]), told["message"])


def by_mail(mail: EmailMessage) -> Heard:
    body = mail.get_body(("plain",))
    assert body is not None
    return Heard(PEOPLE[mail["To"]], why(mail["Subject"].removeprefix("[Tocsin] ")), body.get_content())


def why(opening: str) -> str:
    """The reason that a message begins with."""
    found = next((reason for reason, words in REASONS.items() if opening.startswith(words)), None)
    if found is not None:
        return found
    return "rise" if re.search(r"\(was |, up from ", opening) else "problem" if "PROBLEM" in opening else "news"
