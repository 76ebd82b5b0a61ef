"""Puts these routes together."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.common.settings import GatewaySettings
from services.gateway.gateway import Gateway
from services.gateway.rest.campaigns.clicks import Clicks
from services.gateway.rest.campaigns.subscriptions import Subscriptions
from services.gateway.rest.cors import ShopPages
from services.gateway.rest.visitors import Visitors

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(gateway: Gateway, pools: dict[str, Pool], settings: GatewaySettings) -> list[Route]:
    """All of them; `pools` are connected to all databases."""
    subscriptions = Subscriptions(
        visitors=Visitors(gateway.ids, gateway.tokens, gateway.identities),
        ids=gateway.ids,
        keys=gateway.keys,
        broker=gateway.broker,
        dispatch=gateway.dispatch,
        limits=gateway.limits,
        clicks=Clicks(pools["log"]),
        private=settings.push_private_networks,
    )
    return subscriptions.routes(ShopPages(gateway.shops, gateway.origins))
