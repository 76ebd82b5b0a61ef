"""How an order stands, out of what was reported of it in whatever order."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from contracts.engagement.reviews import RECEIVED, OrderStatus

Report = tuple[OrderStatus, datetime]
"""A status, and since when it holds. Reports are given as they came, the oldest first."""


def status_of(reports: Sequence[Report]) -> OrderStatus | None:
    """The status with the latest time; of two with the same, which was reported last."""
    latest = max(reversed(reports), key=lambda report: report[1], default=None)
    return None if latest is None else latest[0]


def received_since(reports: Iterable[Report]) -> datetime | None:
    """Since when it was with the customer the last time; that it still is may be reported again and again."""
    received, before = None, None
    for status, since in sorted(reports, key=lambda report: report[1]):
        if status == RECEIVED != before:
            received = since
        before = status
    return received
