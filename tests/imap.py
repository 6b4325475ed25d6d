"""A real IMAP server on loopback, for the handful of commands that imaplib sends us (RFC 3501)."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LITERAL_LIMIT = re.compile(rb"BODY\.PEEK\[\]<0\.(\d+)>")


class Inbox:
    """Mails by UID and which are seen; `refuses` names a command that fails, `hangs` one that is never answered."""

    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.logins: list[bytes] = []
        self.refuses = b""
        self.hangs = b""
        self.port = 0

    @property
    def address(self) -> str:
        return f"imap://tocsin%40example.org:s3cret%2Fword@127.0.0.1:{self.port}/INBOX"

    def put(self, mail: bytes) -> int:
        uid = len(self.mails) + 1
        self.mails[uid] = mail
        return uid

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"* OK ready\r\n")
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            tag, _, rest = line.strip().partition(b" ")
            words = rest.upper()
            if self.hangs and words.startswith(self.hangs):
                await reader.read()
                break
            writer.write(self.answer(tag, words, rest))
            await writer.drain()
            if words == b"LOGOUT":
                break

    def answer(self, tag: bytes, words: bytes, rest: bytes) -> bytes:
        if self.refuses and words.startswith(self.refuses):
            return tag + b" NO not now\r\n"
        return self._told(words, rest) + tag + b" OK done\r\n"

    def _told(self, words: bytes, rest: bytes) -> bytes:
        if words == b"CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n"
        if words.startswith(b"LOGIN"):
            self.logins.append(rest)
        if words.startswith(b"SELECT"):
            return b"* %d EXISTS\r\n" % len(self.mails)
        if words == b"UID SEARCH UNSEEN":
            unseen = b"".join(b" %d" % uid for uid in sorted(self.mails.keys() - self.seen))
            return b"* SEARCH" + unseen + b"\r\n"
        if words.startswith(b"UID FETCH"):
            return self._fetched(int(words.split()[2]), words)
        if words.startswith(b"UID STORE"):
            self.seen.add(int(words.split()[2]))
        return b""

    def _fetched(self, uid: int, words: bytes) -> bytes:
        limit = LITERAL_LIMIT.search(words)
        assert limit is not None, "a mail is read in part only"
        part = self.mails[uid][: int(limit[1])]
        return b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n%s)\r\n" % (uid, uid, len(part), part)


@contextmanager
def reading(inbox: Inbox) -> Iterator[Inbox]:
    """Serve it on a free port of loopback, in a thread of its own."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(inbox.serve, "127.0.0.1", 0))
    inbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield inbox
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    serving = asyncio.all_tasks() - {asyncio.current_task()}
    for task in serving:
        task.cancel()
    await asyncio.gather(*serving, return_exceptions=True)
