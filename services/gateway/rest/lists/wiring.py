"""Puts the lists together."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.gateway.gateway import Gateway
from services.gateway.rest.lists.blocks import BlocksRest
from services.gateway.rest.lists.canned_replies import CannedRepliesRest
from services.gateway.rest.lists.doing import Doing
from services.gateway.rest.lists.store import ListStore
from services.gateway.rest.staff import StaffAccess

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(gateway: Gateway, pools: dict[str, Pool], access: StaffAccess) -> list[Route]:
    """All of them; `pools` are connected to the databases `log` and `read`."""
    store, names, doing = ListStore(pools["read"]), gateway.names, Doing(gateway.dispatch)
    return [
        *CannedRepliesRest(store=store, names=names, doing=doing, access=access).routes(),
        *BlocksRest(store=store, names=names, doing=doing, access=access).routes(),
    ]
