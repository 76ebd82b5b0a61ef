"""Puts these routes together."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.common.push_services import KnownServices
from services.common.settings import GatewaySettings
from services.gateway.gateway import Gateway
from services.gateway.rest.campaigns.at_work import AtWork
from services.gateway.rest.campaigns.clicks import Clicks
from services.gateway.rest.campaigns.deliveries import Deliveries
from services.gateway.rest.campaigns.desk import CampaignsDesk
from services.gateway.rest.campaigns.fetching import Fetcher
from services.gateway.rest.campaigns.ledger import Ledger
from services.gateway.rest.campaigns.overview import Overview
from services.gateway.rest.campaigns.own import Own
from services.gateway.rest.campaigns.showing import Showing
from services.gateway.rest.campaigns.store import CampaignStore
from services.gateway.rest.campaigns.subscriptions import Subscriptions
from services.gateway.rest.cors import ShopPages
from services.gateway.rest.lists.doing import Doing
from services.gateway.rest.staff import StaffAccess
from services.gateway.rest.visitors import Visitors

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(
    gateway: Gateway, pools: dict[str, Pool], access: StaffAccess, settings: GatewaySettings, services: KnownServices
) -> list[Route]:
    """All of them; `pools` are connected to all databases. Paths with a word come before those with an id."""
    store, work = CampaignStore(pools["read"]), AtWork(pools["log"])
    own = Own(shops=gateway.shops, public_url=settings.public_url)
    overview = Overview(
        store=store,
        work=work,
        shops=gateway.shops,
        keys=gateway.push_keys,
        own=own,
        fetcher=Fetcher(private=settings.push_private_networks or settings.demo),
        access=access,
    )
    desk = CampaignsDesk(
        store=store,
        events=gateway.log,
        work=work,
        showing=Showing(store=store, work=work, names=gateway.names),
        own=own,
        doing=Doing(gateway.dispatch),
        access=access,
    )
    return [
        *_of_visitors(gateway, pools, services).routes(ShopPages(gateway.shops, gateway.origins)),
        *overview.routes(),
        *desk.routes(),
        *Ledger(deliveries=Deliveries(pools["log"]), desk=desk, access=access).routes(),
    ]


def _of_visitors(gateway: Gateway, pools: dict[str, Pool], services: KnownServices) -> Subscriptions:
    return Subscriptions(
        visitors=Visitors(gateway.ids, gateway.tokens, gateway.identities),
        ids=gateway.ids,
        keys=gateway.keys,
        broker=gateway.broker,
        dispatch=gateway.dispatch,
        limits=gateway.limits,
        clicks=Clicks(pools["log"]),
        services=services,
    )
