"""Clients of the wire protocol, for tests and load: a visitor and an operator.

visitor = Visitor(["http://127.0.0.1:8000"], shop="demo")
await visitor.connect()
await visitor.start("Hello")
answer = await visitor.wait_for(lambda: visitor.inbox.first(visitor.conversation, text="Hello yourself"))

cookie = await sign_in("http://127.0.0.1:8000", "owner@demo.example", password)
operator = Operator(["http://127.0.0.1:8000"], cookie=cookie)
await operator.connect()
await operator.go_online(3)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpx

from tests.support.journal import Frame
from tests.support.session import RejectedError, Session

__all__ = ["Operator", "RejectedError", "Session", "Visitor", "put_settings", "sign_in"]

REQUEST_WITHIN_S = 15.0


async def sign_in(gateway: str, email: str, password: str) -> str:
    """A session of the staff, as the value of a Cookie header. Raises httpx.HTTPStatusError."""
    async with httpx.AsyncClient(base_url=gateway, timeout=REQUEST_WITHIN_S) as http:
        body = {"email": email, "password": password}
        answer = await http.post("/v1/session", json=body, headers={"Origin": gateway})
        answer.raise_for_status()
        return "; ".join(f"{name}={value}" for name, value in http.cookies.items())


async def put_settings(gateway: str, cookie: str, shop: str, **settings: Any) -> None:
    """Change settings of a shop, such as `limit`. Raises httpx.HTTPStatusError."""
    async with httpx.AsyncClient(base_url=gateway, timeout=REQUEST_WITHIN_S) as http:
        headers = {"Origin": gateway, "Cookie": cookie}
        answer = await http.put(f"/v1/shops/{shop}/settings", json=settings, headers=headers)
        answer.raise_for_status()


class Visitor(Session):
    """A visitor of a shop's pages, with a conversation at most."""

    def __init__(
        self,
        gateways: Sequence[str],
        shop: str,
        *,
        token: str | None = None,
        identity: str | None = None,
        locale: str = "en",
        **options: Any,
    ) -> None:
        """`options` as for Session."""
        super().__init__(gateways, **options)
        self.locale = locale
        self.path = f"/v1/visitor?shop={shop}"
        self.shop = shop
        self.token = token
        self.identity = identity
        self.conversation = ""

    def hello(self) -> Frame:
        """Names who this is, and from where to go on."""
        frame: Frame = {"type": "hello", "locale": self.locale}
        if self.token:
            frame["token"] = self.token
        if self.identity:
            frame["identity"] = self.identity
        if self.conversation:
            frame["resume"] = {"conversation": self.conversation, "after": self.inbox.seen[self.conversation]}
        return frame

    async def finds(self, availability: str) -> None:
        """By the welcome, or by what was told since: their gateway may hear of a change later than the operator's."""
        assert self.welcome is not None
        first = self.welcome["availability"]
        await self.wait_for(lambda: self.latest.get("availability", {}).get("state", first) == availability)

    async def start(self, text: str | None = None, **more: Any) -> Frame:
        """Start a conversation; its `stored`, or RejectedError."""
        fields = {"text": text} if text is not None else {}
        return await self.command("start", **fields, **more)

    async def say_here(self, text: str) -> Frame:
        """A message in the own conversation; its `stored`."""
        return await self.say(self.conversation, text)

    def on_welcome(self, frame: Frame) -> None:
        """Take the renewed token, and the conversation that goes on."""
        self.token = frame["token"]
        if (current := frame.get("conversation")) and self.conversation != current["id"]:
            self.conversation = current["id"]
            self.catch_up({current["id"]: current["seq"]})

    def on_stored(self, command: Frame, frame: Frame) -> None:
        """A new conversation may come with a new token."""
        self.token = frame.get("token", self.token)
        if command["type"] == "start":
            self.conversation = frame["conversation"]


class Operator(Session):
    """A member of a shop's staff with a session."""

    path = "/v1/operator"

    def __init__(self, gateways: Sequence[str], *, cookie: str, whole: bool = True, **options: Any) -> None:
        """`cookie` from `sign_in`; `whole`: read listed conversations from their first event, not only what
        comes; `options` as for Session."""
        super().__init__(gateways, headers={"Cookie": cookie}, **options)
        self._whole = whole

    async def go_online(self, channels: int | None = None) -> Frame:
        """Open channels; None for one."""
        fields = {} if channels is None else {"channels": channels}
        return await self.command("go_online", **fields)

    async def go_offline(self) -> Frame:
        """Close all channels."""
        return await self.command("go_offline")

    def on_welcome(self, frame: Frame) -> None:
        """Ask for all that happened in the listed conversations and was not seen."""
        self.latest["desk"] = frame["desk"]
        self._listed(frame["conversations"])

    def _listed(self, summaries: list[Frame]) -> None:
        heads = {summary["id"]: summary["seq"] for summary in summaries}
        if not self._whole:
            for conversation, head in heads.items():
                self.inbox.seen.setdefault(conversation, head)
        self.catch_up(heads)

    def _on_other(self, kind: str, frame: Frame) -> None:
        """The rest of a long `welcome` is part of it."""
        if kind == "conversations" and self.welcome is not None:
            self.welcome["conversations"] += frame["conversations"]
            self._listed(frame["conversations"])
        super()._on_other(kind, frame)

    @property
    def desk(self) -> Frame:
        """The newest desk: from `welcome`, then as pushed."""
        return self.latest["desk"]
