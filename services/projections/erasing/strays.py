"""A conversation that somebody began in the very moment of their erasure, under a key that is gone.

Neither side can say or end anything in it, for that takes the key; so it is ended here, and its channel is free again.
"""

from typing import Final
from uuid import UUID

import msgspec
from psycopg.sql import SQL

from contracts import registry, subjects
from contracts.conversations.commands import EndConversation, kind_of
from contracts.conversations.events import ConversationStarted
from services.common import log_pages
from services.common.broker import Broker
from services.common.following import Pool
from services.projections.erasing.book import Erasure

_STARTED: Final = SQL("""
    SELECT topic, state FROM {table}
    WHERE notification_id > %s AND topic LIKE 'conversation.started.%%' ORDER BY notification_id
""")


async def begun_since(pool: Pool, erasure: Erasure) -> list[ConversationStarted]:
    """What the erased persons have begun since; of who came back it may be much."""
    query = _STARTED.format(table=log_pages.table_of(erasure.shop))
    persons, theirs = set(erasure.persons), []
    async with pool.connection() as connection, connection.cursor() as cursor:
        async for topic, state in cursor.stream(query, [erasure.notification_id]):
            event = registry.decode(topic, state)
            if isinstance(event, ConversationStarted) and event.shop == erasure.shop and event.visitor in persons:
                theirs.append(event)
    return theirs


async def end(broker: Broker, shop: str, conversation: UUID) -> None:
    """Ask the worker to end it, not waiting for an answer. Raises nats.errors.Error while the broker is away."""
    command = EndConversation(
        id=f"erased-{conversation.hex}", shop=shop, sender_kind="system", sender="shopbell", conversation=conversation
    )
    subject = subjects.command(subjects.CONVERSATIONS, shop, kind_of(command))
    await broker.client.publish(subject, msgspec.json.encode(command))
