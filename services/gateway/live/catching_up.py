"""Brings sockets up to date from the log, page by page, as fast as each of them reads."""

import asyncio
from typing import Final

import msgspec
import psycopg
from psycopg_pool import PoolTimeout

from contracts.conversations.events import ConversationEvent, ConversationStarted
from contracts.sockets.common import Resumed
from services.common.key_store import KeyStore
from services.common.logs import logger
from services.gateway.directory import Directory
from services.gateway.live.following import Follow
from services.gateway.live.marks import Marks
from services.gateway.live.views import Frames, Views, operators_of
from services.gateway.log_reader import LogReader, uuid_or_none
from services.gateway.shops import StaffNames

log = logger(__name__)

AT_ONCE: Final = 8
"""Pages read at the same time; the others wait their turn."""
RETRY_SECONDS: Final = 0.5
DATABASE_AWAY: Final = (psycopg.OperationalError, PoolTimeout)

_encode: Final = msgspec.json.Encoder().encode


class CatchingUp:
    """Reads missed events and hands them to the socket."""

    def __init__(
        self,
        log_reader: LogReader,
        directory: Directory,
        keys: KeyStore,
        names: StaffNames,
        views: Views,
        marks: Marks,
    ) -> None:
        self._log = log_reader
        self._directory = directory
        self._keys = keys
        self._names = names
        self._views = views
        self._marks = marks
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def run(self, follow: Follow) -> None:
        """Until nothing is missing; while the database is away, until it is back."""
        try:
            while follow.again and not follow.listener.outbox.closed:
                follow.again = False
                try:
                    await self._read_to_the_end(follow)
                    await self._report(follow)
                except DATABASE_AWAY:
                    log.warning("Missed events can't be read", shop=follow.shop, conversation=follow.conversation)
                    follow.again = True
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            if follow.task is asyncio.current_task():
                follow.task = None

    async def _read_to_the_end(self, follow: Follow) -> None:
        while not follow.listener.outbox.closed:
            after = follow.last
            async with self._turns:
                events = await self._log.page(follow.shop, follow.conversation, after)
                built = await self.frames(follow.shop, follow.conversation, events)
            await follow.listener.outbox.drained()
            for event, frames in zip(events, built, strict=True):
                if event.originator_version == follow.last + 1:
                    follow.last += 1
                    follow.listener.outbox.put(frames[follow.listener.audience])
            if not events:
                follow.last = min(follow.last, await self._head(follow)) if follow.asked else follow.last
                return

    async def _head(self, follow: Follow) -> int:
        """The newest `seq`: a client may have claimed to know more."""
        heads = await self._log.heads([(follow.shop, follow.conversation)])
        return heads.get(follow.conversation, 0)

    async def _report(self, follow: Follow) -> None:
        if not follow.asked or follow.again:
            return
        conversation = uuid_or_none(follow.conversation)
        marks = await self._marks.of(follow.shop, follow.conversation)
        if conversation is not None:
            resumed = Resumed(conversation=conversation, seq=follow.last, read=marks.read, received=marks.received)
            frame = _encode(resumed).decode()
            for _ in range(follow.asked):
                follow.listener.outbox.put(frame)
        follow.asked = 0

    async def frames(self, shop: str, conversation: str, events: list[ConversationEvent]) -> list[Frames]:
        """The frames of events of one conversation. Raises psycopg's errors while the database is away."""
        if not events:
            return []
        if isinstance(events[0], ConversationStarted):
            self._directory.learn(events[0])
        owner = await self._directory.get(shop, conversation)
        key = await self._keys.get(shop, owner.person) if owner is not None else None
        await self._names.refresh(shop, {one for event in events for one in operators_of(event)})
        return [self._views.frames(event, key) for event in events]
