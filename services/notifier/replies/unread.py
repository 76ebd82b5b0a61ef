"""Replies that stayed unread: each goes as a mail once, unless it went as a push."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection

from services.common import metrics
from services.common.following import Pool
from services.notifier.letters.unread import KIND
from services.notifier.new_mails import insert
from services.notifier.persisting import persist
from services.notifier.policy import NewMail, mail_id
from services.notifier.replies.words import unmailed

EVERY_SECONDS: Final = 2.0
AT_ONCE: Final = 100
WHILE_PUSHING: Final = timedelta(seconds=5)
"""A push that is on its way still is waited for."""

_DUE: Final = """
    SELECT conversation, shop, person FROM mail.unread WHERE due_at <= now() ORDER BY due_at LIMIT %s
    FOR UPDATE SKIP LOCKED
"""
_DONE: Final = "DELETE FROM mail.unread WHERE conversation = %s"
_NOT_YET: Final = "UPDATE mail.unread SET due_at = %s WHERE conversation = %s"
_PUSHED: Final = """
    SELECT coalesce(max(seq) FILTER (WHERE status = 'sent'), 0),
           coalesce(bool_or(status IN ('pending', 'sending')), false)
    FROM push.reply WHERE conversation = %s
"""

_due = metrics.counter("replies_unread_total", "Conversations in which a reply stayed unread, and goes as a mail.")

Connection = AsyncConnection[Any]


class UnreadReplies:
    """Any number of processes may look: who comes second to a conversation leaves it alone."""

    def __init__(self, pool: Pool, after: float, ready: Callable[[], None]) -> None:
        """`after`: for how many seconds a word stays unread before a mail goes. `ready` is called when there may be
        something to send. `pool` is that of the log."""
        self._pool, self._after, self._ready = pool, timedelta(seconds=after), ready

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            if await persist(self.round):
                self._ready()
            await asyncio.sleep(EVERY_SECONDS)

    async def round(self) -> int:
        """Once. Returns how many mails were written down. Raises psycopg's errors while the database is away."""
        async with self._pool.connection() as connection, connection.transaction():
            due = await (await connection.execute(_DUE, [AT_ONCE])).fetchall()
            mails = [mail for one in due if (mail := await self._weigh(connection, *one)) is not None]
            if mails:
                await insert(connection, mails)
        _due.inc(len(mails))
        return len(mails)

    async def _weigh(self, connection: Connection, conversation: UUID, shop: str, person: str) -> NewMail | None:
        """The mail that it is time for, and with which this conversation is done; None if it is not, or needs none.

        All of what is unread goes with one mail, which tells up to its `seq`; nothing of that goes again.
        """
        words = await unmailed(connection, shop, conversation)
        now = datetime.now(UTC)
        if words and (due := words[0].timestamp + self._after) > now:
            await connection.execute(_NOT_YET, [due, conversation])
            return None
        pushed, pushing = await self._pushed(connection, conversation)
        if words and pushing:
            await connection.execute(_NOT_YET, [now + WHILE_PUSHING, conversation])
            return None
        await connection.execute(_DONE, [conversation])
        if not words or pushed >= (last := words[-1].originator_version):
            return None
        return NewMail(mail_id(conversation, last, KIND), shop, KIND, person, conversation, last)

    async def _pushed(self, connection: Connection, conversation: UUID) -> tuple[int, bool]:
        """Up to where, and whether a push is under way."""
        row = await (await connection.execute(_PUSHED, [conversation])).fetchone()
        return (int(row[0]), bool(row[1])) if row else (0, False)
