"""One attempt at pushing a reply to a visitor's browser: is it still wanted, seal it, hand it over, judge what came."""

import random
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

import msgspec

from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.logs import logger
from services.common.master_key import WrongMasterKey
from services.common.person_keys import Unreadable
from services.common.vapid import VapidKey, from_base64url
from services.notifier.outcomes import Later, Never, Outcome
from services.notifier.persisting import persist
from services.notifier.policy import pause_after
from services.notifier.push.campaigns.notices import Address, address_decoder
from services.notifier.push.campaigns.queue import FIELD
from services.notifier.push.holding import Holds
from services.notifier.push.sealing import headers, origin_of, sealed, topic_for
from services.notifier.push.services import NoSuchSubscription, PushServices, SlowDown
from services.notifier.push.shop_tokens import ShopTokens
from services.notifier.queue import Job, Queue
from services.notifier.replies.noting import GOOD_FOR
from services.notifier.replies.wanted import Shown, keys_of, shown, wanted

log = logger(__name__)

FIRST_PAUSE: Final = 2.0
GIVE_UP_SECONDS: Final = 300.0
"""After that a mail has to do, for those who gave an address."""

_GONE: Final = "UPDATE push.subscriber SET gone_at = now() WHERE id = %s AND address = %s"


class DueReply(Job, frozen=True, kw_only=True):
    """To one browser."""

    conversation: UUID
    seq: int
    subscription: UUID


def reply_queue(pool: Pool, lease: float) -> Queue[DueReply]:
    """The replies to push."""
    return Queue(pool, lease, "push.reply", DueReply)


class ReplyAttempts:
    """Makes attempts, any number at the same time."""

    def __init__(
        self,
        pool: Pool,
        keys: KeyStore,
        key_of: Callable[[str], Awaitable[VapidKey]],
        contact: str,
        *,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        """`key_of` reads a shop's; `contact`: see `Tokens`. `first_pause`: seconds before the second attempt."""
        self._pool, self._keys = pool, keys
        self._tokens = ShopTokens(key_of, contact)
        self._first_pause = first_pause
        self._holds = Holds()

    async def make(self, job: DueReply, services: PushServices) -> Outcome:
        """What comes of it. Raises WrongMasterKey: with that, nobody knows us."""
        try:
            return await self._make(job, services)
        except Unreadable:
            return Outcome("dropped")
        except Never as reason:
            return Outcome("failed", str(reason))
        except Later as reason:
            return self._later(job, reason)
        except WrongMasterKey:
            raise
        except Exception as error:
            log.error("A push could not be made", push=str(job.id), kind=job.kind, error=type(error).__name__)
            return Outcome("failed", "The push could not be made.")

    async def _make(self, job: DueReply, services: PushServices) -> Outcome:
        async def look() -> tuple[str, Address, Shown] | None:
            async with self._pool.connection() as connection:
                found = await wanted(connection, job.shop, job.conversation, job.subscription)
            keys = await keys_of(self._keys, job.shop, found) if found is not None else None
            if found is None or keys is None:
                return None
            return found.address, address_decoder.decode(keys[1].open(found.address, FIELD)), shown(found, keys[0])

        found = await persist(look)
        if found is None:
            return Outcome("dropped")
        kept, address, said = found
        if (wait := self._holds.wait(origin_of(address.endpoint))) > 0:
            return Outcome("not_yet", seconds=wait)
        try:
            await self._hand_over(job, address, said, services)
        except NoSuchSubscription:
            await persist(lambda: self._forget(job.subscription, kept))
            return Outcome("dropped", "The subscription has ended.")
        except SlowDown as reason:
            if reason.seconds:
                self._holds.hold(origin_of(address.endpoint), reason.seconds)
            raise
        return Outcome("sent")

    async def _hand_over(self, job: DueReply, address: Address, said: Shown, services: PushServices) -> None:
        tokens, topic = await self._tokens.of(job.shop), topic_for(job.conversation)
        about = headers(address.endpoint, tokens, topic=topic, ttl=GOOD_FOR.total_seconds())
        body = sealed(msgspec.json.encode(said), from_base64url(address.p256dh), from_base64url(address.auth))
        await services.push(address.endpoint, about, body)

    async def _forget(self, subscription: UUID, address: str) -> None:
        """The keeper of campaigns lets go of it, and tells the log."""
        async with self._pool.connection() as connection:
            await connection.execute(_GONE, [subscription, address])

    def _later(self, job: DueReply, reason: Later) -> Outcome:
        at_least = (reason.seconds or 0.0) if isinstance(reason, SlowDown) else 0.0
        pause = max(pause_after(job.attempts, self._first_pause, random.random()), at_least)
        if job.tried_for + pause > GIVE_UP_SECONDS:
            return Outcome("failed", str(reason))
        return Outcome("pending", str(reason), pause)
