"""Visitors' tokens: which guest or customer a browser was, signed by the installation (RFC 7519, HS256)."""

import time
from collections.abc import Callable
from typing import Any, Final

import jwt

from services.common.master_key import MasterKey
from services.gateway.access.visitor_ids import Visitor

LIFE_SECONDS: Final = 30 * 86_400
"""From the last use: each `welcome` carries a new one."""
VISIT_SECONDS: Final = 1_800
"""Who comes back within this time from the last page is still on the same visit."""
_AUDIENCE: Final = "shopbell-visitor"
_ALGORITHM: Final = "HS256"


class BadToken(Exception):
    """The token is forged, damaged, expired, or another shop's."""


class Tokens:
    """Makes and reads them."""

    def __init__(self, master: MasterKey, clock: Callable[[], float] = time.time) -> None:
        self._key = master.derive("tokens")
        self._clock = clock

    def make(self, shop: str, visitor: Visitor, since: int | None = None) -> str:
        """`since`: when the visit began, in seconds since 1970."""
        now = int(self._clock())
        claims = {"aud": _AUDIENCE, "shop": shop, "sub": visitor.id, "iat": now, "exp": now + LIFE_SECONDS}
        if visitor.start is not None:
            claims["start"] = visitor.start
        if visitor.voter != visitor.id:
            claims["first"] = visitor.voter
        if since is not None:
            claims["visit"] = since
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def read(self, shop: str, token: str) -> Visitor:
        """The visitor it names; of a customer without the identity. Raises BadToken."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                audience=_AUDIENCE,
                options={"require": ["exp", "sub", "aud"], "verify_exp": False, "verify_iat": False},
            )
        except (jwt.PyJWTError, ValueError):
            raise BadToken("the token is not ours") from None
        if claims["exp"] <= self._clock():
            raise BadToken("the token has expired")
        if claims.get("shop") != shop:
            raise BadToken("the token is another shop's")
        return Visitor(claims["sub"], claims.get("start"), since=self._visit(claims), first=claims.get("first"))

    def _visit(self, claims: dict[str, Any]) -> int | None:
        """When the visit began that still goes on."""
        began, last = claims.get("visit"), claims.get("iat")
        goes_on = isinstance(last, int) and self._clock() - last < VISIT_SECONDS
        return began if goes_on and isinstance(began, int) else None
