"""Web push of the staff: the key that browsers subscribe with, and the subscriptions that they bring."""

from typing import Annotated, Any, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Meta, Struct
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.common.database import DatabaseAway
from services.common.master_key import MasterKey
from services.common.push_services import BadEndpoint, KnownServices
from services.common.vapid import CURVE, from_base64url, vapid_key
from services.gateway.access.sessions import Session
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.problems import unavailable
from services.gateway.rest.staff import StaffAccess

MAX_BODY: Final = 16_384
MOST_BROWSERS: Final = 20
"""Of one account: the one longest unused goes first."""
POINT_BYTES: Final = 65
SECRET_BYTES: Final = 16

_KEEP: Final = """
    INSERT INTO push.subscription (account, session, endpoint, p256dh, auth, locale) VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (endpoint) DO UPDATE SET account = excluded.account, session = excluded.session,
        p256dh = excluded.p256dh, auth = excluded.auth, locale = excluded.locale, renewed_at = now()
"""
_MOST: Final = """
    DELETE FROM push.subscription WHERE id IN (
        SELECT id FROM push.subscription WHERE account = %s ORDER BY renewed_at DESC, id OFFSET %s
    )
"""
_FORGET: Final = "DELETE FROM push.subscription WHERE endpoint = %s AND account = %s"


class SubscriptionKeys(Struct, kw_only=True):
    """In base64url: the browser's point on P-256, and the secret that it shares with us (RFC 8291)."""

    p256dh: Annotated[str, Meta(max_length=200)]
    auth: Annotated[str, Meta(max_length=100)]


class Subscription(Struct, kw_only=True):
    """A `PushSubscription` as browsers write it as JSON, with the language that its notifications are to have."""

    endpoint: Annotated[str, Meta(max_length=2_000)]
    keys: SubscriptionKeys
    locale: Annotated[str, Meta(max_length=35)] = "en"


class Forgotten(Struct, kw_only=True):
    """Which subscription is no more."""

    endpoint: Annotated[str, Meta(max_length=2_000)]


class PushKey(Struct):
    """The application server's key (RFC 8292), for `PushManager.subscribe`."""

    key: str


_subscription: Final = msgspec.json.Decoder(Subscription)
_forgotten: Final = msgspec.json.Decoder(Forgotten)

Pool = AsyncConnectionPool[AsyncConnection[Any]]


class PushRoutes:
    """Of whoever is signed in, for the browser that they are signed in with."""

    def __init__(
        self, log_pool: Pool, keys_pool: Pool, master: MasterKey, access: StaffAccess, services: KnownServices
    ):
        """`services`: where pushes may go."""
        self._pool, self._keys_pool, self._master = log_pool, keys_pool, master
        self._access = access
        self._services = services
        self._key = ""

    def routes(self) -> list[Route]:
        return [
            Route("/v1/push-key", self.key),
            Route("/v1/push-subscription", self.keep, methods=["PUT"]),
            Route("/v1/push-subscription", self.forget, methods=["DELETE"]),
        ]

    async def key(self, request: Request) -> Response:
        await self._access.session(request)
        if not self._key:
            try:
                self._key = (await vapid_key(self._keys_pool, self._master)).public
            except DatabaseAway:
                raise unavailable() from None
        shown = msgspec.json.encode(PushKey(self._key))
        return Response(shown, headers={"Cache-Control": "no-store"}, media_type="application/json")

    async def keep(self, request: Request) -> Response:
        """204. Sent again it is renewed; another account's becomes this one's, for a browser has one."""
        session = await self._access.session(request)
        given = await decoded(request, _subscription, MAX_BODY)
        try:
            self._services.service_of(given.endpoint)
        except BadEndpoint as bad:
            raise invalid("endpoint", str(bad)) from None
        values = [
            given.endpoint,
            point_of(given.keys.p256dh),
            secret_of(given.keys.auth),
            given.locale.replace("\0", ""),
        ]
        try:
            await self._store(session, values)
        except DatabaseAway:
            raise unavailable() from None
        return Response(status_code=204)

    async def forget(self, request: Request) -> Response:
        """204, whether there was one or not."""
        session = await self._access.session(request)
        given = await decoded(request, _forgotten, MAX_BODY)
        try:
            async with self._pool.connection() as connection:
                await connection.execute(_FORGET, [given.endpoint.replace("\0", ""), session.account.id])
        except DatabaseAway:
            raise unavailable() from None
        return Response(status_code=204)

    async def _store(self, session: Session, values: list[Any]) -> None:
        async with self._pool.connection() as connection:
            await connection.execute(_KEEP, [session.account.id, session.token_hash, *values])
            await connection.execute(_MOST, [session.account.id, MOST_BROWSERS])


def point_of(text: str) -> bytes:
    """An uncompressed point that lies on the curve. Raises Problem."""
    try:
        point = from_base64url(text)
        if len(point) != POINT_BYTES:
            raise ValueError("no uncompressed point")
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError:
        raise invalid("keys.p256dh", "It is no point on P-256.") from None
    return point


def secret_of(text: str) -> bytes:
    """What the browser shares with us. Raises Problem."""
    try:
        secret = from_base64url(text)
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise invalid("keys.auth", f"It has not {SECRET_BYTES} bytes.")
    return secret
