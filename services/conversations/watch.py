"""Looks after a partition's desks: which deadlines have passed, and which desks there are after a takeover."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from itertools import islice
from math import inf
from time import perf_counter
from typing import Final
from uuid import UUID

from contracts.conversations.commands import SystemCommand
from contracts.desks import Leases
from contracts.ids import desk_id
from services.common.eventlog.held import Held
from services.conversations.deadlines import due
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk
from services.conversations.presence import Connections

LOOK_SECONDS: Final = 1.0
"""From a change of a desk, or of who is connected, to a look at its deadlines."""
TALK_SECONDS: Final = 10.0
"""The same after a message, at most: all that it can change is whether it waits for an answer, or is forgotten."""
LINE_SECONDS: Final = 0.1
"""The same of who is connected, while somebody waits in line: who comes back is served at once."""
SHARE_OF_TIME: Final = 1 / 500
"""What looking at one desk may take of all time: a look costs as much as there are conversations on the desk."""
EXPIRE_SECONDS: Final = 2.0
DESKS_AT_ONCE: Final = 32

Load = Callable[[Iterable[UUID]], Awaitable[None]]
Founders = Callable[[str], Awaitable[list[UUID]]]


class Watch:
    """Deadlines stand in the desks' state; here stands only when to look at which desk next."""

    def __init__(self, held: Held, load: Load, founders: Founders, now: datetime) -> None:
        self._held, self._load, self._founders = held, load, founders
        self._connections = Connections(now)
        self._look_at: dict[str, float] = {}
        self._soonest = inf
        self._not_before: dict[str, float] = {}
        self._unseen: deque[UUID] = deque()
        self._expire_at = 0.0

    @property
    def sweeping(self) -> bool:
        """Whether there are desks that were not looked at since the takeover."""
        return bool(self._unseen)

    async def begin(self) -> None:
        """After a takeover: every desk of the partition has to be seen once. Raises LogAway."""
        self._unseen = deque(await self._founders("desk.opened.%"))

    async def sweep(self) -> list[str]:
        """Look at some more desks. Returns the shops where something goes on or is to come. Raises LogAway."""
        some = [self._unseen.popleft() for _ in range(min(DESKS_AT_ONCE, len(self._unseen)))]
        try:
            if missing := self._held.missing(some):
                await self._load(missing)
        except BaseException:
            self._unseen.extendleft(some)
            raise
        alive = [desk.shop for desk in map(self._held.peek, some) if isinstance(desk, Desk) and _is_alive(desk)]
        self.look(alive)
        return alive

    def renew(self, leases: Leases, now: datetime) -> None:
        """A gateway says who is connected."""
        for shop in self._connections.renew(leases, now):
            desk = self._desk(shop)
            self.look([shop], LINE_SECONDS if desk is not None and desk.seats.line else LOOK_SECONDS)

    def grace_starts_again(self, now: datetime) -> None:
        """The broker was away: nobody is absent for longer than since now."""
        self._connections.grace_starts_again(now)
        self.look(list(self._look_at))

    def look(self, shops: Iterable[str], seconds: float = LOOK_SECONDS) -> None:
        """Something has changed in these shops: look soon."""
        now = asyncio.get_running_loop().time()
        for shop in shops:
            soon = max(now + seconds, self._not_before.get(shop, 0.0))
            if self._look_at.get(shop, soon) >= soon:
                self._look_at[shop] = soon
                self._soonest = min(self._soonest, soon)

    def talked(self, shops: Iterable[str]) -> None:
        """Something was said in these shops: look before anybody can have waited too long for an answer."""
        for shop in shops:
            desk = self._desk(shop)
            patience = desk.rules.unanswered_after if desk is not None else None
            self.look([shop], min(TALK_SECONDS, patience or TALK_SECONDS))

    async def due(self, now: datetime) -> list[SystemCommand]:
        """The commands whose time has come. Raises LogAway."""
        time = asyncio.get_running_loop().time()
        if self._expire_at <= time:
            self._expire_at = time + EXPIRE_SECONDS
            self.look(self._connections.expire(now))
        commands: list[SystemCommand] = []
        for desk in await self._ripe(time):
            started = perf_counter()
            found = due(desk, self._connections.of(desk.shop, now), self._conversation, now)
            self._pause(desk.shop, time, perf_counter() - started)
            commands += found.commands
            if found.commands:
                self.look([desk.shop])
            elif found.look_next is not None:
                self.look([desk.shop], max(LOOK_SECONDS, (found.look_next - now).total_seconds()))
        return commands

    async def _ripe(self, time: float) -> list[Desk]:
        """The desks to look at by now. Of those that sleep only some, so that commands don't wait for all of them."""
        if time < self._soonest:
            return []
        ripe = {desk_id(shop): shop for shop, at in self._look_at.items() if at <= time}
        asleep = self._held.missing(ripe)
        if asleep:
            woken = set(islice(asleep, DESKS_AT_ONCE))
            await self._load(woken)
            ripe = {desk: shop for desk, shop in ripe.items() if desk in woken or desk not in asleep}
        for shop in ripe.values():
            del self._look_at[shop]
        self._soonest = min(self._look_at.values(), default=inf)
        return [desk for desk in map(self._held.peek, ripe) if isinstance(desk, Desk)]

    def _pause(self, shop: str, now: float, cost: float) -> None:
        """Whose desk takes long to look at is looked at less often."""
        pause = cost / SHARE_OF_TIME
        if pause > LOOK_SECONDS:
            self._not_before[shop] = now + min(pause, TALK_SECONDS)
        else:
            self._not_before.pop(shop, None)

    def _conversation(self, conversation: UUID) -> Conversation | None:
        found = self._held.peek(conversation)
        return found if isinstance(found, Conversation) else None

    def _desk(self, shop: str) -> Desk | None:
        found = self._held.peek(desk_id(shop))
        return found if isinstance(found, Desk) else None


def _is_alive(desk: Desk) -> bool:
    timed = desk.rules.hours is not None or desk.retention_due() is not None
    return bool(desk.operators or desk.seats.all) or (timed and not desk.closed)
