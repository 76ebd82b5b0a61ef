"""One shop under load: an operator, visitors who talk, one who only listens, and two who fight for the last channel."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Coroutine
from typing import Any

from tests.support.journal import Journal
from tests.support.protocol_client import Operator, RejectedError, Session, Visitor

LIMIT = 4
"""Conversations at once: two talk, one listens, and one channel is fought for."""
UNANSWERED_MOST = 20
"""A client with that many commands on their way waits, as people would."""
CONNECT_TRIES = 20
FIGHTERS = ("c1", "c2")
TALKERS = ("v1", "v2")
SILENT = "silent"


class ShopLoad:
    """All clients of one shop; names are `<shop>/<role>`."""

    def __init__(
        self, shop: str, cookie: str, gateways: list[str], journal: Journal, chance: random.Random, rate: float
    ) -> None:
        """`rate`: messages a second of this shop, both ways together."""
        self.shop, self.chance, self.rate = shop, chance, rate
        self.refused: Counter[str] = Counter()
        self.sent = 0

        def options(name: str) -> dict[str, Any]:
            order = gateways if chance.random() < 0.5 else gateways[::-1]
            client = {"name": f"{shop}/{name}", "journal": journal, "persistent": True, "keep_events": False}
            return {"gateways": order, "chance": chance, **client}

        self.operator = Operator(cookie=cookie, **options("op"))
        self.visitors = {name: Visitor(shop=shop, **options(name)) for name in (*TALKERS, SILENT, *FIGHTERS)}

    @property
    def clients(self) -> list[Session]:
        return [self.operator, *self.visitors.values()]

    async def open(self) -> None:
        """Everybody comes, the operator goes online, and the conversations that last are started."""
        for client in self.clients:
            await self._connect(client)
        await self.operator.go_online(LIMIT)
        for name in (*TALKERS, SILENT):
            await self.visitors[name].start(f"Hello, I am {name} of {self.shop}")

    def play(self) -> list[Coroutine[Any, Any, None]]:
        """What goes on until it is cancelled."""
        return [self._talk(), self._tell_the_silent(), *(self._fight(self.visitors[name]) for name in FIGHTERS)]

    def unanswered(self) -> int:
        return sum(len(client.unanswered) for client in self.clients)

    def behind(self) -> int:
        """Conversations of which one side has seen less than the other."""
        pairs = [(visitor, visitor.conversation) for visitor in self.visitors.values() if visitor.conversation]
        return sum(v.inbox.seen[conversation] != self.operator.inbox.seen[conversation] for v, conversation in pairs)

    def away(self) -> int:
        """Clients without a socket."""
        return sum(client.welcome is None for client in self.clients)

    async def close(self) -> None:
        await asyncio.gather(*(client.close() for client in self.clients))

    async def _connect(self, client: Session) -> None:
        for attempt in range(CONNECT_TRIES):
            try:
                await client.connect()
                return
            except (OSError, TimeoutError):
                if attempt == CONNECT_TRIES - 1:
                    raise
                await asyncio.sleep(self.chance.uniform(0.2, 1.0))

    async def _talk(self) -> None:
        """Messages both ways, sent without waiting for the answers to earlier ones."""
        while True:
            visitor = self.visitors[self.chance.choice(TALKERS)]
            speaker: Session = visitor if self.chance.random() < 0.5 else self.operator
            self._say(speaker, visitor.conversation)
            await asyncio.sleep(self.chance.expovariate(self.rate))

    async def _tell_the_silent(self) -> None:
        while True:
            self._say(self.operator, self.visitors[SILENT].conversation)
            await asyncio.sleep(self.chance.uniform(0.2, 1.5))

    async def _fight(self, visitor: Visitor) -> None:
        """Start when there is room, talk step by step, end, and start again."""
        while True:
            await asyncio.sleep(self.chance.uniform(0.1, 0.6))
            try:
                await visitor.start("Is anybody there?")
                for number in range(3):
                    await visitor.say_here(f"{number}: {self._words()}")
                    await self.operator.say(visitor.conversation, f"and {number}: {self._words()}")
                    self.sent += 2
                await visitor.end(visitor.conversation)
            except RejectedError as error:
                self.refused[error.code] += 1

    def _say(self, speaker: Session, conversation: str) -> None:
        if len(speaker.unanswered) < UNANSWERED_MOST:
            speaker.command("say", conversation=conversation, text=self._words())
            self.sent += 1

    def _words(self) -> str:
        return " ".join(self.chance.choices(("size", "blue", "ship", "return", "żółty", "order", "😀"), k=6))
