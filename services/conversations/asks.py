"""Answers to what gateways ask of a partition's owner, from memory as committed."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Final
from uuid import UUID

from contracts.desks import ConversationSummary, DeskQuery, DeskReply, Query, VisitorQuery, VisitorReply
from contracts.ids import desk_id
from services.common.eventlog.held import Held
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk
from services.conversations.views import conversation_of_visitor, conversation_summary, desk_view, place_in_line

MOST_ON_A_PAGE: Final = 500

Reply = DeskReply | VisitorReply
Load = Callable[[Iterable[UUID]], Awaitable[None]]


class Asks:
    """Reads only; the partition's loop calls it between batches."""

    def __init__(self, held: Held, load: Load) -> None:
        self._held, self._read = held, load

    async def answer(self, query: Query) -> Reply:
        """The reply to one query. Raises LogAway."""
        desk = await self.desk(query.shop)
        if desk is not None and desk.closed:
            desk = None
        if isinstance(query, VisitorQuery):
            return await self._visitor(query, desk)
        return await self._desk(query, desk)

    async def desk(self, shop: str) -> Desk | None:
        """The desk of a shop, also of one that was removed; None if there never was one. Raises LogAway."""
        await self._load([desk_id(shop)])
        desk = self._held.peek(desk_id(shop))
        return desk if isinstance(desk, Desk) else None

    async def _desk(self, query: DeskQuery, desk: Desk | None) -> DeskReply:
        if desk is None:
            return DeskReply(desk=None, conversations=[])
        count = min(query.limit, MOST_ON_A_PAGE)
        page = sorted(one for one in desk.seats.all if query.after is None or one > query.after)[: count + 1]
        shown = page[:count]
        return DeskReply(
            desk=desk_view(desk),
            conversations=await self._summaries(shown),
            next=shown[-1] if len(page) > count else None,
        )

    async def _visitor(self, query: VisitorQuery, desk: Desk | None) -> VisitorReply:
        if desk is None:
            return VisitorReply(conversation=None)
        blocked = desk.blocks.any_of(query.visitor, query.origin)
        found = conversation_of_visitor(desk, query.visitor, query.origin)
        if found is None:
            return VisitorReply(conversation=None, blocked=blocked)
        summaries = await self._summaries([found])
        return VisitorReply(
            conversation=summaries[0] if summaries else None, place=place_in_line(desk, found), blocked=blocked
        )

    async def _summaries(self, ids: list[UUID]) -> list[ConversationSummary]:
        await self._load(ids)
        conversations = (self._held.peek(one) for one in ids)
        summaries = (conversation_summary(one) for one in conversations if isinstance(one, Conversation))
        return [one for one in summaries if one is not None]

    async def _load(self, ids: list[UUID]) -> None:
        if missing := self._held.missing(ids):
            await self._read(missing)
