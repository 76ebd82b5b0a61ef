"""Addresses that a mail server does not know, for good: the log is told, so that nobody asks there again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry, subjects
from contracts.command import Command
from contracts.engagement.review_commands import NoteBounce
from contracts.engagement.review_events import RecipientBounced, ReviewRequestIssued
from contracts.event import topic_of
from contracts.ids import recipient_id
from services.common import metrics
from services.common.following import Pool
from services.common.log_pages import table_of
from services.notifier.outcomes import is_bounce
from services.notifier.persisting import persist

EVERY_SECONDS: Final = 2.0
AGAIN_SECONDS: Final = 5.0
AT_ONCE: Final = 500

_WEIGH: Final = """
    UPDATE mail.mail SET weighed = true WHERE id IN (
        SELECT id FROM mail.mail WHERE status = 'failed' AND kind IN ('review_request', 'review_reminder')
            AND NOT weighed LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING shop, person, coalesce(error, ''), aggregate, seq
"""
_KEEP: Final = "INSERT INTO mail.bounce (shop, person) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_TELL: Final = """
    UPDATE mail.bounce SET told_at = now() WHERE (shop, person) IN (
        SELECT shop, person FROM mail.bounce WHERE told_at IS NULL OR told_at < now() - make_interval(secs => %s)
        LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING shop, person
"""
_DONE: Final = "DELETE FROM mail.bounce WHERE shop = %s AND person = %s"
_ISSUED: Final = SQL("SELECT topic, state FROM {} WHERE originator_id = %s AND originator_version = %s")
_NOTED: Final = SQL("SELECT 1 FROM {} WHERE originator_id = %s AND topic LIKE %s")
_TOPIC: Final = topic_of(RecipientBounced).rpartition(".v")[0] + ".%"

_bounced = metrics.counter("review_mails_bounced_total", "Review mails to addresses that are not there.")

Connection = AsyncConnection[Any]
Send = Callable[[Sequence[Command]], Awaitable[None]]


class Bounces:
    """Any number of processes may look."""

    def __init__(self, pool: Pool, send: Send) -> None:
        """`send` may lose commands. `pool` is that of the log."""
        self._pool, self._send = pool, send

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await persist(self.round)
            await asyncio.sleep(EVERY_SECONDS)

    async def round(self) -> None:
        """Once. Raises psycopg's errors while the database is away."""
        async with self._pool.connection() as connection:
            await _weigh(connection)
            untold = await (await connection.execute(_TELL, [AGAIN_SECONDS, AT_ONCE])).fetchall()
            commands = []
            for shop, person in untold:
                recipient = recipient_id(shop, person)
                if await _is_noted(connection, shop, recipient):
                    await connection.execute(_DONE, [shop, person])
                else:
                    commands.append(_command(shop, person, recipient))
        await self._send(commands)


async def _weigh(connection: Connection) -> None:
    """In one transaction: what is weighed is not looked at again."""
    async with connection.transaction():
        failed = await (await connection.execute(_WEIGH, [AT_ONCE])).fetchall()
        unknown = [mail for mail in failed if is_bounce(mail[2])]
        for shop, person, _, request, seq in unknown:
            await connection.execute(_KEEP, [shop, await _mailbox(connection, shop, request, seq) or person])
    _bounced.inc(len(unknown))


async def _mailbox(connection: Connection, shop: str, request: UUID, seq: int) -> str | None:
    """Where the mail was to go: it is the address that is not there, whoever orders with it. The customer may come with
    another."""
    query = _ISSUED.format(table_of(shop, subjects.ENGAGEMENT))
    row = await (await connection.execute(query, [request, seq])).fetchone()
    issued = registry.decode(row[0], bytes(row[1])) if row else None
    return issued.mailbox if isinstance(issued, ReviewRequestIssued) else None


async def _is_noted(connection: Connection, shop: str, recipient: UUID) -> bool:
    query = _NOTED.format(table_of(shop, subjects.ENGAGEMENT))
    return await (await connection.execute(query, [recipient, _TOPIC])).fetchone() is not None


def _command(shop: str, person: str, recipient: UUID) -> NoteBounce:
    return NoteBounce(
        id="review-mail-bounced",
        shop=shop,
        sender_kind="system",
        sender="shopbell",
        recipient=recipient,
        person=person,
    )
