"""One pure function a version step, from an old payload to the next newer one; never deleted.

Each old payload stays in `tests/contracts/golden`, so that every step is walked by a test for as long as
a log may hold it.
"""

from collections.abc import Callable
from typing import Any, Final

Payload = dict[str, Any]


def _as(topic: str) -> Callable[[Payload], Payload]:
    """A step to a version whose new fields have defaults."""
    return lambda payload: {**payload, "type": topic}


UPCASTERS: Final[dict[str, Callable[[Payload], Payload]]] = {
    "shop.created.v1": _as("shop.created.v2"),
    "shop.created.v2": _as("shop.created.v3"),
    "shop.created.v3": _as("shop.created.v4"),
    "shop.created.v4": _as("shop.created.v5"),
    "shop.settings_changed.v1": _as("shop.settings_changed.v2"),
    "shop.settings_changed.v2": _as("shop.settings_changed.v3"),
    "shop.settings_changed.v3": _as("shop.settings_changed.v4"),
    "shop.settings_changed.v4": _as("shop.settings_changed.v5"),
    "desk.opened.v1": _as("desk.opened.v2"),
    "desk.opened.v2": _as("desk.opened.v3"),
    "desk.rules_changed.v1": _as("desk.rules_changed.v2"),
    "desk.rules_changed.v2": _as("desk.rules_changed.v3"),
    "desk.conversation_admitted.v1": _as("desk.conversation_admitted.v2"),
    "desk.conversation_lined_up.v1": _as("desk.conversation_lined_up.v2"),
    "conversation.started.v1": _as("conversation.started.v2"),
    "conversation.started.v2": _as("conversation.started.v3"),
    "conversation.message_said.v1": _as("conversation.message_said.v2"),
    "offline_message.left.v1": _as("offline_message.left.v2"),
}
"""Old topic → the step that leads from it; the step sets the new `type`. In v2, settings have forms, mail and
retention; in v3 opening hours, departments and the alert; in v4 colours, privacy and invitations; in v5 push and
mails of what stays unread.
Conversations come for a department since v2; since v3, and offline messages since v2, the consent stands in them.
Messages bring files since v2."""


def upcast(topic: str, payload: Payload) -> Payload:
    """Walks the steps until the payload is of the newest version."""
    while topic in UPCASTERS:
        payload = UPCASTERS[topic](payload)
        topic = payload["type"]
    return payload
