"""Who a REST request comes from: staff or a key of the shop that it names, or nobody; and whether they may."""

from typing import Final

from starlette.requests import Request

from services.common.database import DatabaseAway
from services.gateway.access.api_keys import NO_SCOPES, PREFIX, ApiKeys
from services.gateway.access.origins import Origins
from services.gateway.access.roles import KEY, Rule, rule_of
from services.gateway.access.sessions import Account, Session, Sessions, token_of
from services.gateway.rest.problems import Problem, unavailable
from services.gateway.shops import Shops

MAX_BODY: Final = 262_144
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class StaffAccess:
    """Checks sessions and keys, origins, what a role may do, and that the shop is not removed."""

    def __init__(
        self, sessions: Sessions, origins: Origins, shops: Shops | None = None, keys: ApiKeys | None = None
    ) -> None:
        """Without `shops` it is taken that whoever has a session has a shop; without `keys` there are none."""
        self._sessions = sessions
        self._origins = origins
        self._shops = shops
        self._keys = keys

    async def session(self, request: Request) -> Session:
        """The session of a request, of whatever shop. Raises Problem."""
        self.check_origin(request)
        try:
            session = await self._sessions.find(token_of(request.scope))
        except DatabaseAway:
            raise unavailable() from None
        if session is None:
            raise _nobody()
        return session

    async def of_shop(self, request: Request, *, body: bool = True) -> Account:
        """The account, or the shop's key, which may do this in the shop of the path. Raises Problem.

        It is judged once all of a JSON body has come: who sends one slowly may do what they may at its end. With
        `body` False it is left unread, for files.
        """
        if body and request.method not in SAFE_METHODS and _is_json(request):
            await bytes_of(request, MAX_BODY)
        token = token_of(request.scope)
        if token is not None and token.startswith(PREFIX):
            account, scopes = await self._key(token)
        else:
            account, scopes = (await self.session(request)).account, NO_SCOPES
        who = "key" if account.role == KEY else "account"
        if account.shop != request.path_params["shop"]:
            raise Problem(403, "forbidden", f"This {who} does not belong to the shop.")
        rule = rule_of(request.method, getattr(request.scope.get("route"), "path", ""))
        if rule is None or not rule.admits(account.role, scopes):
            raise Problem(403, "forbidden", _may_not(account.role, rule))
        await self._check_shop(account.shop)
        return account

    async def _key(self, token: str) -> tuple[Account, frozenset[str]]:
        """Whose key it is, and what it may."""
        try:
            found = await self._keys.find(token) if self._keys is not None else None
        except DatabaseAway:
            raise unavailable() from None
        if found is None:
            raise _nobody("There is no such key, or it has been revoked.")
        if found.wait:
            headers = {"Retry-After": str(max(1, round(found.wait)))}
            raise Problem(429, "rate_limited", "This key asks too often; wait a moment.", headers)
        return found.account, found.scopes

    async def _check_shop(self, shop: str) -> None:
        try:
            gone = self._shops is not None and await self._shops.settings(shop) is None
        except DatabaseAway:
            raise unavailable() from None
        if gone:
            raise Problem(404, "not_found", "There is no such shop.")

    def check_origin(self, request: Request) -> None:
        """A page of another origin changes nothing here, whatever cookie it makes a browser send."""
        if request.method not in SAFE_METHODS and not self._origins.ours(request.scope):
            raise Problem(403, "forbidden", "Requests from this origin are not accepted.")


def _nobody(detail: str = "Sign in first.") -> Problem:
    return Problem(401, "unauthorized", detail, {"WWW-Authenticate": "Bearer"})


def _may_not(role: str, rule: Rule | None) -> str:
    if role != KEY:
        return f"{role.capitalize()}s of a shop may not do this."
    if rule is None or rule.scope is None:
        return "No key may do this: sign in."
    return f"This key may not do this: it needs the scope {rule.scope}."


async def body_of(request: Request, most: int = MAX_BODY) -> bytes:
    """The body, of bounded size. Raises Problem."""
    if not _is_json(request):
        raise Problem(415, "unsupported_media_type", "Send application/json.")
    return await bytes_of(request, most)


async def bytes_of(request: Request, most: int) -> bytes:
    """The body, whatever it is, of bounded size: read once, and known from then on. Raises Problem."""
    body: bytes | None = getattr(request.state, "body", None)
    if body is None:
        body = request.state.body = await _read(request, most)
    if len(body) > most:
        raise _too_large(most)
    return body


async def _read(request: Request, most: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > most:
            raise _too_large(most)
    return b"".join(parts)


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip() in ("application/json", "")


def _too_large(most: int) -> Problem:
    return Problem(413, "too_large", f"The body has more than {most} bytes.")
