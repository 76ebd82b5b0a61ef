"""Events after which many rows are absent at once: a person erased, a shop removed, what is older than a shop keeps.

Each acts on the rows as they are at its place in the log, so that a table kept up live and one replayed end up alike.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection

from contracts.conversations.events import PersonErased, RetentionApplied, ShopRemoved, topic_of
from contracts.ids import desk_id, shop_aggregate_id
from contracts.logs import AnyEvent
from services.common.log_pages import Share

Sweep = PersonErased | ShopRemoved | RetentionApplied
SWEEPS: Final = (PersonErased, ShopRemoved, RetentionApplied)

TOPICS: Final = tuple(topic_of(sweep) for sweep in SWEEPS)
"""Their types in the log: of a shop or its desk, and so of interest to every share of the aggregates."""

_OF_SHARE: Final = " AND get_byte(uuid_send(id), 15) %% %(of)s = %(number)s"
_CONVERSATIONS: Final = "DELETE FROM rm_conversation WHERE shop = %(shop)s"
_OFFLINE_MESSAGES: Final = "DELETE FROM rm_offline_message WHERE shop = %(shop)s"
_OF_THE_SHOP: Final = tuple(
    f"DELETE FROM {table} WHERE shop = %(shop)s".encode() for table in ("rm_canned_reply", "rm_change", "rm_shop")
)
"""What follows from the Shop's own events."""
_BLOCKS: Final = "DELETE FROM rm_block WHERE shop = %(shop)s"
_BLOCKS_OF: Final = "DELETE FROM rm_block WHERE shop = %(shop)s AND visitor = ANY (%(persons)s)"
_WITH_MESSAGES: Final = """
    WITH gone AS ({} RETURNING id) DELETE FROM rm_message WHERE conversation IN (SELECT id FROM gone)
"""

Connection = AsyncConnection[Any]


def runs(events: Iterable[AnyEvent]) -> Iterator[Sweep | list[AnyEvent]]:
    """The events in their order: sweeps one by one, and all that is between them together."""
    between: list[AnyEvent] = []
    for event in events:
        if isinstance(event, SWEEPS):
            if between:
                yield between
                between = []
            yield event
        else:
            between.append(event)
    if between:
        yield between


async def apply(connection: Connection, sweep: Sweep, share: Share | None = None) -> None:
    """Delete what is to be absent; with a `share` only that one's, whose orphaned messages are removed at its end."""
    parameters = {"shop": sweep.shop, **(share._asdict() if share else {})}
    match sweep:
        case PersonErased():
            parameters["persons"] = sweep.persons
            condition = " AND person = ANY (%(persons)s)"
            await _delete_conversations(connection, condition, parameters, share)
            await _delete_offline_messages(connection, condition, parameters, share)
            if _holds(share, desk_id(sweep.shop)):
                await connection.execute(_BLOCKS_OF, parameters)
        case ShopRemoved():
            await _delete_conversations(connection, "", parameters, share)
            await _delete_offline_messages(connection, "", parameters, share)
            if _holds(share, shop_aggregate_id(sweep.shop)):
                for statement in _OF_THE_SHOP:
                    await connection.execute(statement, parameters)
            if _holds(share, desk_id(sweep.shop)):
                await connection.execute(_BLOCKS, parameters)
        case RetentionApplied():
            if sweep.conversations_before is not None:
                parameters["before"] = sweep.conversations_before
                condition = " AND status = 'archived' AND active_at < %(before)s"
                await _delete_conversations(connection, condition, parameters, share)
            if sweep.offline_messages_before is not None:
                parameters["before"] = sweep.offline_messages_before
                await _delete_offline_messages(connection, " AND left_at < %(before)s", parameters, share)


def _holds(share: Share | None, aggregate: UUID) -> bool:
    """Whether rows that follow from the events of this aggregate alone are this share's; see `log_pages`."""
    return share is None or aggregate.bytes[-1] % share.of == share.number


async def _delete_conversations(
    connection: Connection, condition: str, parameters: dict[str, Any], share: Share | None
) -> None:
    if share is not None:
        await connection.execute(f"{_CONVERSATIONS}{condition}{_OF_SHARE}".encode(), parameters)
    else:
        await connection.execute(_WITH_MESSAGES.format(_CONVERSATIONS + condition).encode(), parameters)


async def _delete_offline_messages(
    connection: Connection, condition: str, parameters: dict[str, Any], share: Share | None
) -> None:
    of_share = _OF_SHARE if share else ""
    await connection.execute(f"{_OFFLINE_MESSAGES}{condition}{of_share}".encode(), parameters)
