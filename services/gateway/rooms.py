"""Shops with operators here: the newest desk of each, for all of them."""

import asyncio
from typing import Final

import msgspec
import psycopg
from nats.aio.msg import Msg
from psycopg_pool import PoolTimeout

from contracts.desks import DeskView
from services.common.logs import logger
from services.gateway.asks import Asks, Unanswered
from services.gateway.desk_views import DeskViews
from services.gateway.hub import Hub
from services.gateway.shops import StaffNames

log = logger(__name__)

_decoder: Final = msgspec.json.Decoder(DeskView)


class Rooms:
    """Hands each newest desk to the operators' sockets of its shop."""

    def __init__(self, hub: Hub, asks: Asks, names: StaffNames, views: DeskViews) -> None:
        self._hub = hub
        self._asks = asks
        self._names = names
        self._views = views
        self._versions: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def heard(self, message: Msg) -> None:
        """A desk from its owner."""
        self.take(_decoder.decode(message.data))

    def take(self, desk: DeskView) -> None:
        """Show it, unless a newer one was shown."""
        operators = self._hub.operators.get(desk.shop)
        if not operators:
            self._versions.pop(desk.shop, None)
            return
        if desk.version < self._versions.get(desk.shop, -1):
            return
        self._versions[desk.shop] = desk.version
        if not self._names.fresh(desk.shop):
            self._later(self._with_names(desk))
            return
        frame = self._views.frame(desk)
        for operator in operators:
            operator.outbox.put(frame)
        for conversation in (*(channel.conversation for channel in desk.channels), *desk.line):
            if conversation is not None:
                self._hub.follow_in_shop(desk.shop, str(conversation))

    def refresh(self) -> None:
        """Ask for all desks in use: something may have been missed."""
        for shop in list(self._hub.operators):
            self._later(self._ask(shop))

    async def _with_names(self, desk: DeskView) -> None:
        try:
            await self._names.refresh(desk.shop)
        except (psycopg.OperationalError, PoolTimeout):
            log.warning("A desk can't be shown without names", shop=desk.shop)
            return
        self.take(desk)

    async def _ask(self, shop: str) -> None:
        try:
            desk = await self._asks.desk_view(shop)
        except Unanswered:
            return  # the new owner publishes it
        if desk is not None:
            self.take(desk)

    def _later(self, work: "asyncio._CoroutineLike[None]") -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
