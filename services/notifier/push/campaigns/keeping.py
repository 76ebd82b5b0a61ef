"""Keeps campaigns going: writes down to whom they go, tells the log what came of it, and lets go of who is gone."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from uuid import UUID

from contracts.command import Command
from contracts.engagement.campaign_commands import RemovePushSubscription
from services.common.following import Pool
from services.notifier.attempts import persist
from services.notifier.push.campaigns.spreading import spread_page
from services.notifier.push.campaigns.telling import step

EVERY_SECONDS: Final = 1.0
AGAIN_SECONDS: Final = 5.0
GONE_AT_ONCE: Final = 200

_AT_WORK: Final = """
    SELECT id FROM push.campaign
    WHERE status <> 'finished' OR EXISTS (SELECT FROM push.outcome WHERE outcome.campaign = campaign.id)
    ORDER BY started_at
"""
_GONE: Final = """
    UPDATE push.subscriber SET asked_at = now() WHERE id IN (
        SELECT id FROM push.subscriber
        WHERE gone_at IS NOT NULL AND (asked_at IS NULL OR asked_at < now() - make_interval(secs => %s))
        ORDER BY gone_at LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING id, shop, person
"""
_DESTROY: Final = """
    DELETE FROM person_key USING unnest(%s::text[], %s::text[]) AS gone (shop, person)
    WHERE person_key.shop = gone.shop AND person_key.person = gone.person
"""

Send = Callable[[Sequence[Command]], Awaitable[None]]
Tell = Callable[[str, Sequence[str]], Awaitable[Any]]


class Keeper:
    """Any number of processes may: who comes second to a campaign leaves it alone."""

    def __init__(self, pool: Pool, keys_pool: Pool, send: Send, tell: Tell, ready: Callable[[], None]) -> None:
        """`send` may lose commands; `tell` says that persons' keys are destroyed; `ready`: there is something to push.
        `pool` commits each statement by itself."""
        self._pool, self._keys_pool, self._send, self._tell, self._ready = pool, keys_pool, send, tell, ready
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._wake.clear()
            await persist(self.round)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), EVERY_SECONDS)

    async def round(self) -> None:
        """Once. Raises psycopg's errors while a database is away."""
        async with self._pool.connection() as connection:
            at_work = [row[0] for row in await (await connection.execute(_AT_WORK)).fetchall()]
        for campaign in at_work:
            await self._advance(campaign)
        await self._let_go()

    async def _advance(self, campaign: UUID) -> None:
        async with self._pool.connection() as connection:
            while await spread_page(connection, campaign):
                self._ready()
            told = await step(connection, campaign)
        self._ready()
        await self._send(told)

    async def _let_go(self) -> None:
        """The keys of who is gone are destroyed, and the log is told: again until it has it."""
        async with self._pool.connection() as connection:
            gone = await (await connection.execute(_GONE, [AGAIN_SECONDS, GONE_AT_ONCE])).fetchall()
        if not gone:
            return
        persons: dict[str, list[str]] = defaultdict(list)
        for _, shop, person in gone:
            persons[shop].append(person)
        async with self._keys_pool.connection() as connection:
            await connection.execute(_DESTROY, [[shop for _, shop, _ in gone], [person for *_, person in gone]])
        for shop, theirs in persons.items():
            await self._tell(shop, theirs)
        await self._send([_removal(subscription, shop) for subscription, shop, _ in gone])


def _removal(subscription: UUID, shop: str) -> RemovePushSubscription:
    return RemovePushSubscription(
        id=f"gone-{subscription.hex}",
        shop=shop,
        sender_kind="system",
        sender="shopbell",
        subscription=subscription,
        reason="gone",
    )
