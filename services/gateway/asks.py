"""Questions to the owner of a partition, who answers from memory."""

import asyncio
import time
from typing import Final, TypeVar
from uuid import UUID

import msgspec
import nats.errors

from contracts import subjects
from contracts.desks import ConversationSummary, DeskQuery, DeskReply, DeskView, Query, VisitorQuery, VisitorReply
from services.common.broker import Broker

FIRST_SECONDS: Final = 1.0
"""How long one request waits; the owner answers in milliseconds or is being replaced."""
RETRY_SECONDS: Final = 0.25
PATIENCE_SECONDS: Final = 6.0
"""A takeover is over by then."""

ReplyT = TypeVar("ReplyT")

_encode: Final = msgspec.json.Encoder().encode
_visitor_decoder: Final = msgspec.json.Decoder(VisitorReply)
_desk_decoder: Final = msgspec.json.Decoder(DeskReply)


class Unanswered(Exception):
    """No owner answered in time."""


class Asks:
    """Asks, and asks again while the partition changes hands."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    async def visitor(self, shop: str, visitor: str, origin: str, patience: float = PATIENCE_SECONDS) -> VisitorReply:
        """Which conversation a visitor is in. Raises Unanswered after `patience` seconds."""
        query = VisitorQuery(shop=shop, visitor=visitor, origin=origin)
        return await self._ask(shop, query, _visitor_decoder, patience)

    async def desk(self, shop: str) -> tuple[DeskView | None, list[ConversationSummary]]:
        """The whole desk and its conversations. Raises Unanswered."""
        summaries: list[ConversationSummary] = []
        after: UUID | None = None
        while True:
            query = DeskQuery(shop=shop, after=after)
            reply: DeskReply = await self._ask(shop, query, _desk_decoder, PATIENCE_SECONDS)
            summaries += reply.conversations
            if reply.next is None:
                return reply.desk, summaries
            after = reply.next

    async def desk_view(self, shop: str) -> DeskView | None:
        """Only the desk. Raises Unanswered."""
        reply: DeskReply = await self._ask(shop, DeskQuery(shop=shop, limit=1), _desk_decoder, FIRST_SECONDS)
        return reply.desk

    async def _ask(self, shop: str, query: Query, decoder: msgspec.json.Decoder[ReplyT], patience: float) -> ReplyT:
        subject = subjects.asks(subjects.CONVERSATIONS, subjects.partition_of(shop))
        payload = _encode(query)
        deadline = time.monotonic() + patience
        while True:
            try:
                if self._broker.connected:
                    message = await self._broker.client.request(subject, payload, timeout=FIRST_SECONDS)
                    return decoder.decode(message.data)
            except (nats.errors.Error, msgspec.MsgspecError, TimeoutError):
                pass  # no owner at the moment, or one that is going
            if time.monotonic() + RETRY_SECONDS > deadline:
                raise Unanswered(f"the owner of shop {shop}'s partition did not answer")
            await asyncio.sleep(RETRY_SECONDS)
