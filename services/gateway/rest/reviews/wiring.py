"""Puts the routes of reviews together."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.common.master_key import MasterKey
from services.common.review_links import ReviewLinks
from services.gateway.gateway import Gateway
from services.gateway.rest.lists.doing import Doing
from services.gateway.rest.reviews.customers import CustomersRest
from services.gateway.rest.reviews.importing import ImportRest
from services.gateway.rest.reviews.moderation import ModerationRest
from services.gateway.rest.reviews.orders import OrderStore
from services.gateway.rest.reviews.products import ProductsRest
from services.gateway.rest.reviews.store import ReviewStore
from services.gateway.rest.staff import StaffAccess

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(
    gateway: Gateway, pools: dict[str, Pool], master: MasterKey, access: StaffAccess, public_url: str
) -> list[Route]:
    """All of them; `pools` are connected to the databases, `public_url` is how the outside reaches us, if known."""
    store, keys, doing = ReviewStore(pools["read"]), gateway.keys, Doing(gateway.dispatch)
    return [
        *ModerationRest(store=store, keys=keys, names=gateway.names, doing=doing, access=access).routes(),
        *ImportRest(store=store, keys=keys, shops=gateway.shops, doing=doing, access=access).routes(),
        *ProductsRest(
            store=store, shops=gateway.shops, limits=gateway.limits, access=access, public_url=public_url
        ).routes(),
        *CustomersRest(
            orders=OrderStore(pools["read"]),
            links=ReviewLinks(master),
            keys=keys,
            shops=gateway.shops,
            dispatch=gateway.dispatch,
            limits=gateway.limits,
            origins=gateway.origins,
        ).routes(),
    ]
