"""Puts the change log together."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.gateway.gateway import Gateway
from services.gateway.rest.changes.routes import ChangesRest
from services.gateway.rest.changes.store import ChangeStore
from services.gateway.rest.changes.undoing import Undoing
from services.gateway.rest.settings import SettingsRoutes
from services.gateway.rest.staff import StaffAccess

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(gateway: Gateway, pools: dict[str, Pool], access: StaffAccess, settings: SettingsRoutes) -> list[Route]:
    """`pools` are connected to the databases `log` and `read`."""
    store = ChangeStore(pools["log"], pools["read"])
    rest = ChangesRest(
        store=store,
        undoing=Undoing(store, settings),
        names=gateway.names,
        shops=gateway.shops,
        access=access,
    )
    return rest.routes()
