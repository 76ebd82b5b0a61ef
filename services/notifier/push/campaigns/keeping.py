"""Keeps campaigns going: writes down to whom they go, tells the log what came of it, and lets go of who is gone."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable
from typing import Final
from uuid import UUID

from contracts.engagement.campaign_commands import RemovePushSubscription
from services.common import erased
from services.common.broker import Broker
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.notifier.commands import send
from services.notifier.persisting import persist
from services.notifier.push.campaigns.cancelling import cancel_page
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


class Keeper:
    """Any number of processes may: who comes second to a campaign leaves it alone."""

    def __init__(self, pool: Pool, keys: KeyStore, broker: Broker, ready: Callable[[], None]) -> None:
        """`pool` commits each statement by itself; `ready` is called when there may be something to push."""
        self._pool, self._keys, self._broker, self._ready = pool, keys, broker, ready
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._wake.clear()
            if not await persist(self.round):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), EVERY_SECONDS)

    async def round(self) -> bool:
        """Each campaign a step. Returns whether there is more to do at once. Raises psycopg's errors while a database
        is away."""
        async with self._pool.connection() as connection:
            at_work = [row[0] for row in await (await connection.execute(_AT_WORK)).fetchall()]
        more = [await self._advance(campaign) for campaign in at_work]
        await self._let_go()
        return any(more)

    async def _advance(self, campaign: UUID) -> bool:
        async with self._pool.connection() as connection:
            more = await spread_page(connection, campaign) or await cancel_page(connection, campaign)
            self._ready()
            told = await step(connection, campaign) if self._broker.connected else []
        await send(self._broker, told)
        return more

    async def _let_go(self) -> None:
        """The keys of who is gone are destroyed, and the log is told: again until it has it."""
        async with self._pool.connection() as connection:
            gone = await (await connection.execute(_GONE, [AGAIN_SECONDS, GONE_AT_ONCE])).fetchall()
        if not gone:
            return
        persons: dict[str, list[str]] = defaultdict(list)
        for _, shop, person in gone:
            persons[shop].append(person)
        for shop, theirs in persons.items():
            await self._keys.destroy(shop, *theirs)
            await erased.tell(self._broker, shop, theirs)
        await send(self._broker, [_removal(subscription, shop) for subscription, shop, _ in gone])


def _removal(subscription: UUID, shop: str) -> RemovePushSubscription:
    return RemovePushSubscription(
        id=f"gone-{subscription.hex}",
        shop=shop,
        sender_kind="system",
        sender="shopbell",
        subscription=subscription,
        reason="gone",
    )
