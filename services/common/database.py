"""Connections to PostgreSQL that notice a dead server within seconds."""

from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import AsyncConnectionPool, PoolTimeout

POOL_WAIT_SECONDS = 3.0
"""How long a caller waits for a connection; during an outage every caller waits as long."""

RECONNECT_SECONDS = 3.0
"""The pool doubles its pauses between attempts for so long, then starts anew with who asks next: after an outage of
half a minute it would otherwise wait for another half."""

CONNECTION: dict[str, Any] = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
}
"""Parameters of libpq; seconds, but the last in milliseconds."""

DatabaseAway = (psycopg.OperationalError, psycopg.errors.IdleInTransactionSessionTimeout, PoolTimeout)
"""What is raised while it is. The second is what somebody hears who was paused in the middle of a transaction."""


def with_keepalives(dsn: str, application: str = "shopbell", **more: Any) -> str:
    """The same connection string, with the parameters that make a dead server noticed."""
    return make_conninfo(dsn, **{**CONNECTION, "application_name": application, **more})


async def open_pool(
    dsn: str, application: str, *, min_size: int = 1, max_size: int = 4, brisk: bool = False, **parameters: Any
) -> AsyncConnectionPool[AsyncConnection[Any]]:
    """A pool, open but not waited for: a database that is away is noticed by who asks for a connection.

    `brisk` saves three in four journeys of single statements: each commits by itself, and a connection is given out
    without a look whether it still works. For those who try again anyway.
    """
    pool: AsyncConnectionPool[AsyncConnection[Any]] = AsyncConnectionPool(
        with_keepalives(dsn, application, **parameters),
        min_size=min_size,
        max_size=max_size,
        timeout=POOL_WAIT_SECONDS,
        reconnect_timeout=RECONNECT_SECONDS,
        kwargs={"autocommit": brisk},
        check=None if brisk else AsyncConnectionPool.check_connection,
        open=False,
        name=application,
    )
    await pool.open()
    return pool


def create_database(dsn: str, template: str | None = None) -> bool:
    """Create the database that `dsn` names, if it isn't there. Returns whether it was created."""
    name = str(conninfo_to_dict(dsn)["dbname"])
    with psycopg.connect(make_conninfo(dsn, dbname="postgres"), autocommit=True, connect_timeout=5) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        create = psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name))
        if template is not None:
            create += psycopg.sql.SQL(" TEMPLATE {}").format(psycopg.sql.Identifier(template))
        try:
            server.execute(create)
        except psycopg.errors.DuplicateDatabase:
            return False
    return True
