"""The wiring of `shopbell serve notifier`."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from contracts import subjects
from services.common.broker import Broker
from services.common.database import open_pool
from services.common.dkim_keys import DkimKeys
from services.common.following import SIEVE_REST_SECONDS, Follower, Pool
from services.common.garbage import spare_collections
from services.common.health import Readiness, operations
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.positions import Positions
from services.common.settings import NotifierSettings
from services.common.sieve import Sieve
from services.common.stopping import end_tasks, stop_event
from services.common.vapid import ShopKeys, vapid_key
from services.notifier import engagement
from services.notifier.attempts import Attempts
from services.notifier.commands import send
from services.notifier.engagement import engagement_noting
from services.notifier.listening import listener
from services.notifier.noting import POSITIONS, noting
from services.notifier.push.attempts import DuePush, PushAttempts, push_queue
from services.notifier.push.campaigns.attempts import DeliveryAttempts
from services.notifier.push.campaigns.keeping import Keeper
from services.notifier.push.campaigns.queue import DeliveryQueue, DueDelivery
from services.notifier.push.campaigns.trials import DueTrial, TrialAttempts, trial_queue
from services.notifier.push.housekeeping import keep_house
from services.notifier.push.services import PushServices
from services.notifier.queue import mail_queue
from services.notifier.reading import Reader
from services.notifier.replies.attempts import DueReply, ReplyAttempts, reply_queue
from services.notifier.replies.unread import UnreadReplies
from services.notifier.reviews.bouncing import Bounces
from services.notifier.reviews.source import ReviewMails
from services.notifier.sender import A_CONNECTION, Figures, Sender
from services.notifier.smtp import Connection
from services.notifier.smtp_url import mail_server
from services.notifier.staff_mails import StaffMails

NAME: Final = "shopbell-notifier"
PUSHES: Final = Figures("pushes")
TRIALS: Final = Figures("push_trials")
REPLIES: Final = Figures("push_replies")
DELIVERIES: Final = Figures("push_deliveries", logged=False, lane="service")
"""What becomes of each stands in the ledger of its campaign."""
IDLE_IN_TRANSACTION_MS: Final = 10_000
"""A process that was paused in the middle of a page must not hold its partition for ever."""
FINISH_SECONDS: Final = 5.0
"""For what is under way when we are told to stop; what takes longer is sent again."""


async def serve(settings: NotifierSettings) -> None:
    """Note what the log calls for and send it, until told to stop.

    Raises SettingsError without a usable mail server, log_pages.CannotRead at an event of a newer release.
    """
    spare_collections()
    server = mail_server(settings)
    hello = settings.smtp_hello or await asyncio.to_thread(socket.getfqdn)
    connections = [
        Connection(server, hello=hello, timeout=settings.smtp_timeout) for _ in range(settings.smtp_connections)
    ]
    readiness = Readiness("databases", "broker")
    async with operations(settings.ops_port, readiness), AsyncExitStack() as stack:
        options = f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}"
        most = settings.smtp_connections + 2 * settings.push_connections + 8
        pool = await open_pool(settings.dsn_of("log"), NAME, max_size=most, brisk=True, options=options)
        stack.push_async_callback(pool.close)
        keys_pool = await open_pool(settings.dsn_of("keys"), NAME, brisk=True, options=options)
        stack.push_async_callback(keys_pool.close)
        master = MasterKey.load(settings)
        keys = KeyStore(keys_pool, master)
        attempts = Attempts(
            Reader(
                pool,
                keys,
                StaffMails(keys_pool, master),
                ReviewMails(keys_pool, master),
                public_url=settings.public_url,
                mail_from=settings.mail_from,
            ),
            DkimKeys(keys_pool, master),
            first_pause=settings.mail_retry_seconds,
            give_up_after=settings.mail_give_up_hours * 3_600,
        )
        mails = Sender(mail_queue(pool, settings.mail_lease_seconds), attempts, connections)
        services = push_services(settings)
        pushes = _push_sender(settings, pool, keys_pool, master, services)
        trials = trial_sender(settings, pool, keys_pool, master, services)
        replies = reply_sender(settings, pool, keys, master, services)
        deliveries = delivery_sender(settings, pool, keys_pool, master, services)
        broker = Broker()
        keeper = Keeper(pool, keys, broker, deliveries.wake)

        def noted() -> None:
            mails.wake()
            pushes.wake()
            replies.wake()

        def noted_there() -> None:
            mails.wake()
            keeper.wake()

        duties = _Duties(
            readers={
                subjects.CONVERSATIONS: ("mail", noting(pool, noted, settings.unread_mail_seconds), POSITIONS),
                subjects.ENGAGEMENT: ("outreach", engagement_noting(pool, noted_there), engagement.POSITIONS),
            },
            senders=[mails, pushes, trials, replies, deliveries],
            others=[
                keep_house(pool),
                keeper.run(),
                Bounces(pool, partial(send, broker)).run(),
                UnreadReplies(pool, settings.unread_mail_seconds, mails.wake).run(),
                _reach(broker, settings.nats_url),
            ],
        )
        await _work(settings, pool, keys, duties, readiness)


def push_services(settings: NotifierSettings) -> PushServices:
    """One pool of connections for all that is pushed."""
    at_once = settings.push_at_once + 4 * settings.push_connections + 2
    return PushServices(timeout=settings.push_timeout, private=settings.push_private_networks, at_once=at_once)


def _push_sender(
    settings: NotifierSettings, pool: Pool, keys_pool: Pool, master: MasterKey, services: PushServices
) -> Sender[DuePush, PushServices]:
    attempts = PushAttempts(pool, lambda: vapid_key(keys_pool, master), contact(settings))
    queue = push_queue(pool, settings.mail_lease_seconds)
    return Sender(queue, attempts, [services] * settings.push_connections, PUSHES, "after_push")


def trial_sender(
    settings: NotifierSettings, pool: Pool, keys_pool: Pool, master: MasterKey, services: PushServices
) -> Sender[DueTrial, PushServices]:
    """Of campaigns to the browsers of who composes them."""
    attempts = TrialAttempts(pool, lambda: vapid_key(keys_pool, master), contact(settings))
    return Sender(trial_queue(pool, settings.mail_lease_seconds), attempts, [services], TRIALS, "after_push")


def reply_sender(
    settings: NotifierSettings, pool: Pool, keys: KeyStore, master: MasterKey, services: PushServices
) -> Sender[DueReply, PushServices]:
    """Of operators' replies, to visitors."""
    attempts = ReplyAttempts(pool, keys, ShopKeys(keys.pool, master).of, contact(settings))
    queue = reply_queue(pool, settings.mail_lease_seconds)
    return Sender(queue, attempts, [services] * settings.push_connections, REPLIES, "after_push")


