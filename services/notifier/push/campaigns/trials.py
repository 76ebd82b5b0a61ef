"""A campaign as staff send it to their own browsers to see it: by the dashboard's service worker, with its key."""

import random
from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from contracts.engagement.campaigns import CampaignContent
from services.common.following import Pool
from services.common.logs import logger
from services.common.master_key import WrongMasterKey
from services.common.vapid import VapidKey
from services.notifier.outcomes import Later, Never, Outcome
from services.notifier.persisting import persist
from services.notifier.policy import pause_after
from services.notifier.push.campaigns.notices import texts
from services.notifier.push.noting import LIVE
from services.notifier.push.sealing import Tokens, headers, sealed, topic_for
from services.notifier.push.services import NoSuchSubscription, PushServices
from services.notifier.queue import Job, Queue
from services.notifier.shops import settings_of

log = logger(__name__)

FIRST_PAUSE: Final = 2.0
GIVE_UP_SECONDS: Final = 60.0
"""Whoever waits for it has looked away by then."""

_TARGET: Final = f"""
    SELECT endpoint, p256dh, auth FROM push.trial JOIN {LIVE} ON subscription.id = trial.subscription
    WHERE trial.id = %s AND subscription.account = trial.account
"""


class DueTrial(Job, frozen=True, kw_only=True):
    """To one browser."""

    campaign: UUID
    subscription: UUID
    language: str
    content: dict[str, Any]


class Tried(Struct, kw_only=True, omit_defaults=True):
    """What the dashboard's service worker shows: to who looks at the dashboard, too. `url`, `icon`: the shop's."""

    kind: str
    title: str
    body: str
    lang: str
    url: str
    icon: str = ""
    tag: str


def trial_queue(pool: Pool, lease: float) -> Queue[DueTrial]:
    """The trials."""
    return Queue(pool, lease, "push.trial", DueTrial)


class TrialAttempts:
    """Makes attempts, any number at the same time."""

    def __init__(self, pool: Pool, key: Callable[[], Awaitable[VapidKey]], contact: str) -> None:
        """`key` reads the installation's; `contact`: see `Tokens`."""
        self._pool, self._key, self._contact = pool, key, contact
        self._tokens: Tokens | None = None

    async def make(self, job: DueTrial, services: PushServices) -> Outcome:
        """What comes of it. Raises WrongMasterKey: with that, nobody knows us."""
        try:
            await self._hand_over(job, services)
        except NoSuchSubscription:
            return Outcome("dropped", "The subscription has ended.")
        except Never as reason:
            return Outcome("failed", str(reason))
        except Later as reason:
            if job.tried_for > GIVE_UP_SECONDS:
                return Outcome("failed", str(reason))
            return Outcome("pending", str(reason), pause_after(job.attempts, FIRST_PAUSE, random.random()))
        except WrongMasterKey:
            raise
        except Exception as error:
            log.error("A push could not be made", push=str(job.id), kind=job.kind, error=type(error).__name__)
            return Outcome("failed", "The push could not be made.")
        return Outcome("sent")

    async def _hand_over(self, job: DueTrial, services: PushServices) -> None:
        (endpoint, p256dh, auth), icon = await persist(lambda: self._target(job))
        if self._tokens is None:
            self._tokens = Tokens(await persist(self._key), self._contact)
        content = msgspec.convert(job.content, CampaignContent)
        title, body = texts(content, job.language)
        tag = f"shopbell-trial:{job.id}"
        said = Tried(kind="trial", title=title, body=body, lang=job.language, url=content.url, icon=icon, tag=tag)
        about = headers(endpoint, self._tokens, topic=topic_for(job.id), ttl=GIVE_UP_SECONDS)
        await services.push(endpoint, about, sealed(msgspec.json.encode(said), p256dh, auth))

    async def _target(self, job: DueTrial) -> tuple[tuple[str, bytes, bytes], str]:
        """The browser, and the shop's icon."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_TARGET.encode(), [job.id])).fetchone()
            if row is None:
                raise NoSuchSubscription
            settings = await settings_of(connection, job.shop)
        endpoint, p256dh, auth = row
        return (endpoint, p256dh, auth), settings.push.icon if settings else ""
