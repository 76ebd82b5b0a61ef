"""Signing staff in and out, and from shop to shop: `/v1/session`."""

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.gateway.access.sessions import Account, token_of
from services.gateway.rest.access.door import Door, json_of, leave
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess, body_of

MAX_BODY: Final = 4_096


class Credentials(Struct):
    """Without `stay` the cookie goes when the browser is closed. `code`: of the second factor, or a recovery code.

    `shop`: in which of the shops that one works for; without it, where one was last.
    """

    email: str
    password: str
    stay: bool = True
    code: Annotated[str, Meta(max_length=40)] | None = None
    shop: str | None = None


class ShopWish(Struct):
    """To which of one's shops the session changes."""

    shop: str


_credentials: Final = msgspec.json.Decoder(Credentials)
_wish: Final = msgspec.json.Decoder(ShopWish)


@dataclass(frozen=True, kw_only=True)
class SessionRoutes:
    """Sign-in with e-mail address, password and, once it is on, a second factor."""

    door: Door
    access: StaffAccess

    def routes(self) -> list[Route]:
        path = "/v1/session"
        return [
            Route(path, self.sign_in, methods=["POST"]),
            Route(path, self.sign_out, methods=["DELETE"]),
            Route(path, self.who, methods=["GET"]),
            Route(path, self.switch, methods=["PUT"]),
        ]

    async def sign_in(self, request: Request) -> Response:
        """201 with the token, also set as a cookie."""
        self.access.check_origin(request)
        try:
            given = _credentials.decode(await body_of(request, MAX_BODY))
        except (msgspec.MsgspecError, ValueError) as error:
            raise Problem(400, "invalid", str(error)) from None
        known = await self.door.check(request, given.email, given.password, given.code)
        return await self.door.open(request, known, given.shop, stay=given.stay)

    async def sign_out(self, request: Request) -> Response:
        """204, whether there was a session or not."""
        self.access.check_origin(request)
        token = token_of(request.scope)
        if token is not None:
            await self.door.sessions.end(token)
        return leave(request, Response(status_code=204))

    async def who(self, request: Request) -> Response:
        """Whose session this is."""
        return json_of(await self._told((await self.access.session(request)).account))

    async def switch(self, request: Request) -> Response:
        """The session is in another shop from now on; its sockets close, and come back as of there."""
        session = await self.access.session(request)
        try:
            wanted = _wish.decode(await body_of(request, MAX_BODY)).shop
        except (msgspec.MsgspecError, ValueError) as error:
            raise Problem(400, "invalid", str(error)) from None
        places = await self.door.places(session.account.id)
        place = next((one for one in places if one.shop == wanted), None)
        if place is None or not await self.door.accounts.switch(session.token_hash, wanted):
            raise Problem(403, "forbidden", "This account does not belong to the shop.")
        if wanted != session.account.shop:
            await self.door.sessions.ended([session.token_hash])
        known = session.account
        named = await self.door.accounts.by_id(known.id)
        name = place.name or (named.name if named else known.name)
        return json_of(await self._told(Account(known.id, wanted, known.email, name, place.role)))

    async def _told(self, account: Account) -> dict[str, object]:
        on = await self.door.factors.state(account.id) is not None
        return await self.door.told(account, await self.door.places(account.id), second_factor=on)
