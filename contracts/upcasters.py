"""One pure function a version step, from an old payload to the next newer one; never deleted.

Each old payload stays in `tests/contracts/golden`, so that every step is walked by a test for as long as
a log may hold it.
"""

from collections.abc import Callable
from typing import Any, Final

Payload = dict[str, Any]

UPCASTERS: Final[dict[str, Callable[[Payload], Payload]]] = {}
"""Old topic → the step that leads from it; the step sets the new `type`. Every shipped event is still at v1."""


def upcast(topic: str, payload: Payload) -> Payload:
    """Walks the steps until the payload is of the newest version."""
    while topic in UPCASTERS:
        payload = UPCASTERS[topic](payload)
        topic = payload["type"]
    return payload
