"""The frames that browsers and the gateway exchange on `/v1/visitor` and `/v1/operator`.

Subprotocol `shopbell.v1`: JSON text frames, each an object with a `type`; from the gateway also an array of them.
"""

from typing import Final

SUBPROTOCOL: Final = "shopbell.v1"
MAX_FRAME_BYTES: Final = 65_536
MAX_TEXT_CHARACTERS: Final = 4_000
"""After NFC normalisation."""


class CloseCode:
    """Why a socket is closed by the gateway, and so what the client does next."""

    BAD_FRAMES: Final = 1008
    TOO_LARGE: Final = 1009
    RESTARTING: Final = 1012
    SIGNED_OUT: Final = 4401
    REFUSED: Final = 4403
    NO_HELLO: Final = 4408
    TOO_FAST: Final = 4429
    TOO_SLOW: Final = 4503
