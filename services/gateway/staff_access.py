"""Who of the staff asks, and whether they may: for every REST route of a shop's staff."""

from typing import Final

import psycopg
from psycopg_pool import PoolTimeout
from starlette.requests import Request

from services.gateway.origins import Origins
from services.gateway.problems import Problem, unavailable
from services.gateway.sessions import Account, Sessions, token_of

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

DatabaseAway = (psycopg.OperationalError, PoolTimeout)


async def staff_of(request: Request, shop: str, sessions: Sessions, origins: Origins) -> Account:
    """The account that is signed in. Raises a Problem unless it belongs to the shop.

    A browser sends its cookie whichever page asks: what changes something must come from a page of our own.
    """
    if request.method not in SAFE_METHODS and not origins.ours(request.scope):
        raise Problem(403, "forbidden", "Requests from this origin are not accepted.")
    try:
        session = await sessions.find(token_of(request.scope))
    except DatabaseAway:
        raise unavailable() from None
    if session is None:
        raise Problem(401, "unauthorized", "Sign in first.", {"WWW-Authenticate": "Bearer"})
    if session.account.shop != shop:
        raise Problem(403, "forbidden", "This account does not belong to the shop.")
    return session.account
