"""A push service of our own: gives out subscriptions, and takes pushes as a browser's would.

It checks what senders must do (RFC 8030, 8291, 8292): the token's signature under the key that the subscription was
made with, its audience and its time; the headers; and it opens the payload with the browser's private key.
"""

import asyncio
import json
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import http_ece
import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.common.vapid import CURVE, base64url, from_base64url
from services.standalone.ports import free_ports

MOST_BYTES = 4_096
LONGEST_TOKEN_SECONDS = 86_400


@dataclass
class Browser:
    """One subscription. `server_key` is the application server's key it is bound to; empty: to none."""

    endpoint: str
    server_key: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def path(self) -> str:
        return "/push/" + self.endpoint.partition("/push/")[2]

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def as_json(self, locale: str = "en") -> dict[str, Any]:
        """What `PUT /v1/push-subscription` takes."""
        keys = {"p256dh": base64url(self.point), "auth": base64url(self.secret)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys, "locale": locale}


@dataclass
class Taken:
    """A push that was taken; `payload` in clear."""

    path: str
    payload: dict[str, Any]
    headers: dict[str, str]
    claims: dict[str, Any]


@dataclass
class PushService:
    """`on_push` decides, given how many were asked before: None to take it, else the answer."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    """What a sender did that no push service would take."""
    on_push: Callable[[int], Response | None] = lambda _: None
    answers: dict[str, list[Response]] = field(default_factory=dict)
    """By path, what is answered first before pushes are taken."""
    slow: dict[str, list[float]] = field(default_factory=dict)
    """By path, after how many seconds pushes that were taken are answered; the next at once."""
    browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def subscribe(self, server_key: str = "", host: str = "127.0.0.1") -> Browser:
        """A browser that subscribes, at this service as it is called by one of its names."""
        path = f"/push/{len(self.browsers)}-{os.urandom(8).hex()}"
        self.browsers[path] = Browser(f"http://{host}:{self.port}{path}", server_key)
        return self.browsers[path]

    async def push(self, request: Request) -> Response:
        number, self.asked = self.asked, self.asked + 1
        body = await request.body()
        browser = self.browsers.get(request.url.path)
        if browser is None:
            return Response(status_code=404)
        if (answer := self.on_push(number)) is not None:
            return answer
        if answers := self.answers.get(request.url.path):
            return answers.pop(0)
        try:
            claims = self._claims(request, browser)
            payload = self._opened(request, browser, body)
        except (AssertionError, ValueError, KeyError, jwt.PyJWTError, http_ece.ECEException) as error:
            self.wrong.append(repr(error))
            return Response(status_code=403)
        self.taken.append(
            Taken(request.url.path, payload, {name.lower(): value for name, value in request.headers.items()}, claims)
        )
        if waits := self.slow.get(request.url.path):
            await asyncio.sleep(waits.pop(0))
        return Response(status_code=201, headers={"Location": f"{self.origin}/message/{number}"})

    def _claims(self, request: Request, browser: Browser) -> dict[str, Any]:
        """Section 4.2 of RFC 8292."""
        scheme, _, parameters = request.headers["authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(part.strip().split("=", 1) for part in parameters.split(","))
        assert not browser.server_key or parts["k"] == browser.server_key, "another server's key"
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_base64url(parts["k"]))
        audience = browser.endpoint.partition("/push/")[0]
        claims: dict[str, Any] = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=audience)
        assert claims["exp"] <= time.time() + LONGEST_TOKEN_SECONDS, "valid for too long"
        return claims

    def _opened(self, request: Request, browser: Browser, body: bytes) -> dict[str, Any]:
        assert request.headers["content-encoding"] == "aes128gcm"
        assert int(request.headers["ttl"]) >= 0
        assert len(request.headers.get("topic", "")) <= 32
        assert request.headers.get("urgency", "normal") in ("very-low", "low", "normal", "high")
        assert len(body) <= MOST_BYTES
        opened: dict[str, Any] = json.loads(
            http_ece.decrypt(body, private_key=browser.private, auth_secret=browser.secret, version="aes128gcm")
        )
        return opened


class _Server(uvicorn.Server):
    """Signals are for the test's own process, and who waits for the start is told."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def push_service(service: PushService | None = None) -> AsyncIterator[PushService]:
    """Running while inside."""
    made = service or PushService()
    made.port = made.port or free_ports(1)[0]
    app = Starlette(routes=[Route("/push/{name}", made.push, methods=["POST"])])
    server = _Server(uvicorn.Config(app, port=made.port, log_config=None, lifespan="off", ws="none"))
    serving = asyncio.create_task(server.serve())
    try:
        await server.up.wait()
        yield made
    finally:
        server.should_exit = True
        await serving
