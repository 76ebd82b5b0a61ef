"""Reads the log by key: missed events, heads, who a conversation belongs to, a shop's settings."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from contracts import registry, subjects
from contracts.conversations.events import (
    ConversationDeleted,
    ConversationEvent,
    ConversationStarted,
    ConversationTransferred,
    OfflineMessageLeft,
    OperatorAssigned,
    SettingsChanged,
    ShopCreated,
    VisitorIdentified,
)
from contracts.conversations.settings import ShopSettings
from contracts.ids import shop_aggregate_id
from contracts.logs import AnyEvent

PAGE_EVENTS: Final = 100
PAGE_BYTES: Final = 65_536
HEADS_AT_ONCE: Final = 1_000

_PAGE = """
    SELECT topic, state FROM (
        SELECT topic, state, originator_version,
               sum(length(state)) OVER (ORDER BY originator_version) - length(state) AS before
        FROM (
            SELECT topic, state, originator_version FROM {schema}.stored_events
            WHERE originator_id = %s AND originator_version > %s ORDER BY originator_version LIMIT %s
        ) AS those
    ) AS page WHERE before < %s ORDER BY originator_version
"""
_HEADS = """
    SELECT id, (SELECT max(originator_version) FROM {schema}.stored_events WHERE originator_id = id)
    FROM unnest(%s::uuid[]) AS id
"""
_OWNERS = """
    SELECT originator_id, topic, state FROM {schema}.stored_events
    WHERE originator_id = ANY (%s::uuid[])
      AND (originator_version = 1 OR topic LIKE 'conversation.visitor_identified.%%'
           OR topic LIKE 'conversation.deleted.%%')
    ORDER BY originator_id, originator_version
"""
_HOLDER = """
    SELECT topic, state FROM {schema}.stored_events
    WHERE originator_id = %s AND split_part(topic, '.', 2) = ANY (%s)
    ORDER BY originator_version DESC LIMIT 1
"""
_TURNS: Final = ["operator_assigned", "transferred", "queued", "ended", "archived", "deleted"]
"""Events after which somebody else has a conversation, or nobody."""
_SETTINGS = """
    SELECT topic, state FROM {schema}.stored_events
    WHERE originator_id = %s
      AND (topic LIKE 'shop.created.%%' OR topic LIKE 'shop.settings_changed.%%' OR topic LIKE 'shop.removed.%%')
    ORDER BY originator_version DESC LIMIT 1
"""
_ENDS = """
    SELECT topic, state FROM {schema}.stored_events
    WHERE originator_id = %s AND (originator_version = 1 OR topic LIKE 'offline_message.deleted.%%')
    ORDER BY originator_version
"""

_NEWEST = """
    SELECT topic, state FROM {schema}.stored_events
    WHERE originator_id = %s ORDER BY originator_version DESC LIMIT 1
"""


class OwnerOf(msgspec.Struct, frozen=True):
    """Whose a conversation is: sealed under the key of `person`, and `visitor`'s now."""

    shop: str
    person: str
    visitor: str
    origin: str
    signed_in: bool
    start: str
    """The id of the command that started it."""
    deleted: bool = False

    @classmethod
    def first(cls, event: ConversationStarted) -> "OwnerOf":
        """As the first event of the conversation says."""
        return cls(
            shop=event.shop,
            person=event.visitor,
            visitor=event.visitor,
            origin=event.origin,
            signed_in=event.signed_in,
            start=event.command.id if event.command else "",
        )

    def identified(self, event: VisitorIdentified) -> "OwnerOf":
        """As it is once the guest has signed in."""
        return msgspec.structs.replace(self, visitor=event.visitor, signed_in=True)


