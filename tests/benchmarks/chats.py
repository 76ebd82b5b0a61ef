"""Open chats: operators online, visitors in conversation with them, all through real sockets."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.product import Shop
from tests.support.protocol_client import Operator, Visitor, put_settings, sign_in

AT_ONCE = 64
SOURCES = 50
"""How many loopback addresses the sockets come from: each has 28,000 ports of its own."""

_sources = itertools.cycle(f"127.0.1.{number}" for number in range(1, SOURCES + 1))


@dataclass(eq=False)
class Chat:
    """One conversation and the two clients in it."""

    visitor: Visitor
    operator: Operator

    @property
    def conversation(self) -> str:
        """Its id."""
        return self.visitor.conversation


class Chats:
    """Operators and visitors of several shops over the given gateways."""

    def __init__(self, shops: Sequence[Shop], gateways: Sequence[str]) -> None:
        self.shops = shops
        self.gateways = gateways
        self.operators: dict[str, Operator] = {}
        self.chats: list[Chat] = []

    async def open_desks(self, room: int, *, at: str = "") -> None:
        """An operator of each shop goes online with `room` channels (the limit is as high), at one gateway or all."""
        for number, shop in enumerate(self.shops):
            gateway = at or self.gateways[(number + 1) % len(self.gateways)]
            cookie = await sign_in(gateway, shop.email, shop.password)
            wanted = {"limit": room, "channels_per_operator": room, "origins": list(self.gateways)}
            await put_settings(gateway, cookie, shop.id, **wanted)
            operator = Operator([gateway], cookie=cookie, whole=False, persistent=True, keep_events=False)
            await operator.arrive()
            await operator.go_online(room)
            self.operators[shop.id] = operator

    async def open(self, count: int, *, routes: Sequence[Sequence[str]] = ()) -> list[Chat]:
        """`count` more chats, spread over shops and routes; each visitor has said one thing.

        A route is a list of gateways: the first is connected to, the others are where to come back.
        """
        routes = routes or [[*self.gateways[n:], *self.gateways[:n]] for n in range(len(self.gateways))]
        opening = (
            self._open_one(self.shops[number % len(self.shops)], routes[number // len(self.shops) % len(routes)])
            for number in range(count)
        )
        opened = await in_groups(opening)
        self.chats += opened
        return opened

    async def close(self) -> None:
        """Close all sockets."""
        sessions = [*(chat.visitor for chat in self.chats), *self.operators.values()]
        await in_groups(session.close() for session in sessions)

    async def _open_one(self, shop: Shop, route: Sequence[str]) -> Chat:
        visitor = Visitor(route, shop.id, keep_events=False, persistent=True, local_address=next(_sources))
        await visitor.arrive()
        await visitor.start("Hello, is anybody there?")
        operator = self.operators[shop.id]
        heard = operator.inbox.seen
        await operator.wait_for(lambda: visitor.conversation in heard, 30)
        return Chat(visitor, operator)


async def in_groups(works: Iterable[Awaitable[Any]], at_once: int = AT_ONCE) -> list[Any]:
    """Await all, `at_once` at a time; the results in order."""
    gate = asyncio.Semaphore(at_once)

    async def one(work: Awaitable[Any]) -> Any:
        async with gate:
            return await work

    return await asyncio.gather(*(one(work) for work in works))
