"""Files that no message has named within an hour: somebody changed their mind, or was cut off.

The log says whether one has. A command that names a file is noted before it leaves. It may be put aside, and tried
again for as long as commands are kept there: only after that, what is not in the log will not come.
"""

from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts.conversations.attachments import UNUSED_SECONDS
from services.common.following import Pool
from services.common.log_pages import table_of
from services.common.streams import DEAD_MAX_AGE_SECONDS

ON_ITS_WAY_SECONDS: Final = DEAD_MAX_AGE_SECONDS + 86_400
SOME: Final = 200

_UNSURE: Final = """
    SELECT id, shop, conversation FROM attachment.file
    WHERE kept_at IS NULL AND gone_at IS NULL AND made_at < now() - make_interval(secs => %s)
      AND (named_at IS NULL OR named_at < now() - make_interval(secs => %s))
    ORDER BY made_at LIMIT %s
"""
_IN_LOG: Final = SQL("""
    SELECT EXISTS (
        SELECT FROM {table} WHERE originator_id = %s AND topic LIKE 'conversation.message_said.%%'
          AND position(convert_to(%s, 'UTF8') IN state) > 0
    )
""")
_KEEP: Final = "UPDATE attachment.file SET kept_at = now() WHERE id = %s"
_MARK: Final = """
    UPDATE attachment.file SET gone_at = now(), details = '', command = NULL
    WHERE id = %s AND gone_at IS NULL AND (named_at IS NULL OR named_at < now() - make_interval(secs => %s))
"""

Connection = AsyncConnection[Any]


async def mark(pool: Pool) -> None:
    """Mark what nobody has named, and note what somebody has, so that it is not looked at again."""
    async with pool.connection() as connection:
        rows = await (await connection.execute(_UNSURE, [UNUSED_SECONDS, ON_ITS_WAY_SECONDS, SOME])).fetchall()
        for file, shop, conversation in rows:
            if await _in_log(connection, shop, conversation, file):
                await connection.execute(_KEEP, [file])
            else:
                await connection.execute(_MARK, [file, ON_ITS_WAY_SECONDS])


async def _in_log(connection: Connection, shop: str, conversation: UUID, file: UUID) -> bool:
    query = _IN_LOG.format(table=table_of(shop))
    row = await (await connection.execute(query, [conversation, str(file)])).fetchone()
    return bool(row and row[0])
