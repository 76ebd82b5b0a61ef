"""Pushes a second: one notifier from ledger to `sent`, and sealing and posting alone with the same libraries.

Both post to the same push service in another process, which says yes at once, over as many connections. The notifier
takes deliveries from its table, opens addresses, seals, posts, and writes down intent and outcome; the commands that
tell the log of it are decided by nobody here. The floor seals a notice of the same length and posts it, no more.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator

import httpcore
import psycopg
import uvloop
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.common.settings import NotifierSettings, Settings
from services.common.vapid import CURVE, VapidKey
from services.notifier.push.sealing import Tokens, headers, sealed
from services.standalone.migrate import migrate
from tests.benchmarks.mails import notifier, settings_of
from tests.benchmarks.servers import servers
from tests.support.push_sink import PushSink, push_sink
from tests.support.subscribers import start_campaign, subscribe_many
from tests.support.waiting import wait_until

Figures = dict[str, float]

SHOP = "bench-pushes"
CLEAR = b"x" * 330
"""As long as a campaign's payload with a subject, a text and an address of the usual length."""
AT_ONCE = NotifierSettings.model_fields["push_at_once_service"].default
SENT_WITHIN_S = 300.0


def run(count: int) -> Figures:
    """`count` pushes the one way and the other."""
    with servers() as ours, push_sink() as sink:
        settings = settings_of(ours)
        migrate(settings, lambda _: None)
        subscribe_many(settings, SHOP, sink.origin, count)
        with notifier(settings, SMTP_URL="smtp://127.0.0.1:9", PUSH_PRIVATE_NETWORKS="on"):
            start_campaign(settings, SHOP)
            wait_until(lambda: _sent(settings)[0] >= count, SENT_WITHIN_S, what="all pushes")
        _, seconds = _sent(settings)
        alone = uvloop.run(_alone(sink, count))
    return {"pushes_per_s": count / seconds, "sealed_posts_per_s": count / alone}


def _sent(settings: Settings) -> tuple[int, float]:
    """How many are sent, and the seconds from the first attempt to the last yes."""
    query = """
        SELECT count(*) FILTER (WHERE status = 'sent'),
               coalesce(extract(epoch FROM max(sent_at) - min(first_tried_at)), 0)
        FROM push.delivery
    """
    with psycopg.connect(settings.dsn_of("log")) as log:
        row = log.execute(query).fetchone()
    return (int(row[0]), float(row[1])) if row else (0, 0.0)


async def _alone(sink: PushSink, count: int) -> float:
    """Seconds for `count` times sealing and posting."""
    numbers, tokens = iter(range(count)), Tokens(VapidKey(ec.generate_private_key(CURVE)), "")
    started = time.perf_counter()
    await asyncio.gather(*(_connection(sink, tokens, numbers) for _ in range(AT_ONCE)))
    return time.perf_counter() - started


async def _connection(sink: PushSink, tokens: Tokens, numbers: Iterator[int]) -> None:
    point = ec.generate_private_key(CURVE).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = os.urandom(16)
    async with httpcore.AsyncHTTPConnection(httpcore.URL(sink.origin).origin) as connection:
        for number in numbers:
            url = f"{sink.origin}/alone/{number}"
            said = headers(url, tokens, topic="mugs", ttl=60)
            await connection.request("POST", url, headers=list(said.items()), content=sealed(CLEAR, point, secret))
