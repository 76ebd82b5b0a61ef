"""Puts the routes of access together."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.common.master_key import MasterKey
from services.gateway.access.accounts import Accounts
from services.gateway.access.api_keys import ApiKeys
from services.gateway.access.hashing import Hashing
from services.gateway.access.second_factor import SecondFactors
from services.gateway.gateway import Gateway
from services.gateway.rest.access.door import Door
from services.gateway.rest.access.session import SessionRoutes
from services.gateway.rest.staff import StaffAccess

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(
    gateway: Gateway, pools: dict[str, Pool], master: MasterKey, access: StaffAccess, keys: ApiKeys
) -> list[Route]:
    """All of them; `pools` are connected to the databases `log` and `keys`, `master` has the installation's root."""
    door = Door(
        accounts=Accounts(pools["log"]),
        sessions=gateway.sessions,
        factors=SecondFactors(pools["keys"], master),
        hashing=Hashing(),
        limits=gateway.limits,
        shops=gateway.shops,
    )
    return [*SessionRoutes(door=door, access=access).routes()]
