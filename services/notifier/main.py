"""The wiring of `shopbell serve notifier`."""

import asyncio
import socket
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any, Final

from services.common.database import open_pool
from services.common.dkim_keys import DkimKeys
from services.common.following import SIEVE_REST_SECONDS, Follower, Pool
from services.common.health import Readiness, operations
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import NotifierSettings
from services.common.sieve import Sieve
from services.common.stopping import end_tasks, stop_event
from services.common.vapid import vapid_key
from services.notifier.attempts import Attempts
from services.notifier.listening import listener
from services.notifier.noting import POSITIONS, noting
from services.notifier.push.attempts import DuePush, PushAttempts, push_queue
from services.notifier.push.housekeeping import keep_house
from services.notifier.push.services import PushServices
from services.notifier.queue import mail_queue
from services.notifier.reading import Reader
from services.notifier.sender import Figures, Sender
from services.notifier.smtp import Connection
from services.notifier.smtp_url import mail_server
from services.notifier.staff_mails import StaffMails

NAME: Final = "shopbell-notifier"
PUSHES: Final = Figures("pushes")
IDLE_IN_TRANSACTION_MS: Final = 10_000
"""A process that was paused in the middle of a page must not hold its partition for ever."""
FINISH_SECONDS: Final = 5.0
"""For what is under way when we are told to stop; what takes longer is sent again."""


async def serve(settings: NotifierSettings) -> None:
    """Note what the log calls for and send it, until told to stop.

    Raises SettingsError without a usable mail server, log_pages.CannotRead at an event of a newer release.
    """
    server = mail_server(settings)
    hello = settings.smtp_hello or await asyncio.to_thread(socket.getfqdn)
    connections = [
        Connection(server, hello=hello, timeout=settings.smtp_timeout) for _ in range(settings.smtp_connections)
    ]
    readiness = Readiness("databases", "broker")
    async with operations(settings.ops_port, readiness), AsyncExitStack() as stack:
        options = f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}"
        most = settings.smtp_connections + settings.push_connections + 3
        pool = await open_pool(settings.dsn_of("log"), NAME, max_size=most, brisk=True, options=options)
        stack.push_async_callback(pool.close)
        keys_pool = await open_pool(settings.dsn_of("keys"), NAME, brisk=True, options=options)
        stack.push_async_callback(keys_pool.close)
        master = MasterKey.load(settings)
        keys = KeyStore(keys_pool, master)
        attempts = Attempts(
            Reader(
                pool, keys, StaffMails(keys_pool, master), public_url=settings.public_url, mail_from=settings.mail_from
            ),
            DkimKeys(keys_pool, master),
            first_pause=settings.mail_retry_seconds,
            give_up_after=settings.mail_give_up_hours * 3_600,
        )
        mails = Sender(mail_queue(pool, settings.mail_lease_seconds), attempts, connections)
        pushes = _push_sender(settings, pool, keys_pool, master)

        def noted() -> None:
            mails.wake()
            pushes.wake()

        await _work(settings, pool, noting(pool, noted), keys, [mails, pushes], readiness)


def _push_sender(
    settings: NotifierSettings, pool: Pool, keys_pool: Pool, master: MasterKey
) -> Sender[DuePush, PushServices]:
    services = PushServices(timeout=settings.push_timeout, private=settings.push_private_networks)
    attempts = PushAttempts(pool, lambda: vapid_key(keys_pool, master), contact(settings))
    queue = push_queue(pool, settings.mail_lease_seconds)
    return Sender(queue, attempts, [services] * settings.push_connections, PUSHES, "after_push")


def contact(settings: NotifierSettings) -> str:
    """Whom push services may turn to (RFC 8292, section 2.1): some take nothing from who does not say."""
    if settings.mail_from:
        return f"mailto:{settings.mail_from}"
    return settings.public_url if settings.public_url.startswith("https:") else ""


async def _work(
    settings: NotifierSettings,
    pool: Pool,
    sieve: Sieve,
    keys: KeyStore,
    senders: Sequence[Sender[Any, Any]],
    readiness: Readiness,
) -> None:
    follower = Follower(
        "mail", sieve.advance, log_pool=pool, positions=(pool, POSITIONS), readiness=readiness, rest=SIEVE_REST_SECONDS
    )
    stopping = asyncio.create_task(stop_event().wait())
    listening = asyncio.create_task(_listen(settings, follower, keys, readiness))
    sending = [task for sender in senders for task in sender.start()]
    working = [*follower.start(), *sending, listening, asyncio.create_task(keep_house(pool))]
    try:
        await asyncio.wait((*working, stopping), return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*(sender.finish(FINISH_SECONDS) for sender in senders))
    finally:
        await end_tasks(*working, stopping)
        await asyncio.gather(*(sender.stop() for sender in senders))
    for task in working:
        if not task.cancelled():
            task.result()


async def _listen(settings: NotifierSettings, follower: Follower, keys: KeyStore, readiness: Readiness) -> None:
    """Hear the bell. Without a broker mails are sent all the same, by polling."""
    broker = listener(settings.nats_url, NAME, follower.ring, keys)
    try:
        await broker.start()
        readiness.set("broker")
        await asyncio.Event().wait()
    finally:
        await broker.stop()
