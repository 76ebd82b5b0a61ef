"""Files in the object store that nobody may have any more: of who was erased, of conversations that are gone, and what
no message has named.

They are marked first and removed then, and stay marked until the store has said that they are gone. One that is still
arriving when it is marked is not taken in by its gateway; it is removed once it can't be arriving any longer.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection

from services.common import metrics
from services.common.attachments.store import Away, ObjectStore
from services.common.database import DatabaseAway
from services.common.following import Pool
from services.common.log_pages import table_of
from services.common.logs import logger
from services.projections.erasing import unused
from services.projections.erasing.book import Erasure
from services.projections.erasing.rows import Rows, begun_before

log = logger(__name__)

LOOK_SECONDS: Final = 5.0
ARRIVING_SECONDS: Final = 1_800
"""No gateway waits for a file so long."""
SOME: Final = 100
CONVERSATIONS: Final = 1_000

_removed: Final = metrics.counter("attachments_removed_total", "Files removed from the object store.")

_MARK: Final = "UPDATE attachment.file SET gone_at = now(), details = '', command = NULL WHERE gone_at IS NULL AND"
_MARK_SHOP: Final = f"{_MARK} shop = %s"
_MARK_CONVERSATIONS: Final = f"{_MARK} shop = %s AND conversation = ANY (%s)"
_OF_PERSONS: Final = """
    SELECT DISTINCT conversation FROM attachment.file WHERE shop = %s AND person = ANY (%s) AND gone_at IS NULL
"""
_OF_SHOP: Final = """
    SELECT DISTINCT conversation FROM attachment.file
    WHERE shop = %s AND conversation > %s AND gone_at IS NULL ORDER BY conversation LIMIT %s
"""
_GONE: Final = """
    SELECT id FROM attachment.file
    WHERE gone_at IS NOT NULL AND (stored_at IS NOT NULL OR made_at < now() - make_interval(secs => %s))
      AND (%s::text IS NULL OR shop = %s)
    ORDER BY gone_at LIMIT %s
"""
_COUNT: Final = "UPDATE erasure.erasure SET files = files + %s WHERE shop = %s AND number = %s AND files_at IS NULL"
_FORGET: Final = "DELETE FROM attachment.file WHERE id = ANY (%s)"

Connection = AsyncConnection[Any]


@dataclass(frozen=True)
class Files:
    """The table of files on one side, the object store on the other."""

    log_pool: Pool
    rows: Rows
    store: ObjectStore

    async def run(self) -> None:
        """Remove what is marked, and mark what nobody has named, until cancelled."""
        while True:
            try:
                await self.tend()
            except (*DatabaseAway, *Away) as error:
                log.warning("Files are removed later", error=type(error).__name__)
            except Exception as error:  # whatever it is, erasing and history go on beside it
                log.error("Files are not removed", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def tend(self) -> None:
        """Mark what nobody has named, and remove what is marked."""
        await unused.mark(self.log_pool)
        await self.remove()

    async def erase(self, erasure: Erasure) -> None:
        """Remove all files of the erasure; its receipt counts them until the step is done, however often it is tried.

        Raises `Away` while the store is away.
        """
        async with self.log_pool.connection() as connection:
            if erasure.whole_shop:
                count = (await connection.execute(_MARK_SHOP, [erasure.shop])).rowcount
            else:
                found = await connection.execute(_OF_PERSONS, [erasure.shop, erasure.persons])
                theirs = await self.rows.unreadable(erasure, [one for (one,) in await found.fetchall()])
                count = await _mark(connection, erasure.shop, [*theirs, *erasure.conversation_ids])
            await connection.execute(_COUNT, [count, erasure.shop, erasure.number])
        await self.remove(erasure.shop)

    async def let_go(self, shop: str, notification_id: int) -> None:
        """Mark what belongs to conversations that retention has removed. Raises HistoryBehind if not at its event."""
        after = UUID(int=0)
        while page := await self._conversations(shop, after):
            after = page[-1]
            left = await self.rows.existing(shop, notification_id, page)
            missing = [one for one in page if one not in left]
            async with self.log_pool.connection() as connection:
                old = await begun_before(connection, table_of(shop), notification_id, missing) if missing else []
                await _mark(connection, shop, old)

    async def remove(self, shop: str | None = None) -> None:
        """Remove from the store what is marked, of one shop or of all."""
        while page := await self._marked(shop):
            for file in page:
                await self.store.remove(file)
            async with self.log_pool.connection() as connection:
                await connection.execute(_FORGET, [page])
            _removed.inc(len(page))

    async def _marked(self, shop: str | None) -> list[UUID]:
        async with self.log_pool.connection() as connection:
            rows = await (await connection.execute(_GONE, [ARRIVING_SECONDS, shop, shop, SOME])).fetchall()
        return [file for (file,) in rows]

    async def _conversations(self, shop: str, after: UUID) -> list[UUID]:
        async with self.log_pool.connection() as connection:
            rows = await (await connection.execute(_OF_SHOP, [shop, after, CONVERSATIONS])).fetchall()
        return [conversation for (conversation,) in rows]


async def conversation_deleted(connection: Connection, shop: str, conversation: UUID) -> None:
    """Mark its files."""
    await _mark(connection, shop, [conversation])


async def _mark(connection: Connection, shop: str, conversations: Sequence[UUID]) -> int:
    return (await connection.execute(_MARK_CONVERSATIONS, [shop, list(conversations)])).rowcount
