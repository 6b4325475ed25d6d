"""The bytes of a mail → who sent it and the words that answer; or that it was no person who wrote it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser

from service.answers import text

# Parts and depth looked at; a mail that hides its words deeper was made to.
MOST_PARTS, DEEPEST = 30, 6
LONGEST_TEXT = 20_000
# Header values that say: written by a program (RFC 3834, and what older programs do instead).
PROGRAMS = re.compile(r"bulk|junk|list|auto[-_]?reply", re.IGNORECASE)
AUTOMATIC_SUBJECT = re.compile(
    r"(automatic reply|auto(matic)?[- ]?(response|reply)|out of (the )?office|undeliver|delivery (status|failure)"
    r"|mail delivery failed|abwesen|réponse automatique|respuesta automática|автоответ|автовідповідь)",
    re.IGNORECASE,
)
ROBOTS = re.compile(r"(mailer-daemon|postmaster|no-?reply|bounces?)([+@-]|$)", re.IGNORECASE)
REPLY_MARKS = re.compile(r"^\s*((re|aw|sv|tr|fw|fwd|antw|rif|отв)\s*:\s*)+", re.IGNORECASE)
OUR_ID = re.compile(r"<alert\.(\d{1,18})\.(\d{1,9})\.")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as an answer: `lines` are its first words that are not quoted.

    `sender` is empty where there is not exactly one.  `revision` is the ringing it replies to, if it says.
    """

    sender: str
    subject: str
    lines: str
    message_id: str
    automatic: bool
    revision: int | None = None


def read(raw: bytes) -> Letter | None:
    """The letter; None where the bytes are none that can be read."""
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        return _letter(mail)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        # The parser of the standard library breaks in many ways on headers made to break it.
        return None


def _letter(mail: EmailMessage) -> Letter:
    return Letter(
        sender=sender_of(mail),
        subject=REPLY_MARKS.sub("", str(mail.get("Subject", "")))[:200],
        lines=first_lines(text_of(mail)),
        message_id=str(mail.get("Message-ID", ""))[:500].strip(),
        automatic=is_automatic(mail),
        revision=replied_to(mail),
    )


def sender_of(mail: EmailMessage) -> str:
    """The one address in From, in small letters; empty where there is none, or several."""
    addresses = [address for _, address in getaddresses([str(each) for each in mail.get_all("From", [])])]
    return addresses[0].casefold() if len(addresses) == 1 and "@" in addresses[0] else ""


def is_automatic(mail: EmailMessage) -> bool:
    """Did a program write it: an automatic reply, a bounce, a list?"""
    submitted = str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    bounced = "Return-Path" in mail and not parseaddr(str(mail["Return-Path"]))[1]
    return (
        submitted != "no"
        or bounced
        or mail.get_content_type() == "multipart/report"
        or any(name in mail for name in ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "List-Id"))
        or PROGRAMS.search(str(mail.get("Precedence", ""))) is not None
        or ROBOTS.match(sender_of(mail)) is not None
        or AUTOMATIC_SUBJECT.search(str(mail.get("Subject", ""))) is not None
    )


def replied_to(mail: EmailMessage) -> int | None:
    """The revision of our message it replies to."""
    found = OUR_ID.search(str(mail.get("In-Reply-To", "")))
    return int(found[2]) if found else None


def words_of(letter: Letter) -> str:
    """The words that answer: those it begins with, or its subject where only that holds an answer and nothing else."""
    if text.read(letter.lines) is None:
        subject = text.read(letter.subject)
        if subject is not None and subject.act is not None:
            return letter.subject
    return letter.lines


# --- its words ----------------------------------------------------------------


def text_of(mail: EmailMessage) -> str:
    """The first part in plain text, else the first in HTML without its marks and quotations."""
    texts = {part.get_content_type(): part for part in reversed(list(_parts(mail, 0))) if not part.get_filename()}
    if "text/plain" in texts:
        return _content(texts["text/plain"])
    return unquoted_html(_content(texts["text/html"])) if "text/html" in texts else ""


def _parts(mail: MIMEPart, depth: int) -> Iterator[MIMEPart]:
    if not mail.is_multipart():
        yield mail
    elif depth < DEEPEST:
        for part in list(mail.iter_parts())[:MOST_PARTS]:
            yield from _parts(part, depth + 1)


def _content(part: MIMEPart) -> str:
    data = part.get_payload(decode=True)
    raw = data[: 4 * LONGEST_TEXT] if isinstance(data, bytes) else b""
    try:
        return raw.decode(part.get_content_charset() or "utf-8", "replace")[:LONGEST_TEXT]
    except LookupError:  # a charset nobody knows
        return raw.decode("utf-8", "replace")[:LONGEST_TEXT]


def first_lines(body: str) -> str:
    """The first paragraph that is not quoted: what people write above or below our message."""
    kept: list[str] = []
    for line in body.replace("\r\n", "\n").split("\n"):
        if line.startswith(">"):
            kept = _without_attribution(kept)
        elif line.strip():
            kept.append(line.strip())
        elif kept and not _is_attribution(kept[-1]):
            break
    return "\n".join(kept)


def _without_attribution(lines: list[str]) -> list[str]:
    """Without "On … wrote:", which stands above what is quoted and may take two lines."""
    if not lines or not _is_attribution(lines[-1]):
        return lines
    return lines[:-2] if len(lines[-1]) < 20 and len(lines) > 1 else lines[:-1]


def _is_attribution(line: str) -> bool:
    return line.endswith(":")


def unquoted_html(html: str) -> str:
    """The words of HTML up to the first quotation."""
    reader = _Words()
    reader.feed(html)
    return "".join(reader.words)


class _Words(HTMLParser):
    BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3"})
    UNSEEN = frozenset({"style", "script", "head", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.quoted = False
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = " ".join(value or "" for name, value in attrs if name in {"class", "id"})
        self.quoted = self.quoted or tag in {"blockquote", "hr"} or "quote" in marks or "divRplyFwdMsg" in marks
        self.unseen += tag in self.UNSEEN
        if tag in self.BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in self.UNSEEN and self.unseen > 0
        if tag in {"p", "div"}:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.quoted and not self.unseen:
            self.words.append(" ".join(data.split()) if data.strip() else " ")
