"""Signing staff in and out: POST and DELETE /v1/session."""

import asyncio
from typing import Any, Final

import msgspec
from argon2 import PasswordHasher
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.common.staff import password_matches
from services.gateway.access.sessions import COOKIE, IDLE_DAYS, Account, Sessions, token_of
from services.gateway.limits import Limits
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess, body_of

HASHES_AT_ONCE: Final = 2
"""Each takes tens of MiB and tens of milliseconds of a core."""

_FIND = """
    SELECT id, shop, email, name, role, password_hash FROM staff.account WHERE email = %s AND disabled_at IS NULL
"""


class Credentials(msgspec.Struct):
    """The body of POST /v1/session. Without `stay` the cookie goes when the browser is closed."""

    email: str
    password: str
    stay: bool = True


_decoder: Final = msgspec.json.Decoder(Credentials)


class SessionRoutes:
    """Sign-in with e-mail address and password."""

    def __init__(
        self,
        pool: AsyncConnectionPool[AsyncConnection[Any]],
        sessions: Sessions,
        access: StaffAccess,
        limits: Limits,
    ) -> None:
        self._pool = pool
        self._sessions = sessions
        self._access = access
        self._limits = limits
        self._turns = asyncio.Semaphore(HASHES_AT_ONCE)
        self._nobody = PasswordHasher().hash("nobody has this password")

    def routes(self) -> list[Route]:
        return [
            Route("/v1/session", self.sign_in, methods=["POST"]),
            Route("/v1/session", self.sign_out, methods=["DELETE"]),
            Route("/v1/session", self.who, methods=["GET"]),
        ]

    async def sign_in(self, request: Request) -> Response:
        """201 with the token, also set as a cookie."""
        self._access.check_origin(request)
        try:
            given = _decoder.decode(await body_of(request, 4_096))
        except msgspec.MsgspecError as error:
            raise Problem(400, "invalid", str(error)) from None
        await self._throttle(request, given.email.lower())
        account = await self._checked(given)
        token = await self._sessions.create(account.id)
        response = self._shown(account, token, 201)
        life = IDLE_DAYS * 86_400 if given.stay else None
        response.set_cookie(COOKIE, token, max_age=life, path="/", secure=_https(request), httponly=True)
        return response

    async def sign_out(self, request: Request) -> Response:
        """204, whether there was a session or not."""
        self._access.check_origin(request)
        token = token_of(request.scope)
        if token is not None:
            await self._sessions.end(token)
        response = Response(status_code=204)
        response.delete_cookie(COOKIE, path="/", secure=_https(request), httponly=True)
        return response

    async def who(self, request: Request) -> Response:
        """Whose session this is."""
        session = await self._access.session(request)
        return self._shown(session.account, None, 200)

    async def _throttle(self, request: Request, email: str) -> None:
        seconds = await self._limits.sign_in(request.client.host if request.client else "", email)
        if seconds:
            headers = {"Retry-After": str(round(seconds + 0.5))}
            raise Problem(429, "rate_limited", "Too many attempts. Wait a moment.", headers)

    async def _checked(self, given: Credentials) -> Account:
        """The account. Takes as long for an address that has none."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_FIND, [_stored(given.email)])).fetchone()
        async with self._turns:
            right = await asyncio.to_thread(password_matches, row[5] if row else self._nobody, given.password)
        if row is None or not right:
            raise Problem(401, "unauthenticated", "E-mail address or password are wrong.")
        return Account(*row[:5])

    def _shown(self, account: Account, token: str | None, status: int) -> Response:
        operator = {"id": account.id, "name": account.name, "email": account.email, "role": account.role}
        shown = {"operator": operator, "shop": account.shop, **({"token": token} if token else {})}
        return Response(msgspec.json.encode(shown), status, {"Cache-Control": "no-store"}, "application/json")


def _stored(email: str) -> str:
    """As the table has it; what it can't have is found by nobody."""
    return email.lower().replace("\x00", "?")


def _https(request: Request) -> bool:
    return request.url.scheme == "https"
