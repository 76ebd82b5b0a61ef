"""Shops with operators here: the newest desk of each, for all of them."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

import msgspec
import psycopg
from psycopg_pool import PoolTimeout

from contracts.desks import DeskView
from services.common.direct import Message
from services.common.logs import logger
from services.gateway.asks import Asks, Unanswered
from services.gateway.live.desk_views import DeskViews
from services.gateway.live.hub import Hub
from services.gateway.shops import StaffNames

log = logger(__name__)

LEAST_PAUSE_SECONDS: Final = 0.05
SHARE_OF_TIME: Final = 0.1

_decoder: Final = msgspec.json.Decoder(DeskView)


class Rooms:
    """Hands each newest desk to the operators' sockets of its shop."""

    def __init__(self, hub: Hub, asks: Asks, names: StaffNames, views: DeskViews) -> None:
        self._hub = hub
        self._asks = asks
        self._names = names
        self._views = views
        self._versions: dict[str, int] = {}
        self._newest: dict[str, bytes] = {}
        self._shown: dict[str, DeskView] = {}
        self._pausing: set[str] = set()
        self.unknown: Callable[[str, str], None] = lambda _shop, _conversation: None
        """Told of a conversation that was on the desk before its events came by."""
        self._tasks: set[asyncio.Task[None]] = set()

    def heard(self, message: Message) -> None:
        """A desk from its owner. Of those that come within a pause only the last is read."""
        shop = message.subject.split(".")[1]
        if shop not in self._hub.operators:
            self._forget(shop)
            return  # it came by because of visitors, who don't see it
        self._newest[shop] = message.data
        if shop not in self._pausing:
            self._read(shop)

    def _read(self, shop: str) -> None:
        """A desk of thousands of channels takes milliseconds: it gets a small part of the time."""
        payload = self._newest.pop(shop, None)
        if payload is None:
            self._pausing.discard(shop)
            return
        started = time.perf_counter()
        self.take(_decoder.decode(payload))
        pause = max(LEAST_PAUSE_SECONDS, (time.perf_counter() - started) / SHARE_OF_TIME)
        self._pausing.add(shop)
        asyncio.get_running_loop().call_later(pause, self._read, shop)

    def take(self, desk: DeskView) -> None:
        """Show it, unless a newer one was shown."""
        operators = self._hub.operators.get(desk.shop)
        if not operators:
            self._forget(desk.shop)
            return
        if desk.version < self._versions.get(desk.shop, -1):
            return
        self._versions[desk.shop] = desk.version
        if not self._names.fresh(desk.shop, [one.id for one in desk.operators]):
            self._later(self._with_names(desk))
            return
        self._shown[desk.shop] = desk
        frame = self._views.frame(desk)
        for operator in operators:
            operator.outbox.show(frame)
        for conversation in (*(channel.conversation for channel in desk.channels), *desk.line):
            if conversation is not None:
                self._missed(desk.shop, str(conversation))

    def show_again(self, shop: str) -> None:
        """The shop's settings have changed, and with them its departments."""
        desk = self._shown.get(shop)
        if desk is not None:
            self.take(desk)

    def _forget(self, shop: str) -> None:
        self._versions.pop(shop, None)
        self._shown.pop(shop, None)

    def _missed(self, shop: str, conversation: str) -> None:
        """Operators know of it by its events; if those were lost, by the desk."""
        if any(conversation not in follows for follows in self._hub.operators.get(shop, {}).values()):
            self._hub.follow_in_shop(shop, conversation)
            self.unknown(shop, conversation)

    def refresh(self) -> None:
        """Ask for all desks in use: something may have been missed."""
        for shop in list(self._hub.operators):
            self._later(self._ask(shop))

    async def _with_names(self, desk: DeskView) -> None:
        try:
            await self._names.refresh(desk.shop, [one.id for one in desk.operators])
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
