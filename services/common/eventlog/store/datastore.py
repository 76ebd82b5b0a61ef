"""PostgreSQL as the logs of one worker use it: a few connections for all partitions together."""

from typing import Any

from eventsourcing.postgres import ConnectionPool, PostgresDatastore
from psycopg import Connection
from psycopg.rows import DictRow, dict_row

from services.common.database import POOL_WAIT_SECONDS, with_keepalives

READ_CONNECTIONS = 3
STATEMENT_TIMEOUT_MS = 4000
LOCK_TIMEOUT_MS = 2000

Pool = ConnectionPool[Connection[DictRow]]


def session(dsn: str, application: str) -> str:
    """The connection string of an owner's session: nothing in it may hang for longer than a client waits."""
    options = (
        f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS}"
        f" -c idle_in_transaction_session_timeout={STATEMENT_TIMEOUT_MS}"
    )
    return with_keepalives(dsn, application, options=options)


def open_pool(dsn: str, application: str, connections: int = READ_CONNECTIONS) -> Pool:
    """A pool that all partitions of a worker share. Open, but not waited for."""
    pool: Pool = ConnectionPool(
        session(dsn, application),
        connection_class=Connection[DictRow],
        kwargs={"row_factory": dict_row, "autocommit": True},
        min_size=1,
        max_size=connections,
        timeout=POOL_WAIT_SECONDS,
        check=ConnectionPool.check_connection,
        open=False,
        num_workers=1,
        name=application,
    )
    pool.open()
    return pool


class SharedDatastore(PostgresDatastore):
    """The library's datastore on one schema, over a pool that belongs to somebody else."""

    def __init__(self, pool: Pool, schema: str) -> None:  # the library's own would open a pool for each partition
        self.pool = pool
        self.schema = schema
        self.pool_open_timeout = None
        self.lock_timeout = 0
        self.originator_id_type = "uuid"
        self.single_row_tracking = True
        self.enable_db_functions = False
        self.db_type_names: set[str] = set()
        self.psycopg_type_adapters: dict[str, Any] = {}
        self.psycopg_python_types: dict[str, Any] = {}

    def register_type_adapters(self) -> None:
        """Nothing to fetch: events travel in plain arrays, not in composite types."""

    def close(self) -> None:
        """Leave the pool open: it is shared."""
