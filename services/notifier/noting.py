"""From the log to mails and pushes that are to be sent: written down in the transaction that moves the position."""

from collections.abc import Callable, Iterable
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry
from contracts.conversations.events import ConversationStarted, OfflineMessageLeft, topic_of
from services.common import metrics
from services.common.following import Pool
from services.common.log_pages import table
from services.common.positions import Positions
from services.common.sieve import Found, Sieve
from services.notifier.new_mails import insert
from services.notifier.policy import KIND_OF, NewMail, mail_for
from services.notifier.push import noting as push
from services.notifier.replies.noting import NAMES as REPLY_NAMES
from services.notifier.replies.noting import Replies

POSITIONS: Final = Positions("mail.position")
NAMES: Final = [topic_of(event).rpartition(".v")[0] for event in KIND_OF]
"""What calls for a mail."""

_FIRST: Final = SQL("SELECT topic, state FROM {} WHERE originator_id = ANY (%s) AND originator_version = 1")
_noted = metrics.counter("mails_noted_total", "Mails that the log called for.")
_pushes_noted = metrics.counter("pushes_noted_total", "Pushes that the log called for.")
_replies_noted = metrics.counter("replies_noted_total", "Conversations with replies for a visitor who had left.")

Connection = AsyncConnection[Any]


def noting(pool: Pool, noted: Callable[[], None], unread_after: float) -> Sieve:
    """Reads the log of each partition forward; `noted` is called when there may be something to send. `unread_after`:
    for how many seconds a reply stays unread before a mail goes.

    One reader for all: what is looked through twice costs the chats twice.
    """
    replies = Replies(unread_after)

    async def note(connection: Connection, partition: int, found: Found) -> None:
        if mails := [mail for _, event in found if (mail := mail_for(event)) is not None]:
            await _write(connection, partition, mails)
            _noted.inc(len(mails))
        _pushes_noted.inc(await push.note(connection, partition, found))
        _replies_noted.inc(await replies.note(connection, partition, found))

    async def also(connection: Connection, partition: int, found: Found) -> Iterable[str]:
        wanted = {*await push.also(connection, partition, found), *await replies.also(connection, partition, found)}
        return sorted(wanted)

    return Sieve(pool, POSITIONS, [*NAMES, *push.NAMES, *REPLY_NAMES], note, lambda _count: noted(), also=also)


async def _write(connection: Connection, partition: int, mails: list[NewMail]) -> None:
    owners = await _owners(connection, partition, [mail.aggregate for mail in mails if mail.person is None])
    rows = [_row(mail, owners) for mail in mails]
    await insert(connection, rows)


def _row(mail: NewMail, owners: dict[UUID, str]) -> NewMail:
    return mail if mail.person is not None else mail._replace(person=owners[mail.aggregate])


async def _owners(connection: Connection, partition: int, aggregates: list[UUID]) -> dict[UUID, str]:
    """Under whose keys these aggregates are sealed, as their first events say."""
    if not aggregates:
        return {}
    rows = await (await connection.execute(_FIRST.format(table(partition)), [aggregates])).fetchall()
    events = [registry.decode(topic, bytes(state)) for topic, state in rows]
    return {
        event.originator_id: event.visitor
        for event in events
        if isinstance(event, ConversationStarted | OfflineMessageLeft)
    }
