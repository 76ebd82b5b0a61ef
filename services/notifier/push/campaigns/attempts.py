"""One attempt at one delivery of a campaign: is it still time, seal it, hand it over, and judge what came of it."""

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from contracts.engagement.campaigns import CampaignContent
from services.common.following import Pool
from services.common.logs import logger
from services.common.master_key import WrongMasterKey
from services.common.quiet_hours import quiet_end
from services.common.times import zone_of
from services.common.vapid import VapidKey
from services.notifier.outcomes import Later, Never, Outcome, Unanswered
from services.notifier.persisting import persist
from services.notifier.policy import pause_after
from services.notifier.push.campaigns.notices import Errand, Parcel, Spoken, address_decoder, parcel
from services.notifier.push.campaigns.queue import DueDelivery
from services.notifier.push.campaigns.timing import is_too_late
from services.notifier.push.holding import Holds
from services.notifier.push.services import NoSuchSubscription, PushServices, SlowDown, TooLarge
from services.notifier.push.shop_tokens import ShopTokens
from services.notifier.shops import settings_of

log = logger(__name__)

FIRST_PAUSE: Final = 2.0
MOST_KEPT: Final = 200

_CONTENT: Final = "SELECT content::text FROM push.campaign WHERE id = %s"
_SLOWED: Final = """
    WITH told AS (
        INSERT INTO push.slowed (service, until) VALUES (%s, now() + make_interval(secs => %s))
        ON CONFLICT (service) DO UPDATE SET until = greatest(slowed.until, excluded.until),
            since = CASE WHEN slowed.until < now() THEN now() ELSE slowed.since END
        RETURNING service, since, until
    )
    INSERT INTO push.pause (service, since, until) SELECT service, since, until FROM told
    ON CONFLICT (service, since) DO UPDATE SET until = greatest(pause.until, excluded.until)
"""


class DeliveryAttempts:
    """Makes attempts, any number at the same time."""

    def __init__(
        self,
        pool: Pool,
        key_of: Callable[[str], Awaitable[VapidKey]],
        contact: str,
        *,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        """`key_of` reads a shop's; `contact`: see `Tokens`. `first_pause`: seconds before the second attempt."""
        self._pool, self._tokens = pool, ShopTokens(key_of, contact)
        self._first_pause = first_pause
        self._holds = Holds()
        self._campaigns: dict[UUID, Spoken] = {}

    async def make(self, job: DueDelivery, services: PushServices) -> Outcome:
        """What comes of it. Raises WrongMasterKey: with that, nobody knows us."""
        try:
            return await self._make(job, services)
        except NoSuchSubscription:
            return Outcome("gone", "The subscription has ended.")
        except TooLarge as reason:
            return Outcome("too_large", str(reason))
        except Never as reason:
            return Outcome("failed", str(reason))
        except WrongMasterKey:
            raise
        except Exception as error:
            log.error("A push could not be made", push=str(job.id), kind=job.kind, error=type(error).__name__)
            return Outcome("failed", "The push could not be made.")

    async def _make(self, job: DueDelivery, services: PushServices) -> Outcome:
        if job.clear is None:
            raise NoSuchSubscription
        if job.spent:
            return Outcome("failed", "It may have gone out twice already.", uncertain=True)
        said = await self._said(job)
        content = said.content
        if is_too_late(content.ttl, job.age, job.tried_for if job.attempts > 1 else None):
            return Outcome("expired", "It is too late for it.")
        if (wait := self._holds.wait(job.service)) > 0:
            return Outcome("not_yet", seconds=wait)
        now = datetime.now(UTC)
        if (end := quiet_end(now, zone_of(job.zone), content.quiet_hours)) is not None:
            return Outcome("quiet", seconds=(end - now) / timedelta(seconds=1))
        return await self._hand_over(job, content.ttl, await self._sealed(job, said, job.clear), services)

    async def _hand_over(self, job: DueDelivery, ttl: int, sealed: Parcel, services: PushServices) -> Outcome:
        """Raises what the push service says for good."""
        try:
            await services.push(sealed.endpoint, sealed.headers, sealed.body)
        except SlowDown as reason:
            return await self._slow_down(job, ttl, reason)
        except Unanswered as reason:
            if job.uncertain:  # the next would be a third copy, and a fourth, to who is slow for hours
                return Outcome("failed", str(reason), uncertain=True)
            return self._later(job, ttl, str(reason), uncertain=True)
        except Later as reason:
            return self._later(job, ttl, str(reason))
        return Outcome("sent")

    async def _sealed(self, job: DueDelivery, said: Spoken, address: str) -> Parcel:
        reached, tokens = address_decoder.decode(address), await self._tokens.of(job.shop)
        return parcel(said, Errand(job.campaign, job.id, job.language, job.age), reached, tokens)

    async def _said(self, job: DueDelivery) -> Spoken:
        """It does not change once the campaign has started, but for the icon, as this process saw it first."""
        said = self._campaigns.get(job.campaign)
        if said is None:
            said = await persist(lambda: self._read(job))
            if len(self._campaigns) >= MOST_KEPT:
                self._campaigns.clear()
            self._campaigns[job.campaign] = said
        return said

    async def _read(self, job: DueDelivery) -> Spoken:
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_CONTENT, [job.campaign])).fetchone()
            settings = await settings_of(connection, job.shop)
        if row is None:
            raise Never("The campaign is not there any more.")
        return Spoken(msgspec.json.decode(row[0], type=CampaignContent), settings.push.icon if settings else "")

    async def _slow_down(self, job: DueDelivery, ttl: int, reason: SlowDown) -> Outcome:
        """Leave this push service alone for as long as it says, all of us."""
        if reason.seconds:
            seconds = reason.seconds
            self._holds.hold(job.service, seconds)
            await persist(lambda: self._note_slowed(job.service, seconds))
        return self._later(job, ttl, str(reason), at_least=reason.seconds or 0.0)

    async def _note_slowed(self, service: str, seconds: float) -> None:
        async with self._pool.connection() as connection:
            await connection.execute(_SLOWED, [service, seconds])

    def _later(
        self, job: DueDelivery, ttl: int, reason: str, *, at_least: float = 0.0, uncertain: bool = False
    ) -> Outcome:
        pause = max(pause_after(job.attempts, self._first_pause, random.random()), at_least)
        if is_too_late(ttl, job.age + pause, job.tried_for + pause):
            return Outcome("expired", reason, uncertain=uncertain)
        return Outcome("pending", reason, pause, uncertain=uncertain)
