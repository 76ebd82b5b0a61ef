"""What the owner of a partition does for its desks: deadlines, showing them, answering what gateways ask."""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import Final, get_args

from contracts.conversations.commands import SystemCommand
from contracts.conversations.events import DeskEvent
from contracts.desks import Leases, Query
from contracts.event import Event
from services.common.eventlog.clock import utc_now
from services.common.eventlog.definition import Surroundings
from services.common.eventlog.faults import Lost
from services.conversations.asks import Asks, Reply
from services.conversations.desks import DeskBucket, DeskViews
from services.conversations.watch import Watch

_DESK_EVENTS: Final = frozenset(get_args(DeskEvent))


class DeskDuties:
    """Of one partition."""

    def __init__(self, around: Surroundings) -> None:
        self._wake = around.wake
        self._asked: deque[tuple[Query, asyncio.Future[Reply]]] = deque()
        self._asks = Asks(around.held, around.load)
        self._watch = Watch(around.held, around.load, around.founders, utc_now())
        self._bucket = DeskBucket(around.broker)
        self._views = DeskViews(around.broker, self._bucket, around.wake)

    @property
    def busy(self) -> bool:
        """Whether somebody asks, or desks are to be seen after a takeover."""
        return bool(self._asked) or self._watch.sweeping

    def ask(self, query: Query) -> asyncio.Future[Reply]:
        """The answer comes between two batches."""
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._asked.append((query, future))
        self._wake()
        return future

    def renew(self, leases: Leases) -> None:
        """A gateway says who is connected."""
        self._watch.renew(leases, utc_now())

    async def begin(self) -> None:
        """Every desk has to be seen once. Raises LogAway."""
        await self._watch.begin()

    async def due(self, now: datetime) -> Sequence[SystemCommand]:
        """Deadlines that have passed. Raises LogAway."""
        return await self._watch.due(now)

    async def turn(self) -> None:
        """Answer, and show what has changed. Raises LogAway."""
        await self._answer_asks()
        if self._watch.sweeping:
            self._views.changed(await self._watch.sweep())
        for shop in self._views.due():
            if desk := await self._asks.desk(shop):
                await self._views.publish(desk)

    def stored(self, events: Sequence[Event]) -> None:
        """What has changed is to be shown, and its deadlines to be looked at."""
        desks = {event.shop for event in events if type(event) in _DESK_EVENTS}
        self._views.changed(desks)
        self._watch.look(desks)
        self._watch.talked({event.shop for event in events})

    async def run(self) -> None:
        """Write the bucket, until cancelled."""
        await self._bucket.run()

    def was_away(self) -> None:
        """That we were not told of anybody is nobody's absence."""
        self._watch.grace_starts_again(utc_now())

    def broker_back(self) -> None:
        """Whoever listens may have missed something: show all again."""
        self._views.all_again()

    def end(self) -> None:
        """Who asks asks again, and finds the next owner."""
        for _, future in self._asked:
            if not future.done():
                future.set_exception(Lost())

    async def _answer_asks(self) -> None:
        while self._asked:
            query, future = self._asked[0]
            reply = await self._asks.answer(query)
            if not future.done():
                future.set_result(reply)
            self._asked.popleft()
