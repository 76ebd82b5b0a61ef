"""Blocked visitors: the bell vanishes from the pages that they have open, and comes back once they are let in again."""

from nats.aio.msg import Msg

from contracts.conversations.events import VisitorBlocked, VisitorUnblocked
from services.gateway.access.visitor_ids import VisitorIds
from services.gateway.asks import Asks, Unanswered
from services.gateway.live.crowd import Crowd
from services.gateway.log_reader import decode_event
from services.gateway.sockets.visitor import VisitorSocket


class Blocks:
    """Hears of blocks in all shops: they are rare."""

    def __init__(self, crowd: Crowd, asks: Asks, ids: VisitorIds) -> None:
        self._crowd = crowd
        self._asks = asks
        self._ids = ids

    async def heard(self, message: Msg) -> None:
        """A visitor was blocked or let in again."""
        event = decode_event(message.data)
        if isinstance(event, VisitorBlocked):
            for one in self._here(event.shop):
                if self._concerns(event, one):
                    one.hide(blocked=True)
        elif isinstance(event, VisitorUnblocked):
            for one in self._here(event.shop):
                if one.blocked:
                    await self._ask(one)

    def _here(self, shop: str) -> list[VisitorSocket]:
        return [one for one in self._crowd.of(shop) if isinstance(one, VisitorSocket)]

    def _concerns(self, event: VisitorBlocked, one: VisitorSocket) -> bool:
        if one.visitor.id == event.visitor or one.conversation == str(event.conversation):
            return True
        return bool(event.origin) and self._ids.origin(event.shop, one.visitor.id) == event.origin

    async def _ask(self, one: VisitorSocket) -> None:
        """Some blocks of a guest may go and others stay: the desk knows."""
        try:
            reply = await self._asks.visitor(one.shop, one.visitor.id, self._ids.origin(one.shop, one.visitor.id))
        except Unanswered:
            return  # they learn of it on their next page
        one.hide(blocked=reply.blocked)
