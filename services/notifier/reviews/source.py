"""What a review mail is made of, read from the log when it is sent; and whether it is wanted still."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry, subjects
from contracts.engagement.order_status import Report, received_since, status_of
from contracts.engagement.review_events import (
    OrderPlaced,
    OrderStatusReported,
    RecipientBounced,
    RecipientUnsubscribed,
    ReviewRequestIssued,
    ReviewRulesSet,
)
from contracts.engagement.reviews import STOPPING
from contracts.ids import recipient_id, review_id, review_policy_id
from contracts.logs import AnyEvent
from services.common.following import Pool
from services.common.installation_root import rooted
from services.common.log_pages import table_of
from services.common.master_key import MasterKey
from services.common.person_keys import PersonKey, Unreadable, open_fields
from services.common.review_links import ReviewLinks
from services.notifier.letters import review
from services.notifier.letters.letter import Letter, NotWanted, Office
from services.notifier.letters.review import Asked
from services.notifier.queue import Due

_ONE: Final = SQL("SELECT topic, state FROM {} WHERE originator_id = %s AND originator_version = %s")
_ALL: Final = SQL(
    "SELECT topic, state FROM {} WHERE originator_id = ANY (%s) ORDER BY originator_id, originator_version"
)
_THERE: Final = SQL("SELECT originator_id FROM {} WHERE originator_id = ANY (%s) AND originator_version = 1")

Connection = AsyncConnection[Any]


class ReviewSource:
    """Everything that such a mail is composed of; as `Source` is for the others."""

    is_large: Final = False

    def __init__(self, asked: Asked, office: Office, links: ReviewLinks) -> None:
        self._asked, self._office, self._links = asked, office, links

    def letter(self) -> Letter:
        """Raises Unsendable."""
        return review.compose(self._asked, self._office, self._links)


class ReviewMails:
    """Reads them."""

    def __init__(self, keys_pool: Pool, master: MasterKey) -> None:
        """`keys_pool` connects to the database of keys."""
        self._keys_pool, self._master = keys_pool, master
        self._links: ReviewLinks | None = None

    async def links(self) -> ReviewLinks:
        """Raises psycopg's errors while the database is away."""
        if self._links is None:
            self._links = ReviewLinks(await rooted(self._master, self._keys_pool))
        return self._links

    async def asked(self, connection: Connection, mail: Due, key: PersonKey) -> Asked | None:
        """None if there is nothing to send any more. Raises NotWanted if it is not to go, as things stand now."""
        issued = await _issued(connection, mail, key)
        if issued is None:
            return None
        recipients = [recipient_id(mail.shop, one) for one in (issued.person, issued.mailbox) if one is not None]
        aggregates = [issued.order, *recipients, review_policy_id(mail.shop)]
        events = await events_of(connection, mail.shop, aggregates)
        placed = [event for event in events if isinstance(event, OrderPlaced)]
        if not placed:
            return None
        reports: list[Report] = [(one.status, one.since) for one in events if isinstance(one, OrderStatusReported)]
        _check_wanted(events, status_of(reports))
        wanted = {item.sku: review_id(issued.order, item.sku) for item in [*placed[-1].items, *issued.items]}
        there = await _there(connection, mail.shop, list(wanted.values()))
        items = [item for item in issued.items if wanted[item.sku] not in there]
        if not items:
            raise NotWanted("Everything in the order is reviewed already.")
        rated = [item for item in placed[-1].items if wanted[item.sku] in there]
        issued = msgspec.structs.replace(issued, items=items)
        return Asked(issued, placed[-1].placed_at, received_since(reports), rated)


def _check_wanted(events: Sequence[AnyEvent], status: str | None) -> None:
    rules = [event.rules for event in events if isinstance(event, ReviewRulesSet)]
    if not rules or not rules[-1].on:
        raise NotWanted("The shop asks for no reviews now.")
    if status in STOPPING:
        raise NotWanted("The order was cancelled or came back.")
    if any(isinstance(event, RecipientUnsubscribed) for event in events):
        raise NotWanted("The customer wants no more review mails.")
    if any(isinstance(event, RecipientBounced) for event in events):
        raise NotWanted("Mails to the customer don't arrive.")


async def _issued(connection: Connection, mail: Due, key: PersonKey) -> ReviewRequestIssued | None:
    found = await _read(connection, mail.shop, _ONE, [mail.aggregate, mail.seq])
    if not found or not isinstance(found[0], ReviewRequestIssued):
        return None
    try:
        return open_fields(found[0], key)
    except Unreadable:
        return None


async def _there(connection: Connection, shop: str, reviews: list[UUID]) -> set[UUID]:
    query = _THERE.format(table_of(shop, subjects.ENGAGEMENT))
    return {row[0] for row in await (await connection.execute(query, [reviews])).fetchall()}


async def events_of(connection: Connection, shop: str, aggregates: list[UUID]) -> list[AnyEvent]:
    """All of these, sealed as they are."""
    return await _read(connection, shop, _ALL, [aggregates])


async def _read(connection: Connection, shop: str, query: SQL, parameters: list[Any]) -> list[AnyEvent]:
    cursor = await connection.execute(query.format(table_of(shop, subjects.ENGAGEMENT)), parameters)
    return [registry.decode(topic, bytes(state)) for topic, state in await cursor.fetchall()]
