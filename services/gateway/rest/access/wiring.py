"""Puts the routes of access together."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.common.master_key import MasterKey
from services.common.signing_secrets import SigningSecrets
from services.common.staff_links import StaffLinks
from services.gateway.access.accounts import Accounts
from services.gateway.access.api_keys import ApiKeys
from services.gateway.access.hashing import Hashing
from services.gateway.access.second_factor import SecondFactors
from services.gateway.gateway import Gateway
from services.gateway.rest.access.accepting import AcceptingRoutes
from services.gateway.rest.access.account import AccountRoutes
from services.gateway.rest.access.api_keys import KeyRoutes
from services.gateway.rest.access.door import Door
from services.gateway.rest.access.invitations import InvitationRoutes
from services.gateway.rest.access.people import People
from services.gateway.rest.access.resets import ResetRoutes
from services.gateway.rest.access.second_factor import FactorRoutes
from services.gateway.rest.access.session import SessionRoutes
from services.gateway.rest.access.signing_secrets import SecretRoutes
from services.gateway.rest.access.staff import StaffRoutes
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
    people, links, names = People(pools["log"]), StaffLinks(master), gateway.names
    return [
        *SessionRoutes(door=door, access=access).routes(),
        *AccountRoutes(door=door, access=access, names=names).routes(),
        *FactorRoutes(door=door, access=access).routes(),
        *ResetRoutes(door=door, access=access, links=links).routes(),
        *AcceptingRoutes(door=door, access=access, links=links, names=names).routes(),
        *InvitationRoutes(pool=pools["log"], limits=gateway.limits, names=names, access=access).routes(),
        *StaffRoutes(
            people=people, factors=door.factors, sessions=gateway.sessions, names=names, access=access
        ).routes(),
        *KeyRoutes(keys=keys, names=names, access=access).routes(),
        *SecretRoutes(secrets=SigningSecrets(pools["keys"], master), pool=pools["log"], access=access).routes(),
    ]