def delivery_sender(
    settings: NotifierSettings, pool: Pool, keys_pool: Pool, master: MasterKey, services: PushServices
) -> Sender[DueDelivery, PushServices]:
    """Of campaigns. `pool` commits each statement by itself."""
    keys = KeyStore(keys_pool, master, cache_size=1)  # nobody's is needed twice
    queue = DeliveryQueue(pool, keys, settings.mail_lease_seconds, 2 * settings.push_at_once_service)
    attempts = DeliveryAttempts(pool, ShopKeys(keys_pool, master).of, contact(settings))
    connections = [services] * (settings.push_at_once // A_CONNECTION)
    return Sender(queue, attempts, connections, DELIVERIES, "after_delivery", lane=settings.push_at_once_service)


def contact(settings: NotifierSettings) -> str:
    """Whom push services may turn to (RFC 8292, section 2.1): some take nothing from who does not say."""
    if settings.mail_from:
        return f"mailto:{settings.mail_from}"
    return settings.public_url if settings.public_url.startswith("https:") else ""


@dataclass(frozen=True)
class _Duties:
    """What is to be done until we are told to stop. `readers`: name, sieve and positions by log."""

    readers: dict[str, tuple[str, Sieve, Positions]]
    senders: Sequence[Sender[Any, Any]]
    others: Sequence[Coroutine[Any, Any, None]]


async def _work(settings: NotifierSettings, pool: Pool, keys: KeyStore, duties: _Duties, readiness: Readiness) -> None:
    followers = {
        log: Follower(
            name,
            sieve.advance,
            log_pool=pool,
            positions=(pool, positions),
            readiness=readiness,
            rest=SIEVE_REST_SECONDS,
            log=log,
        )
        for log, (name, sieve, positions) in duties.readers.items()
    }
    stopping = asyncio.create_task(stop_event().wait())
    rings = {log: follower.ring for log, follower in followers.items()}
    listening = asyncio.create_task(_listen(settings, rings, keys, readiness))
    following = [task for follower in followers.values() for task in follower.start()]
    sending = [task for sender in duties.senders for task in sender.start()]
    working = [*following, *sending, listening, *map(asyncio.create_task, duties.others)]
    try:
        await asyncio.wait((*working, stopping), return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*(sender.finish(FINISH_SECONDS) for sender in duties.senders))
    finally:
        await end_tasks(*working, stopping)
        await asyncio.gather(*(sender.stop() for sender in duties.senders))
    for task in working:
        if not task.cancelled():
            task.result()


async def _listen(
    settings: NotifierSettings, rings: Mapping[str, Callable[[int], None]], keys: KeyStore, readiness: Readiness
) -> None:
    """Hear the bells. Without a broker all is sent the same, by polling."""
    broker = listener(settings.nats_url, NAME, rings, keys)
    try:
        await broker.start()
        readiness.set("broker")
        await asyncio.Event().wait()
    finally:
        await broker.stop()


async def _reach(broker: Broker, url: str) -> None:
    """Be connected, for commands of our own."""
    try:
        await broker.connect(url, NAME)
        await asyncio.Event().wait()
    finally:
        await broker.close()
