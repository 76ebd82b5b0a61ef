"""uvicorn's WebSocket protocol, with a way to send that costs neither a task nor a queue.

The application finds it in the scope, as an ASGI extension, and uses it while the network takes what it gets. When it
doesn't, `send` waits as ever.
"""

import struct
from typing import Any, Final, Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

EXTENSION: Final = "shopbell.direct"

_TEXT: Final = 0x81
_MEDIUM: Final = 126
_LONG: Final = 127


class Direct(Protocol):
    """Sends without waiting."""

    @property
    def ready(self) -> bool:
        """Whether the network takes more now."""

    def write_text(self, text: str) -> None:
        """Send one text frame; only while `ready`."""


class DirectProtocol(WebSocketsSansIOProtocol):
    """No extension of WebSocket is in use (no compression), so that a frame is its head and its text."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.handshake_complete:  # the upgrade was right; the application starts in the next turn
            extensions: Any = self.scope["extensions"]
            extensions[EXTENSION] = self

    def connection_lost(self, exc: Exception | None) -> None:
        """The parser is a generator that holds the connection that holds it: without it all goes at once, and
        not when a full collection comes by, which is rare here."""
        super().connection_lost(exc)
        del self.conn.parser

    @property
    def ready(self) -> bool:
        return (
            self.handshake_complete
            and self.writable.is_set()
            and not self.close_sent
            and not self.disconnected
            and not self.transport.is_closing()
        )

    def write_text(self, text: str) -> None:
        payload = text.encode()
        self.transport.write(_head(len(payload)) + payload)


def _head(length: int) -> bytes:
    """The head of a whole, unmasked text frame (RFC 6455, section 5.2)."""
    if length < _MEDIUM:
        return bytes((_TEXT, length))
    if length < 1 << 16:
        return struct.pack("!BBH", _TEXT, _MEDIUM, length)
    return struct.pack("!BBQ", _TEXT, _LONG, length)
