"""One attempt at one push: is it still wanted, seal it, hand it over, and judge what came of it."""

import random
import time
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple
from uuid import UUID

from services.common.following import Pool
from services.common.logs import logger
from services.common.master_key import WrongMasterKey
from services.common.vapid import VapidKey
from services.notifier.outcomes import Later, Never, Outcome
from services.notifier.persisting import persist
from services.notifier.policy import pause_after
from services.notifier.push.holding import Holds
from services.notifier.push.noting import LIVE
from services.notifier.push.policy import ABSENT_FOR, GOOD_FOR
from services.notifier.push.sealing import Tokens, headers, origin_of, payload, sealed, topic_for
from services.notifier.push.services import NoSuchSubscription, PushServices, SlowDown
from services.notifier.queue import Job, Queue

log = logger(__name__)

FIRST_PAUSE: Final = 2.0

_TARGET: Final = f"""
    SELECT endpoint, p256dh, auth, locale, extract(epoch FROM now() - message.created_at)::float8
    FROM push.message JOIN {LIVE} ON subscription.id = message.subscription
    JOIN push.absence ON absence.operator = message.operator AND absence.shop = message.shop
        AND absence.since > now() - %s
    JOIN staff.membership ON membership.account = message.operator AND membership.shop = message.shop
        AND left_at IS NULL
    WHERE message.id = %s AND subscription.account = message.operator
"""
_GONE: Final = "DELETE FROM push.subscription WHERE id = %s AND endpoint = %s"


class DuePush(Job, frozen=True, kw_only=True):
    """A push to one browser."""

    operator: str
    conversation: UUID
    seq: int
    subscription: UUID


class Target(NamedTuple):
    """Where it goes, and how many seconds ago it was called for."""

    endpoint: str
    p256dh: bytes
    auth: bytes
    locale: str
    age: float


def push_queue(pool: Pool, lease: float) -> Queue[DuePush]:
    """The pushes."""
    return Queue(pool, lease, "push.message", DuePush)


class PushAttempts:
    """Makes attempts, any number at the same time."""

    def __init__(
        self,
        pool: Pool,
        key: Callable[[], Awaitable[VapidKey]],
        contact: str,
        *,
        first_pause: float = FIRST_PAUSE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`key` reads the installation's; `contact`: see `Tokens`. `first_pause`: seconds before the second attempt."""
        self._pool, self._key, self._contact = pool, key, contact
        self._first_pause = first_pause
        self._tokens: Tokens | None = None
        self._holds = Holds(clock)

    async def make(self, push: DuePush, services: PushServices) -> Outcome:
        """What comes of it. Raises WrongMasterKey: with that, nobody knows us."""
        target = await persist(lambda: self._target(push))
        if target is None:
            return Outcome("dropped")
        if target.age > GOOD_FOR.total_seconds():
            return Outcome("failed", "It is too late for it.")
        if (wait := self._holds.wait(origin_of(target.endpoint))) > 0:
            return Outcome("not_yet", seconds=wait)
        try:
            await self._hand_over(push, target, services)
        except NoSuchSubscription:
            await persist(lambda: self._forget(push, target))
            return Outcome("dropped", "The subscription has ended.")
        except Never as reason:
            return Outcome("failed", str(reason))
        except SlowDown as reason:
            if reason.seconds:
                self._holds.hold(origin_of(target.endpoint), reason.seconds)
            return self._later(push, target, str(reason), reason.seconds)
        except Later as reason:
            return self._later(push, target, str(reason), None)
        except WrongMasterKey:
            raise
        except Exception as error:
            log.error("A push could not be made", push=str(push.id), kind=push.kind, error=type(error).__name__)
            return Outcome("failed", "The push could not be made.")
        return Outcome("sent")

    async def _hand_over(self, push: DuePush, target: Target, services: PushServices) -> None:
        if self._tokens is None:
            self._tokens = Tokens(await persist(self._key), self._contact)
        body = sealed(payload(push.kind, push.conversation, target.locale), target.p256dh, target.auth)
        ttl = GOOD_FOR.total_seconds() - target.age
        said = headers(target.endpoint, self._tokens, topic=topic_for(push.conversation), ttl=ttl)
        await services.push(target.endpoint, said, body)

    async def _target(self, push: DuePush) -> Target | None:
        """None if it is not wanted any more: they are back, have signed out there, or the browser is another's."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_TARGET.encode(), [ABSENT_FOR, push.id])).fetchone()
        return Target(*row) if row else None

    async def _forget(self, push: DuePush, target: Target) -> None:
        async with self._pool.connection() as connection:
            await connection.execute(_GONE, [push.subscription, target.endpoint])

    def _later(self, push: DuePush, target: Target, reason: str, at_least: float | None) -> Outcome:
        pause = max(pause_after(push.attempts, self._first_pause, random.random()), at_least or 0.0)
        if target.age + pause > GOOD_FOR.total_seconds():
            return Outcome("failed", reason)
        return Outcome("pending", reason, pause)
