"""The ASGI application: sockets beside Starlette, which serves everything else."""

import re
import secrets
import time
from collections.abc import MutableMapping, Sequence
from typing import Any, Final

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from services.common.logs import correlated, logger
from services.gateway.rest.problems import EXCEPTION_HANDLERS
from services.gateway.sockets.endpoints import Scope, SocketEndpoints
from services.gateway.sockets.loop import Receive
from services.gateway.sockets.outbox import Send

log = logger(__name__)

REQUEST_ID: Final = b"x-request-id"
QUIET: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_GIVEN_ID: Final = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_SECURITY: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
)
"""What every answer says unless it says otherwise: data that a browser shows nothing of, runs nothing from, and gives
to no other host's page (but where CORS lets it)."""
_HSTS: Final = (b"strict-transport-security", b"max-age=31536000")


class Application:
    """Sockets don't pass through Starlette: each layer costs memory for as long as a socket is open."""

    def __init__(self, sockets: SocketEndpoints, routes: Sequence[BaseRoute]) -> None:
        self._sockets = sockets
        self._pages = Starlette(routes=list(routes), exception_handlers=EXCEPTION_HANDLERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "websocket":
                await self._sockets(scope, receive, send)
            case "http":
                await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        correlation = _correlation(scope)
        started = time.perf_counter()
        more = [*_SECURITY, (REQUEST_ID, correlation.encode()), *([_HSTS] if scope["scheme"] == "https" else [])]
        status = 500

        async def sending(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                names = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in more if pair[0] not in names)]
            await send(message)

        with correlated(correlation):
            try:
                await self._pages(scope, receive, sending)  # type: ignore[arg-type]  # ASGI's own mapping types
            finally:
                if scope["path"] not in QUIET:
                    seconds = round(time.perf_counter() - started, 4)
                    route = getattr(scope.get("route"), "path", None) or "-"
                    log.info("Request", method=scope["method"], route=route, status=status, seconds=seconds)


def _correlation(scope: Scope) -> str:
    """The caller's, if it gave one that can stand in a log."""
    given: bytes = dict(scope["headers"]).get(REQUEST_ID, b"")
    return given.decode() if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
