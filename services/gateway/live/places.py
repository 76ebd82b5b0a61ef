"""Places in the line, for the visitors here who wait in one."""

import asyncio
import time
from typing import Final

import msgspec
from msgspec import Struct

from contracts.sockets.visitor import Place
from services.common.direct import Message
from services.gateway.asks import Asks, Unanswered
from services.gateway.live.following import TOO_FAR, Follow
from services.gateway.live.hub import Hub
from services.gateway.live.views import VISITOR
from services.gateway.log_reader import uuid_or_none

PAUSE_SECONDS: Final = 1.0
SHARE_OF_TIME: Final = 0.05
MOST_SHOPS: Final = 20_000

_encode: Final = msgspec.json.Encoder().encode


class _Line(Struct, frozen=True):
    """What of a desk is of interest here; the rest of it is skipped unread."""

    version: int
    line: list[str]


_decoder: Final = msgspec.json.Decoder(_Line)


class Places:
    """Reads the line out of each shop's desk, at most once a second, and tells whom it concerns."""

    def __init__(self, hub: Hub, asks: Asks) -> None:
        self._hub = hub
        self._asks = asks
        self._newest: dict[str, bytes] = {}
        self._pausing: set[str] = set()
        self._versions: dict[str, int] = {}
        self._waiting: dict[str, set[Follow]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def heard(self, message: Message) -> None:
        """A desk from its owner."""
        shop = message.subject.split(".")[1]
        self._newest[shop] = message.data
        if shop not in self._pausing:
            self._read(shop)

    def refresh(self) -> None:
        """Ask where somebody waits: a desk may have been missed."""
        for shop in self._waiting:
            task = asyncio.get_running_loop().create_task(self._ask(shop))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def take(self, shop: str, version: int, line: list[str]) -> None:
        """Tell the visitors here whose place is another than they know."""
        if version < self._versions.get(shop, -1):
            return
        if len(self._versions) >= MOST_SHOPS:
            self._versions.clear()
        self._versions[shop] = version
        waiting = {
            follow: place
            for place, conversation in enumerate(line, 1)
            if (topic := self._hub.topics.get(conversation)) is not None
            for follow in topic.follows
            if follow.listener.audience == VISITOR and follow.last != TOO_FAR
        }
        for follow, place in waiting.items():
            _tell(follow, place)
        for follow in self._waiting.pop(shop, set()) - waiting.keys():
            follow.place = 0
        if waiting:
            self._waiting[shop] = set(waiting)

    def _read(self, shop: str) -> None:
        payload = self._newest.pop(shop, None)
        if payload is None:
            self._pausing.discard(shop)
            return
        started = time.perf_counter()
        found = _decoder.decode(payload)
        self.take(shop, found.version, found.line)
        self._pausing.add(shop)
        pause = max(PAUSE_SECONDS, (time.perf_counter() - started) / SHARE_OF_TIME)
        asyncio.get_running_loop().call_later(pause, self._read, shop)

    async def _ask(self, shop: str) -> None:
        try:
            desk = await self._asks.desk_view(shop)
        except Unanswered:
            return  # the new owner publishes it
        if desk is not None:
            self.take(shop, desk.version, [str(conversation) for conversation in desk.line])


def _tell(follow: Follow, place: int) -> None:
    conversation = uuid_or_none(follow.conversation)
    if follow.place == place or conversation is None:
        return
    follow.place = place
    follow.listener.outbox.put(_encode(Place(conversation=conversation, place=place)).decode())
