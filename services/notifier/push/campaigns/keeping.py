"""Keeps campaigns going: writes down to whom they go, tells the log what came of it, and lets go of who is gone."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable
from typing import Final, NamedTuple
from uuid import UUID

from contracts.engagement.campaign_commands import RemovePushSubscription
from services.common import erased
from services.common.broker import Broker
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.notifier.commands import send
from services.notifier.persisting import persist
from services.notifier.push.campaigns.cancelling import cancel_page
from services.notifier.push.campaigns.queue import FIELD
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
    ) RETURNING id, shop, person, address
"""


class Gone(NamedTuple):
    """A subscription whose push service does not know it any more, or whose person was erased."""

    id: UUID
    shop: str
    person: str
    address: str


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
            rows = await (await connection.execute(_GONE, [AGAIN_SECONDS, GONE_AT_ONCE])).fetchall()
        gone = await self._still_gone([Gone(*row) for row in rows])
        persons: dict[str, list[str]] = defaultdict(list)
        for one in gone:
            persons[one.shop].append(one.person)
        for shop, theirs in persons.items():
            await self._keys.destroy(shop, *theirs)
            await erased.tell(self._broker, shop, theirs)
        await send(self._broker, [_removal(one.id, one.shop) for one in gone])

    async def _still_gone(self, gone: list[Gone]) -> list[Gone]:
        """Whoever turned push on again, after an erasure say, has another key than that of the address that is gone:
        the log knows of them, and the table soon will."""
        for one in gone:
            self._keys.forget(one.shop, one.person)
        keys = await self._keys.get_many((one.shop, one.person) for one in gone)
        found = [(one, keys.get((one.shop, one.person))) for one in gone]
        return [one for one, key in found if key is None or key.opens(one.address, FIELD)]


def _removal(subscription: UUID, shop: str) -> RemovePushSubscription:
    return RemovePushSubscription(
        id=f"gone-{subscription.hex}",
        shop=shop,
        sender_kind="system",
        sender="shopbell",
        subscription=subscription,
        reason="gone",
    )
