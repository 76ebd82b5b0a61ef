"""Puts the routes about orders and review mails together."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.common.master_key import MasterKey
from services.common.review_links import ReviewLinks
from services.gateway.gateway import Gateway
from services.gateway.rest.lists.doing import Doing
from services.gateway.rest.orders.policy import Policies
from services.gateway.rest.orders.reporting import OrdersRest
from services.gateway.rest.orders.requests import RequestsRest
from services.gateway.rest.orders.rules import RulesRest
from services.gateway.rest.orders.store import RequestStore
from services.gateway.rest.orders.unsubscribe import UnsubscribeRest
from services.gateway.rest.staff import StaffAccess

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(gateway: Gateway, pools: dict[str, Pool], access: StaffAccess, master: MasterKey) -> list[Route]:
    """All of them; `pools` are connected to all three databases, `master` has the installation's root."""
    policies, doing, shops = Policies(pools["log"]), Doing(gateway.dispatch), gateway.shops
    return [
        *OrdersRest(keys=gateway.keys, ids=gateway.ids, dispatch=gateway.dispatch, shops=shops, access=access).routes(),
        *RulesRest(policies=policies, shops=shops, doing=doing, access=access).routes(),
        *RequestsRest(store=RequestStore(pools["read"]), policies=policies, access=access).routes(),
        *UnsubscribeRest(
            links=ReviewLinks(master), shops=shops, limits=gateway.limits, dispatch=gateway.dispatch
        ).routes(),
    ]
