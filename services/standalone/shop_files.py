"""The files of a shop's conversations, written into the zip that the shop takes along, one at a time."""

import zipfile
from typing import Any, Final
from uuid import UUID

from services.common.attachments.details import unsealed
from services.common.attachments.store import ObjectStore
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.person_keys import PersonKey, Unreadable

PAGE: Final = 200

_PAGE: Final = """
    SELECT id, conversation, person, size, details FROM attachment.file
    WHERE shop = %s AND id > %s AND stored_at IS NOT NULL AND gone_at IS NULL ORDER BY id LIMIT %s
"""


async def write(archive: zipfile.ZipFile, pool: Pool, keys: KeyStore, store: ObjectStore, shop: str) -> None:
    """As `files/<conversation>/<id>-<name>`. `pool` is that of the log. Raises `Away` while the store is away."""
    after = UUID(int=0)
    while page := await _page(pool, shop, after):
        after = page[-1][0]
        known = await keys.get_many([(shop, person) for _, _, person, _, _ in page])
        for file, conversation, person, size, details in page:
            key = known.get((shop, person))
            if key is not None:
                await _write(archive, store, (file, conversation, size, details), key)


async def _write(archive: zipfile.ZipFile, store: ObjectStore, row: tuple[Any, ...], key: PersonKey) -> None:
    """What nobody can open any more, or is removed at this moment, is left out."""
    file, conversation, size, details = row
    try:
        name = unsealed(details, key).name
        content = b"".join([piece async for piece in store.read(file, size, key)])
    except Unreadable:
        return
    archive.writestr(f"files/{conversation}/{file}-{name}", content)


async def _page(pool: Pool, shop: str, after: UUID) -> list[Any]:
    async with pool.connection() as connection:
        return await (await connection.execute(_PAGE, [shop, after, PAGE])).fetchall()
