"""The shops' own tokens, with which they vouch for customers (RFC 7519, HS256)."""

import time
from collections.abc import Callable
from typing import Any, Final

import jwt

from services.common.signing_secrets import SigningSecrets
from services.gateway.access.visitor_ids import Identity
from services.gateway.sockets.texts import BadText, clean

AUDIENCE: Final = "shopbell"
LONGEST_LIFE_SECONDS: Final = 24 * 3_600
LEEWAY_SECONDS: Final = 60
"""Shops' clocks may differ from ours by this much, both ways."""
MAX_FIELD: Final = 300


class BadIdentity(Exception):
    """The shop does not vouch for this; the message says why, without what the token says."""


class Identities:
    """Checks identity tokens."""

    def __init__(self, secrets: SigningSecrets, clock: Callable[[], float] = time.time) -> None:
        self._secrets = secrets
        self._clock = clock

    async def read(self, shop: str, token: str) -> Identity:
        """Whom the shop vouches for. Raises BadIdentity, or psycopg's errors while the database is away."""
        claims = await self._verified(shop, token)
        self._check_times(claims)
        return Identity(
            sub=_field(claims, "sub", required=True) or "",
            name=_field(claims, "name") or "",
            email=_field(claims, "email"),
            phone=_field(claims, "phone"),
        )

    async def _verified(self, shop: str, token: str) -> dict[str, Any]:
        try:
            kid = jwt.get_unverified_header(token).get("kid")
        except (jwt.PyJWTError, ValueError):
            raise BadIdentity("the identity is no signed token") from None
        if kid is not None and not isinstance(kid, str):
            raise BadIdentity("the identity names its key in no way that we know")
        for secret in await self._secrets.find(shop, kid):
            try:
                claims = self._decoded(shop, token, secret.secret)
                await self._secrets.used(shop, secret.kid)
                return claims
            except jwt.InvalidSignatureError:
                continue
            except (jwt.PyJWTError, ValueError):
                raise BadIdentity("the identity is not made for this shop") from None
        raise BadIdentity("the identity is not signed by this shop")

    @staticmethod
    def _decoded(shop: str, token: str, secret: str) -> dict[str, Any]:
        """Times are checked against our clock afterwards."""
        claims: dict[str, Any] = jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            audience=AUDIENCE,
            issuer=shop,
            options={
                "require": ["exp", "sub", "aud", "iss"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
        return claims

    def _check_times(self, claims: dict[str, Any]) -> None:
        now, expires = self._clock(), claims["exp"]
        if isinstance(expires, bool) or not isinstance(expires, int | float):
            raise BadIdentity("the identity's exp is no number")
        if expires <= now:
            raise BadIdentity("the identity has expired")
        if expires > now + LONGEST_LIFE_SECONDS + LEEWAY_SECONDS:
            raise BadIdentity("the identity lives longer than 24 hours")
        if isinstance(claims.get("nbf"), int | float) and claims["nbf"] > now + LEEWAY_SECONDS:
            raise BadIdentity("the identity is not valid yet")


def _field(claims: dict[str, Any], name: str, *, required: bool = False) -> str | None:
    value = claims.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, str):
        raise BadIdentity(f"the identity's {name} is no text")
    if not value and not required:
        return None
    try:
        return clean(value, MAX_FIELD)
    except BadText as bad:
        raise BadIdentity(f"the identity's {name} can't be taken: {bad.detail}") from None
