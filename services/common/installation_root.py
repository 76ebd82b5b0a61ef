"""The secret that the installation's other secrets are derived from (those of guests' tokens and of visitors' ids).

It is kept wrapped by the master key and outlives its rotation: ids that were derived under it stand in the log for
good.
"""

import os
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.master_key import KEY_BYTES, MasterKey

NAME: Final = "root"

_SELECT: Final = "SELECT wrapped FROM installation_secret WHERE name = %s"
_IS_IN_USE: Final = "SELECT EXISTS (SELECT FROM person_key)"
_INSERT: Final = "INSERT INTO installation_secret (name, wrapped) VALUES (%s, %s) ON CONFLICT DO NOTHING"


async def rooted(master: MasterKey, pool: AsyncConnectionPool[AsyncConnection[Any]]) -> MasterKey:
    """The master key with the installation's root, which is made if there is none. `pool` is that of the keys database.

    An installation from before there were roots keeps deriving from the master key that it had.
    Raises WrongMasterKey, or psycopg's errors while the database is away.
    """
    async with pool.connection() as connection:
        row = await (await connection.execute(_SELECT, [NAME])).fetchone()
        if row is None:
            used = await (await connection.execute(_IS_IN_USE)).fetchone()
            root = master.first_root() if used and used[0] else os.urandom(KEY_BYTES)
            await connection.execute(_INSERT, [NAME, master.wrap(root, root_owner_of(NAME))])
            row = await (await connection.execute(_SELECT, [NAME])).fetchone()
    if row is None:
        raise RuntimeError("a row that was just written is not there")
    return master.with_root(master.unwrap(bytes(row[0]), root_owner_of(NAME)))


def root_owner_of(name: str) -> bytes:
    """To whom the wrapped root belongs; it opens for nothing else."""
    return f"installation|{name}".encode()