class LogReader:
    """Queries by key, each within one partition."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]]) -> None:
        self._pool = pool

    async def page(
        self, shop: str, conversation: str, after: int, log: str = subjects.CONVERSATIONS
    ) -> list[ConversationEvent]:
        """The next events after `after`, at most 100 and about 64 KiB; an empty list at the end.

        Raises psycopg.OperationalError or PoolTimeout while the database is away.
        """
        parameters = [conversation, after, PAGE_EVENTS, PAGE_BYTES]
        rows = await self._query(_PAGE, shop, parameters, log)
        return [registry.decode(topic, state) for topic, state in rows]  # type: ignore[misc]  # of one aggregate

    async def heads(self, conversations: Iterable[tuple[str, str]]) -> dict[str, int]:
        """The newest `seq` by conversation, of pairs of shop and conversation; unknown ones are left out."""
        by_partition: dict[int, list[str]] = defaultdict(list)
        shop_of: dict[int, str] = {}
        for shop, conversation in conversations:
            partition = subjects.partition_of(shop)
            by_partition[partition].append(conversation)
            shop_of[partition] = shop
        found: dict[str, int] = {}
        for partition, ids in by_partition.items():
            for first in range(0, len(ids), HEADS_AT_ONCE):
                rows = await self._query(_HEADS, shop_of[partition], [ids[first : first + HEADS_AT_ONCE]])
                found |= {str(conversation): head for conversation, head in rows if head}
        return found

    async def owners(self, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], OwnerOf]:
        """Whose the conversations are, of pairs of shop and conversation; what the shop doesn't have is left out."""
        by_partition: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for pair in pairs:
            by_partition[subjects.partition_of(pair[0])].append(pair)
        found: dict[tuple[str, str], OwnerOf] = {}
        for some in by_partition.values():
            rows = await self._query(_OWNERS, some[0][0], [[conversation for _, conversation in some]])
            owners = _owners(rows)
            found |= {pair: owner for pair in some if (owner := owners.get(pair[1])) and owner.shop == pair[0]}
        return found

    async def holder(self, shop: str, conversation: str) -> str | None:
        """The operator with whom the visitor is talking; None if the conversation is not open."""
        rows = await self._query(_HOLDER, shop, [conversation, _TURNS])
        match registry.decode(*rows[0]) if rows else None:
            case OperatorAssigned(operator=operator):
                return operator
            case ConversationTransferred(to=operator):
                return operator
            case _:
                return None

    async def settings(self, shop: str) -> ShopSettings | None:
        """The settings of a shop as they are now; None if there is no such shop, or no more."""
        rows = await self._query(_SETTINGS, shop, [shop_aggregate_id(shop)])
        event = registry.decode(*rows[0]) if rows else None
        return event.settings if isinstance(event, ShopCreated | SettingsChanged) else None

    async def offline_message(self, shop: str, message: UUID) -> OfflineMessageLeft | None:
        """An offline message as it was left; None if the shop has it not, or not any more."""
        events = [registry.decode(*row) for row in await self._query(_ENDS, shop, [message])]
        if len(events) != 1 or not isinstance(events[0], OfflineMessageLeft) or events[0].shop != shop:
            return None
        return events[0]

    async def newest(self, shop: str, aggregate: UUID, log: str) -> AnyEvent | None:
        """The last event of what the shop has under this id; None if that is nothing."""
        rows = await self._query(_NEWEST, shop, [aggregate], log)
        event = registry.decode(*rows[0]) if rows else None
        return event if event is not None and event.shop == shop else None

    async def _query(self, sql: str, shop: str, parameters: list[Any], log: str = subjects.CONVERSATIONS) -> list[Any]:
        schema = subjects.log_schema(log, subjects.partition_of(shop))
        statement = sql.format(schema=schema)
        async with self._pool.connection() as connection:
            cursor = await connection.execute(statement.encode(), parameters)
            return await cursor.fetchall()


def _owners(rows: list[Any]) -> dict[str, OwnerOf]:
    """First events, and later ones that say who the visitor turned out to be."""
    owners: dict[str, OwnerOf] = {}
    for conversation, topic, state in rows:
        event: AnyEvent = registry.decode(topic, state)
        if isinstance(event, ConversationStarted):
            owners[str(conversation)] = OwnerOf.first(event)
        elif isinstance(event, VisitorIdentified) and str(conversation) in owners:
            owners[str(conversation)] = owners[str(conversation)].identified(event)
        elif isinstance(event, ConversationDeleted) and str(conversation) in owners:
            owners[str(conversation)] = msgspec.structs.replace(owners[str(conversation)], deleted=True)
    return owners


def uuid_or_none(text: str) -> UUID | None:
    """A conversation's id in its one spelling; None for anything else."""
    try:
        parsed = UUID(text)
    except ValueError:
        return None
    return parsed if str(parsed) == text else None


class _Tagged(msgspec.Struct):
    type: str


_tag_decoder: Final = msgspec.json.Decoder(_Tagged)


def decode_event(payload: bytes) -> Any:
    """The event in a payload of the stream. Raises UnknownEvent for one of a newer release."""
    return registry.decode(_tag_decoder.decode(payload).type, payload)
