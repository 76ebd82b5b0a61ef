"""Whose a conversation is: learned from what passes by, else from the log; bounded."""

from collections import OrderedDict
from typing import Final

from contracts.conversations.events import ConversationEvent, ConversationStarted, VisitorIdentified
from contracts.desks import ConversationSummary
from services.gateway.batching import Batcher
from services.gateway.log_reader import LogReader, OwnerOf, uuid_or_none

MOST: Final = 50_000


class Directory:
    """Conversation → its shop, person and visitor."""

    def __init__(self, log: LogReader) -> None:
        self._known: OrderedDict[str, OwnerOf] = OrderedDict()
        self._reader: Batcher[tuple[str, str], OwnerOf] = Batcher(log.owners)

    def cached(self, conversation: str) -> OwnerOf | None:
        return self._known.get(conversation)

    async def get(self, shop: str, conversation: str) -> OwnerOf | None:
        """None if the shop has no such conversation. Raises psycopg's errors while the database is away."""
        known = self._known.get(conversation)
        if known is not None:
            return known if known.shop == shop else None
        return await self.read(shop, conversation)

    async def read(self, shop: str, conversation: str) -> OwnerOf | None:
        """The same as it stands in the log now."""
        if uuid_or_none(conversation) is None:
            return None
        owner = await self._reader.get((shop, conversation))
        if owner is not None:
            self._keep(conversation, owner)
        return owner

    def learn(self, event: ConversationEvent) -> None:
        """Note what an event says about whose the conversation is."""
        if isinstance(event, ConversationStarted):
            self._keep(str(event.originator_id), OwnerOf.first(event))
        elif isinstance(event, VisitorIdentified):
            known = self._known.get(str(event.originator_id))
            if known is not None:
                self._keep(str(event.originator_id), known.identified(event))

    def learn_summary(self, shop: str, summary: ConversationSummary) -> None:
        """Note what the owner of the partition says; who started it is not in it."""
        conversation = str(summary.id)
        if conversation not in self._known:
            owner = OwnerOf(shop, summary.person, summary.visitor, "", summary.signed_in, "")
            self._keep(conversation, owner)

    def _keep(self, conversation: str, owner: OwnerOf) -> None:
        self._known[conversation] = owner
        self._known.move_to_end(conversation)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
