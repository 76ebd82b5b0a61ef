"""The two socket endpoints, straight on ASGI: who may open one, and which loop serves it."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs

import msgspec
import psycopg
from psycopg_pool import PoolTimeout

from contracts.conversations.settings import ShopSettings
from contracts.ids import ShopId
from contracts.sockets import SUBPROTOCOL, CloseCode
from services.common import metrics
from services.common.logs import logger
from services.gateway.access.origins import origin_of
from services.gateway.access.sessions import token_of
from services.gateway.gateway import Gateway
from services.gateway.peers import peer_of
from services.gateway.sockets.loop import Receive, Wire
from services.gateway.sockets.operator import OperatorSocket
from services.gateway.sockets.outbox import Send
from services.gateway.sockets.protocol import EXTENSION
from services.gateway.sockets.visitor import VisitorSocket

log = logger(__name__)

Scope = Mapping[str, Any]

_OPEN: Final = metrics.gauge("gateway_sockets", "Open sockets.", ["kind"])
_CLOSED: Final = metrics.counter("gateway_refused_sockets_total", "Sockets refused on opening.", ["code"])


class SocketEndpoints:
    """`/v1/visitor` and `/v1/operator`."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.draining = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        match scope["path"]:
            case "/v1/visitor":
                await self._visitor(scope, receive, send)
            case "/v1/operator":
                await self._operator(scope, receive, send)
            case _:
                await send({"type": "websocket.close", "code": CloseCode.REFUSED})

    async def _visitor(self, scope: Scope, receive: Receive, send: Send) -> None:
        shop = parse_qs(scope["query_string"].decode("latin-1")).get("shop", [""])[0]
        settings = await self._settings_for_visitor(scope, shop)
        if not isinstance(settings, ShopSettings):
            await _refuse(scope, send, *settings)
            return
        origin = self._gateway.origins.named(scope, settings.origins)
        await _accept(scope, send)
        with _OPEN.labels("visitor").track_inprogress():
            await VisitorSocket(self._gateway, shop, peer_of(scope), _wire(scope, receive, send), origin).run()

    async def _operator(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.draining:
            await _refuse(scope, send, CloseCode.RESTARTING, "restarting")
            return
        if not self._gateway.origins.ours(scope):
            await _refuse(scope, send, CloseCode.REFUSED, "origin")
            return
        try:
            session = await self._gateway.sessions.find(token_of(scope))
            settings = await self._gateway.shops.settings(session.account.shop) if session else None
        except (psycopg.OperationalError, PoolTimeout):
            await _refuse(scope, send, CloseCode.RESTARTING, "come back in a moment")
            return
        if session is None:
            await _refuse(scope, send, CloseCode.SIGNED_OUT, "sign in")
            return
        if settings is None:
            await _refuse(scope, send, CloseCode.REFUSED, "no such shop")
            return
        await _accept(scope, send)
        with _OPEN.labels("operator").track_inprogress():
            await OperatorSocket(self._gateway, session, _wire(scope, receive, send)).run()

    async def _settings_for_visitor(self, scope: Scope, shop: str) -> ShopSettings | tuple[int, str]:
        """The shop's, or why the socket is refused."""
        if self.draining:
            return CloseCode.RESTARTING, "restarting"
        try:
            msgspec.convert(shop, ShopId)
            settings = await self._gateway.shops.settings(shop)
        except msgspec.ValidationError:
            return CloseCode.REFUSED, "no such shop"
        except (psycopg.OperationalError, PoolTimeout):
            return CloseCode.RESTARTING, "come back in a moment"
        if settings is None:
            return CloseCode.REFUSED, "no such shop"
        if not self._gateway.origins.allowed(scope, settings.origins):
            self._gateway.sightings.refused(shop, origin_of(scope), "origin")
            return CloseCode.REFUSED, "origin"
        return settings


def _wire(scope: Scope, receive: Receive, send: Send) -> Wire:
    return Wire(receive, send, scope.get("extensions", {}).pop(EXTENSION, None))


async def _accept(scope: Scope, send: Send) -> None:
    subprotocol = SUBPROTOCOL if SUBPROTOCOL in scope["subprotocols"] else None
    await send({"type": "websocket.accept", "subprotocol": subprotocol})


async def _refuse(scope: Scope, send: Send, code: int, reason: str) -> None:
    """Accept first: a browser's page only sees the code of a socket that was open."""
    _CLOSED.labels(str(code)).inc()
    log.info("Socket refused", path=scope["path"], code=code, reason=reason)
    await _accept(scope, send)
    await send({"type": "websocket.close", "code": code, "reason": reason})
