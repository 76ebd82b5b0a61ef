"""The tables of orders, review requests and reviews, kept up with the log `engagement`."""

from collections.abc import Iterable
from typing import Any, Final, get_args
from uuid import UUID

import msgspec

from contracts.engagement import review_events as happened
from contracts.event import Event, topic_of
from contracts.ids import review_request_id
from services.common.key_store import KeyStore
from services.projections.engagement.review_folds import STEPS, Kept, ReviewsFold
from services.projections.engagement.review_rows import OrderRow, RecipientRow, ReviewRequestRow, ReviewRow
from services.projections.paging import Connection
from services.projections.tables import Table
from services.projections.texts import Reader, ShopPerson

EVENTS: Final = frozenset(
    get_args(happened.OrderEvent | happened.ReviewRequestEvent | happened.ReviewEvent | happened.RecipientEvent)
)
NAMES: Final = frozenset(topic_of(event) for event in EVENTS)
TABLES: Final = dict.fromkeys(("rm_order", "rm_review_request", "rm_review", "rm_recipient"), ("id",))


def _order(**columns: Any) -> OrderRow:
    return msgspec.convert(columns, OrderRow)


_ORDERS: Final = Table("rm_order", OrderRow, _order)
_REQUESTS: Final = Table("rm_review_request", ReviewRequestRow)
_REVIEWS: Final = Table("rm_review", ReviewRow)
_RECIPIENTS: Final = Table("rm_recipient", RecipientRow)


async def apply(connection: Connection, keys: KeyStore, events: list[Any]) -> None:
    """Write what a page of the log changes, inside the caller's transaction."""
    fold, reader = await _folded(connection, keys, events)
    if reader.former or reader.unreadable:  # a key may be another by now than was at hand
        for shop, person in {*reader.former, *reader.unreadable}:
            keys.forget(shop, person)
        fold, _ = await _folded(connection, keys, events)
    await _write(connection, _ORDERS, fold.orders)
    await _write(connection, _REQUESTS, fold.requests)
    await _write(connection, _REVIEWS, fold.reviews)
    await _write(connection, _RECIPIENTS, fold.recipients)


async def _write(connection: Connection, table: Table[Any], kept: Kept[Any]) -> None:
    if kept.removed:
        await table.remove(connection, kept.removed)
    if kept.changed:
        await table.write(connection, kept.changed)


async def _folded(connection: Connection, keys: KeyStore, events: list[Any]) -> tuple[ReviewsFold, Reader]:
    orders = {order for event in events if (order := _order_of(event)) is not None}
    requests = {review_request_id(order, "", step) for order in orders for step in STEPS}
    reviews = await _REVIEWS.rows(connection, _ids(events, happened.ReviewEvent))
    reader = Reader(await keys.get_many(_persons(events, reviews.values())))
    fold = ReviewsFold(
        await _ORDERS.rows(connection, orders),
        await _REQUESTS.rows(connection, requests),
        reviews,
        await _RECIPIENTS.rows(connection, _ids(events, happened.RecipientEvent)),
        reader,
    )
    for event in events:
        fold.apply(event)
    return fold, reader


def _order_of(event: Any) -> UUID | None:
    """The order whose row, and whose requests' rows, the event may change."""
    if isinstance(event, happened.OrderEvent):
        return event.originator_id
    return event.order if isinstance(event, happened.ReviewRequestEvent) else None


def _ids(events: Iterable[Event], kind: Any) -> set[UUID]:
    return {event.originator_id for event in events if isinstance(event, kind)}


def _persons(events: list[Any], reviews: Iterable[ReviewRow]) -> set[ShopPerson]:
    """Under whose keys the texts of these events are."""
    named = {(event.shop, event.person) for event in events if getattr(event, "person", None) is not None}
    return named | {(row.shop, row.person) for row in reviews}
