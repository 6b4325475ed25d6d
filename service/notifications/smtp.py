"""The Apprise plug-in for our mail: its addresses and servers as Apprise knows them, the letter exactly ours."""

import re
import smtplib
import warnings
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate
from typing import Any

from service.errors import DeliveryError
from service.notifications.foreign import clean
from service.notifications.outcome import by_reply
from service.values import Message

with warnings.catch_warnings():
    # Apprise's PGP support, which we do not use, imports a module that Python 3.11 calls deprecated.
    warnings.filterwarnings("ignore", "'imghdr' is deprecated", DeprecationWarning)
    from apprise.plugins.email.base import NotifyEmail
    from apprise.plugins.email.smtp import AppriseSMTPController

# Lines that begin with a dot get another one (RFC 5321 4.5.2).
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
LONGEST_REPLY = 120
# A field name is printable ASCII without a colon (RFC 5322 2.2); the library checks values only.
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


# Apprise leaves its plug-ins without annotations; to mypy its base is anything.
Base: Any = NotifyEmail


class Mail(Base):  # type: ignore[misc]
    """One letter to one recipient.

    `failure` says, after a send that failed, what went wrong and how sure that is.
    """

    request_rate_per_sec = 0

    def __init__(self, message: Message, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.message = message
        self.failure: DeliveryError | None = None

    def send(self, body: str, title: str = "", **kwargs: Any) -> bool:
        try:
            self._deliver(letter(self.message, tuple(self.from_addr), self.targets[0][1]))
        except DeliveryError as failure:
            self.failure = failure
            return False
        return True

    def _deliver(self, content: bytes) -> None:
        handed_over = False
        try:
            with self._connection() as connection:
                smtp: Any = connection._socket
                smtp.sock.settimeout(self.socket_read_timeout)
                envelope(smtp, self.from_addr[1], self.targets[0][1])
                handed_over = True
                hand_over(smtp, content)
        except smtplib.SMTPResponseException as error:
            raise _refused("the connection", error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPNotSupportedError:
            raise DeliveryError("the mail server does not offer what the address asks for", permanent=True) from None
        except UnicodeError:
            raise DeliveryError("the mail server cannot take such an address", permanent=True) from None
        except (OSError, smtplib.SMTPException):
            raise _lost(handed_over) from None

    def _connection(self) -> AppriseSMTPController:
        return AppriseSMTPController(
            host=self.smtp_host,
            port=self.port,
            secure_mode=self.secure_mode,
            user=self.user,
            password=self.password,
            verify_certificate=self.verify_certificate,
            socket_connect_timeout=self.socket_connect_timeout,
        )


def letter(message: Message, sender: tuple[Any, str], recipient: str) -> bytes:
    """The mail as it goes over the wire: text, and HTML beside it.

    Raises DeliveryError (permanent) where a header cannot be written, such as one with a line break.
    """
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = formataddr((sender[0] or "Tocsin", sender[1]))
        mail["To"] = recipient
        mail["Subject"] = message.subject
        mail["Date"] = formatdate(usegmt=True)
        mail["Message-ID"] = message.message_id
        for name, value in message.headers:
            mail[_field_name(name)] = value
        mail.set_content(message.text)
        if message.html is not None:
            mail.add_alternative(message.html, subtype="html")
        return mail.as_bytes()
    except (ValueError, LookupError, TypeError):
        raise DeliveryError("the mail cannot be written with these headers", permanent=True) from None


def _field_name(name: str) -> str:
    if HEADER_NAME.fullmatch(name) is None:
        raise ValueError(name)
    return name


def envelope(smtp: smtplib.SMTP, sender: str, recipient: str) -> None:
    """MAIL, RCPT and DATA: up to here nothing is handed over. Raises DeliveryError where one is refused."""
    smtp.ehlo_or_helo_if_needed()
    for command, expected, (code, reply) in (
        ("the sender", 250, smtp.mail(sender)),
        ("the recipient", 250, smtp.rcpt(recipient)),
    ):
        if code // 10 != expected // 10:
            raise _refused(command, code, reply)
    code, reply = smtp.docmd("DATA")
    if code != 354:
        raise _refused("the message", code, reply)


def hand_over(smtp: smtplib.SMTP, content: bytes) -> None:
    """The letter and its closing dot; raises DeliveryError where the server then refuses it."""
    smtp.send(LEADING_DOT.sub(b"..", content) + b".\r\n")
    code, reply = smtp.getreply()
    if code // 100 != 2:
        raise _refused("the message", code, reply)


def _refused(what: str, code: int, reply: bytes | str) -> DeliveryError:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return by_reply(code, f"the mail server refused {what}: {code} {clean(words, LONGEST_REPLY)}")


def _lost(handed_over: bool) -> DeliveryError:
    if handed_over:
        return DeliveryError("the mail server did not say whether it took the message", unknown=True)
    return DeliveryError("the mail server could not be reached or ended the talk")
