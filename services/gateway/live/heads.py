"""Compares what came by with the log, so that the last message of a quiet chat can't stay unseen."""

import asyncio
from typing import Final

import msgspec
import psycopg
from psycopg_pool import PoolTimeout

from contracts.sockets.common import Heads
from services.common.logs import logger
from services.gateway.live.hub import Hub
from services.gateway.live.places import Places
from services.gateway.live.rooms import Rooms
from services.gateway.live.views import VISITOR
from services.gateway.log_reader import HEADS_AT_ONCE, LogReader, uuid_or_none

log = logger(__name__)

EVERY_SECONDS: Final = 15.0
ANNOUNCE_EVERY: Final = 4
"""Checks from one `heads` frame to the next."""
SOON_SECONDS: Final = 1.0
RETRY_SECONDS: Final = 1.0
ON_ITS_WAY_SECONDS: Final = 0.25

_encode: Final = msgspec.json.Encoder().encode


class HeadsCheck:
    """Reads the newest `seq` of all conversations that are followed here."""

    def __init__(self, hub: Hub, rooms: Rooms, places: Places, log_reader: LogReader) -> None:
        self._hub = hub
        self._places = places
        self._rooms = rooms
        self._log = log_reader
        self._now = asyncio.Event()
        self._everything = False
        self._soon: dict[str, str] = {}
        self._checks = 0
        rooms.unknown = self.soon

    def at_once(self) -> None:
        """The broker was away, or dropped something: check everything now."""
        self._everything = True
        self._now.set()

    def soon(self, shop: str, conversation: str) -> None:
        """A conversation was just subscribed to: an event may have come between."""
        if not self._soon:
            asyncio.get_running_loop().call_later(SOON_SECONDS, self._now.set)
        self._soon[conversation] = shop

    async def run(self) -> None:
        """Check until cancelled."""
        loop = asyncio.get_running_loop()
        due = loop.time() + EVERY_SECONDS
        while True:
            try:
                async with asyncio.timeout_at(due):
                    await self._now.wait()
            except TimeoutError:
                due = loop.time() + EVERY_SECONDS
            await self._check()

    async def _check(self) -> None:
        some, self._soon = self._soon, {}
        only_some = self._now.is_set() and bool(some) and not self._everything
        self._everything = False
        self._now.clear()
        self._checks += not only_some
        pairs = [(shop, id_) for id_, shop in some.items()] if only_some else self._all()
        try:
            for first in range(0, len(pairs), HEADS_AT_ONCE):
                heads = await self._log.heads(pairs[first : first + HEADS_AT_ONCE])
                await self._read_up(self._hub.lacking(heads))
                if not only_some and self._checks % ANNOUNCE_EVERY == 0:
                    self._announce(heads)
        except (psycopg.OperationalError, PoolTimeout):
            log.warning("Heads can't be read", conversations=len(pairs))
            await asyncio.sleep(RETRY_SECONDS)
            self.at_once()
        if not only_some:
            self._rooms.refresh()
            self._places.refresh()

    async def _read_up(self, lacking: dict[str, int]) -> None:
        """What is still missing after a moment was lost; in a lively chat something is always on its way."""
        if lacking:
            await asyncio.sleep(ON_ITS_WAY_SECONDS)
            self._hub.heads(lacking)

    def _all(self) -> list[tuple[str, str]]:
        return [(topic.shop, topic.conversation) for topic in self._hub.topics.values()]

    def _announce(self, heads: dict[str, int]) -> None:
        """Tell visitors' clients too: whoever has lost something on the way asks."""
        for conversation, head in heads.items():
            topic, id_ = self._hub.topics.get(conversation), uuid_or_none(conversation)
            if topic is None or id_ is None:
                continue
            frame = _encode(Heads(heads={id_: head})).decode()
            for follow in topic.follows:
                if follow.listener.audience == VISITOR and follow.last >= head:
                    follow.listener.outbox.put(frame)
