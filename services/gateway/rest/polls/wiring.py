"""Puts the routes of polls together."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.gateway.gateway import Gateway
from services.gateway.polls.ballots import Ballots
from services.gateway.polls.counts import Counts
from services.gateway.polls.store import PollStore
from services.gateway.rest.cors import ShopPages
from services.gateway.rest.lists.doing import Doing
from services.gateway.rest.polls import voting
from services.gateway.rest.polls.desk import PollsDesk
from services.gateway.rest.polls.voting import Voting
from services.gateway.rest.staff import StaffAccess
from services.gateway.rest.visitors import Visitors

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(gateway: Gateway, pools: dict[str, Pool], access: StaffAccess) -> list[Route]:
    """All of them; `pools` are connected to the databases `log` and `read`."""
    store, ballots = PollStore(pools["read"]), Ballots(pools["log"])
    voted = Voting(
        open_polls=gateway.open_polls,
        store=store,
        counts=Counts(store.counts),
        ballots=ballots,
        visitors=Visitors(gateway.ids, gateway.tokens, gateway.identities),
        tokens=gateway.tokens,
        dispatch=gateway.dispatch,
        limits=gateway.limits,
    )
    desk = PollsDesk(
        store=store,
        events=gateway.log,
        ballots=ballots,
        names=gateway.names,
        shops=gateway.shops,
        doing=Doing(gateway.dispatch),
        access=access,
    )
    return [*voting.routes(voted, ShopPages(gateway.shops, gateway.origins)), *desk.routes()]
