"""The wiring of what the sockets need of files."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.attachments.store import ObjectStore
from services.common.broker import Broker
from services.common.master_key import MasterKey
from services.common.settings import GatewaySettings
from services.gateway.attachments.attachments import Attachments
from services.gateway.attachments.book import Book
from services.gateway.attachments.links import Links


def attachments(
    settings: GatewaySettings, broker: Broker, pool: AsyncConnectionPool[AsyncConnection[Any]], master: MasterKey
) -> Attachments:
    """`pool` is that of the log's database."""
    return Attachments(Book(pool, hourly=settings.rate_limits), ObjectStore(broker), Links(master))
