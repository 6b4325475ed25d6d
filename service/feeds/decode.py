"""Undoes Content-Encoding piece by piece, and never holds more than the limit allows."""

import zlib

from service.errors import FeedError, TooLarge

ACCEPTED = "gzip, deflate"
GZIP_MAGIC = b"\x1f\x8b"


class Body:
    """Collects a response body of at most `limit` bytes, counted both as sent and as decoded.

    `encoding` is the Content-Encoding header. Raises FeedError for an encoding we did not ask for.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self.encoding = encoding.strip().lower().removeprefix("x-")
        if self.encoding not in {"", "identity", "gzip", "deflate"}:
            raise FeedError(f"it sent Content-Encoding {encoding[:40]!r}, which was not asked for")
        self.limit = limit
        self.sent = 0
        self.decoded = bytearray()
        self._inflate: zlib._Decompress | None = None

    def add(self, chunk: bytes) -> None:
        """Raises TooLarge as soon as the limit is passed, FeedError for broken compression."""
        self.sent += len(chunk)
        if self.encoding in {"", "identity"}:
            self._keep(chunk)
            return
        if self.sent > self.limit:
            raise self._too_large()
        try:
            self._decompress(chunk)
        except zlib.error:
            raise FeedError(f"its body is not the {self.encoding} it says it is") from None

    def finish(self) -> bytes:
        """The whole body; raises FeedError where compressed data stops early."""
        if self._inflate is not None and not self._inflate.eof:
            raise FeedError(f"its {self.encoding} body was cut short")
        return bytes(self.decoded)

    def _decompress(self, chunk: bytes) -> None:
        while chunk:
            if self._inflate is None:
                self._inflate = self._start(chunk)
            # One byte over the limit is enough to know; a bomb never unfolds further.
            self._keep(self._inflate.decompress(chunk, self.limit - len(self.decoded) + 1))
            if not self._inflate.eof:
                return
            chunk = self._inflate.unused_data
            if not chunk.startswith(GZIP_MAGIC):
                return  # padding after the last member is allowed
            self._inflate = None

    def _start(self, chunk: bytes) -> "zlib._Decompress":
        if self.encoding == "gzip":
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        # "deflate" means zlib (RFC 9110), yet some servers send it without the zlib header.
        is_zlib = chunk[0] & 0x0F == 8 and int.from_bytes(chunk[:2].ljust(2, b"\0"), "big") % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)

    def _keep(self, data: bytes) -> None:
        self.decoded += data
        if len(self.decoded) > self.limit:
            raise self._too_large()

    def _too_large(self) -> TooLarge:
        return TooLarge(f"it sends more than {self.limit:,} bytes")
