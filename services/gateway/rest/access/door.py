"""Who may come in, and how a session begins: for signing in, and for taking up an invitation."""

from dataclasses import dataclass
from typing import Any, Final

import msgspec
import psycopg
from starlette.requests import Request
from starlette.responses import Response

from services.gateway.access.accounts import Accounts, Known, Membership, record_in_all, stored
from services.gateway.access.agents import agent_of
from services.gateway.access.hashing import Hashing
from services.gateway.access.second_factor import SecondFactors, is_of_app
from services.gateway.access.sessions import COOKIE, IDLE_DAYS, Account, Sessions
from services.gateway.limits import Limits
from services.gateway.peers import peer_of
from services.gateway.rest.problems import Problem
from services.gateway.shops import Shops

_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class Door:
    """One for a gateway."""

    accounts: Accounts
    sessions: Sessions
    factors: SecondFactors
    hashing: Hashing
    limits: Limits
    shops: Shops

    async def check(self, request: Request, email: str, password: str, code: str | None) -> Known:
        """The account. Takes as long for an address that has none. Raises Problem."""
        address, email = address_of(request), stored(email)
        _throttle(await self.limits.sign_in(address, email))
        known = await self.accounts.by_email(email)
        if not await self.hashing.matches(known.password_hash if known else None, password) or known is None:
            raise _nobody()
        await self.limits.password_was_right(address, email)
        await self._check_factor(known, code)
        return known

    async def confirm(self, request: Request, account: Account, password: str) -> Known:
        """The account of a session, whose password was given once more. Raises Problem."""
        address = address_of(request)
        _throttle(await self.limits.sign_in(address, account.email))
        known = await self.accounts.by_id(account.id)
        if not await self.hashing.matches(known.password_hash if known else None, password) or known is None:
            raise Problem(403, "wrong_password", "This is not the password.", field="password")
        await self.limits.password_was_right(address, account.email)
        return known

    async def open(self, request: Request, known: Known, shop: str | None, *, stay: bool) -> Response:
        """201 with the token of a new session, also set as a cookie. Raises Problem."""
        places = await self.places(known.id)
        if not places:
            raise _nobody()
        place = next((one for one in places if one.shop == (shop or places[0].shop)), None)
        if place is None:
            raise Problem(403, "forbidden", "This account does not belong to the shop.")
        agent = agent_of(request.headers.get("user-agent", ""))
        token = await self.sessions.create(known.id, place.shop, agent=agent, proof=known.password_hash)
        if token is None:  # the password was changed while it was compared
            raise _nobody()
        before = request.cookies.get(COOKIE)
        if before:
            await self.sessions.end(before)  # this browser has no use for it any more
        account = Account(known.id, place.shop, known.email, place.name or known.name, place.role)
        response = json_of(await self.told(account, places, token=token), 201)
        life = IDLE_DAYS * 86_400 if stay else None
        response.set_cookie(COOKIE, token, max_age=life, path="/", secure=is_https(request), httponly=True)
        return response

    async def places(self, account: str) -> list[Membership]:
        """The shops that somebody works for, of those that there still are."""
        found = await self.accounts.memberships(account)
        return [one for one in found if await self.shops.settings(one.shop) is not None]

    async def told(self, account: Account, places: list[Membership], **more: Any) -> dict[str, Any]:
        """What a session says of itself."""
        operator = {"id": account.id, "name": account.name, "email": account.email, "role": account.role}
        shops = [{"id": one.shop, "name": self.shops.known(one.shop).name, "role": one.role} for one in places]
        return {"operator": operator, "shop": account.shop, "shops": sorted(shops, key=_by_name), **more}

    async def _check_factor(self, known: Known, code: str | None) -> None:
        if await self.factors.state(known.id) is None:
            return
        if not code:
            raise Problem(401, "second_factor", "The code of the second factor is missing.", field="code")
        _throttle(await self.limits.code(known.id))
        if not await self._opens(known, code):
            raise Problem(401, "second_factor_wrong", "This code is wrong, or was used already.", field="code")
        await self.limits.code_was_right(known.id)

    async def _opens(self, known: Known, code: str) -> bool:
        """Use the code. One for recovery stands in the book before it is used up."""
        if is_of_app(code):
            return await self.factors.check(known.id, code) is not None
        async with self.accounts.pool.connection() as connection, connection.transaction() as book:
            await record_in_all(connection, known.id, "recovery_code.used")
            if await self.factors.check(known.id, code) is None:
                raise psycopg.Rollback(book)
            return True
        return False


def address_of(request: Request) -> str:
    return peer_of(request.scope)


def is_https(request: Request) -> bool:
    return request.url.scheme == "https"


def leave(request: Request, response: Response) -> Response:
    """The browser forgets its session."""
    response.delete_cookie(COOKIE, path="/", secure=is_https(request), httponly=True)
    return response


def json_of(body: Any, status: int = 200) -> Response:
    """For one pair of eyes: kept by no cache."""
    return Response(_encode(body), status, {"Cache-Control": "no-store"}, "application/json")


def too_often(seconds: float) -> Problem:
    headers = {"Retry-After": str(round(seconds + 0.5))}
    return Problem(429, "rate_limited", "Too many attempts. Wait a moment.", headers)


def _throttle(seconds: float) -> None:
    if seconds:
        raise too_often(seconds)


def _nobody() -> Problem:
    return Problem(401, "unauthenticated", "E-mail address or password are wrong.")


def _by_name(shop: dict[str, str]) -> tuple[str, str]:
    return shop["name"].casefold(), shop["id"]
