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


def condensed(reports: Sequence[Report], most: int) -> list[Report]:
    """No more than `most` of them, in the order in which they came; the status is as it was.

    First those go that say nothing but what the reports before and after them say, by their times: a shop may report
    every hour how an order stands, and since when must not move on with that. Then the earliest.
    """
    if len(reports) <= most:
        return list(reports)
    by_time = sorted(range(len(reports)), key=lambda place: reports[place][1])
    said = [reports[place][0] for place in by_time]
    repeats = {by_time[n] for n in range(1, len(said) - 1) if said[n - 1] == said[n] == said[n + 1]}
    kept = [place for place in by_time if place not in repeats][-most:]
    return [reports[place] for place in sorted(kept)]
