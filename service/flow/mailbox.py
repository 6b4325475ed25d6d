"""A mailbox over IMAP: what is unseen, read in bounded pieces, and marked seen one by one."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from service.errors import DeliveryError

# Of one mail so much is read (bytes): the words of an answer stand at its beginning.
MOST_OF_A_MAIL = 256 * 1024


class Mailbox:
    """An open folder. Its methods raise DeliveryError where the server does not do as asked."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self._connection = connection

    def unseen(self, most: int) -> list[str]:
        """Numbers (UIDs) of the oldest mails not yet seen."""
        return [str(uid, "ascii") for uid in self._do("SEARCH", "UNSEEN")[0].split()[:most]]

    def read(self, uid: str) -> bytes:
        """The first bytes of a mail, which stays unseen."""
        parts = self._do("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_OF_A_MAIL}>)")
        found: bytes = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        return found

    def mark_seen(self, uid: str) -> None:
        self._do("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")

    def _do(self, command: str, *arguments: str) -> list[Any]:
        status, data = self._connection.uid(command, *arguments)
        if status != "OK":
            raise DeliveryError(f"the mailbox refused {command}")
        return [part for part in data if part is not None] or [b""]


@contextmanager
def opened(url: str, timeout: float) -> Iterator[Mailbox]:
    """The folder that `imaps://user:password@host[:port]/FOLDER` names. Raises DeliveryError, without the address."""
    try:
        connection = _connected(url, timeout)
        try:
            yield Mailbox(connection)
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                connection.logout()
            # Where the server does not answer that, the socket is still open.
            with suppress(OSError):
                connection.shutdown()
    except (imaplib.IMAP4.error, OSError) as error:
        raise DeliveryError(f"the mailbox cannot be read ({type(error).__name__})") from None


def _connected(url: str, timeout: float) -> imaplib.IMAP4:
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection: imaplib.IMAP4
    if parts.scheme == "imaps":
        secure = ssl.create_default_context()
        connection = imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=secure, timeout=timeout)
    else:
        connection = imaplib.IMAP4(host, parts.port or 143, timeout=timeout)
    try:
        connection.login(unquote(parts.username or ""), unquote(parts.password or ""))
        status, _ = connection.select(_quoted(unquote(parts.path.strip("/")) or "INBOX"))
        if status != "OK":
            raise imaplib.IMAP4.error
    except BaseException:
        connection.shutdown()
        raise
    return connection


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
