"""What travels beside the payload of an event: CloudEvents 1.0 in NATS's binary mode.

Source: CloudEvents 1.0.2, and its NATS protocol binding, section 3.1 (attributes as `ce-` headers).
"""

from datetime import UTC, datetime
from typing import Final

SPEC_VERSION: Final = "1.0"
CONTENT_TYPE: Final = "application/json"
EVENT_ID_HEADER: Final = "ce-id"


def rfc3339(at: datetime) -> str:
    """An instant as RFC 3339 has it, in UTC, with `Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def event_id(log: str, partition: int, notification_id: int) -> str:
    """The id of an event across the installation, and a reader's position in one word."""
    return f"{log}-{partition}-{notification_id}"


def notification_id_of(event_id_header: str) -> int:
    """The notification id in a `ce-id`."""
    return int(event_id_header.rpartition("-")[2])


def headers(
    *, log: str, partition: int, notification_id: int, topic: str, shop: str, at: str, correlation: str | None
) -> dict[str, str]:
    """The CloudEvents attributes of one event. `at` as its payload has it; `correlation` is an extension attribute."""
    result = {
        "ce-specversion": SPEC_VERSION,
        EVENT_ID_HEADER: event_id(log, partition, notification_id),
        "ce-source": f"shopbell/{log}/{partition}/{shop}",
        "ce-type": f"shopbell.{topic}",
        "ce-time": at,
    }
    if correlation:
        result["ce-correlationid"] = correlation
    return result
