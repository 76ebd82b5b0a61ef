"""The made-up shops and who works in them."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt
import psycopg

from contracts.conversations.settings import ShopSettings
from services.common.broker import connect
from services.common.database import open_pool
from services.common.master_key import MasterKey
from services.common.signing_secrets import SigningSecrets
from services.common.staff import NewAccount, Role, create_account
from services.standalone.shops import create_shop
from tests.screens.people import Person
from tests.support.installation import Installation
from tests.support.protocol_client import Operator, Visitor, sign_in

CREATE_SECONDS = 15.0
VOUCHED_SECONDS = 12 * 3600


@dataclass(frozen=True)
class Member:
    """Somebody of the staff."""

    id: str
    name: str
    email: str
    password: str


@dataclass
class Shop:
    """One shop, its staff by name, and how its visitors and operators connect."""

    id: str
    installation: Installation
    staff: dict[str, Member] = field(default_factory=dict)
    _sessions: list[Operator | Visitor] = field(default_factory=list)
    _secret: tuple[str, str] | None = None
    _cookies: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return self.installation.base_urls[0]

    @classmethod
    async def make(cls, installation: Installation, shop_id: str, staff: dict[str, Role], **settings: Any) -> Shop:
        """Create it with these settings and members of staff."""
        broker = await connect(installation.settings.nats_url, "screens")
        try:
            await create_shop(broker, shop_id, ShopSettings(**settings), CREATE_SECONDS)
        finally:
            await broker.close()
        shop = cls(shop_id, installation)
        await asyncio.to_thread(shop._hire, staff)
        return shop

    def _hire(self, staff: dict[str, Role]) -> None:
        with psycopg.connect(self.installation.settings.dsn_of("log")) as log:
            for name, role in staff.items():
                email, password = f"{name.lower()}@{self.id}.example", secrets.token_urlsafe(9)
                account = create_account(log, NewAccount(self.id, email, name, role, password))
                self.staff[name] = Member(account, name, email, password)

    async def operator(self, name: str, channels: int | None = None) -> Operator:
        """A member of staff at their desk; online with these channels, if any are given."""
        one = Operator([self.base], cookie=await self.cookie(name), persistent=True)
        self._sessions.append(one)
        await one.connect()
        if channels is not None:
            await one.go_online(channels)
        return one

    async def visitor(self, person: Person) -> Visitor:
        """They come to the shop and look at their page."""
        identity = await self._vouched(person) if person.number else None
        one = Visitor([self.base], self.id, identity=identity, persistent=True)
        self._sessions.append(one)
        await one.connect()
        one.tell("page", url=person.page.url, title=person.page.title, cart=person.page.cart)
        return one

    async def cookie(self, name: str) -> str:
        """The session of a member of staff, as the value of a Cookie header."""
        if name not in self._cookies:
            self._cookies[name] = await sign_in(self.base, self.staff[name].email, self.staff[name].password)
        return self._cookies[name]

    async def request(self, name: str, method: str, path: str, **options: Any) -> httpx.Response:
        """A request of a member of staff; `path` below the shop's."""
        headers = {"Cookie": await self.cookie(name), "Origin": self.base}
        async with httpx.AsyncClient(headers=headers, timeout=15) as http:
            return await http.request(method, f"{self.base}/v1/shops/{self.id}{path}", **options)

    async def close(self) -> None:
        """Everybody leaves."""
        await asyncio.gather(*(session.close() for session in self._sessions))
        self._sessions.clear()

    async def _vouched(self, person: Person) -> str:
        if self._secret is None:
            settings = self.installation.settings
            async with await open_pool(settings.dsn_of("keys"), "screens") as pool:
                made = await SigningSecrets(pool, MasterKey.load(settings)).create(self.id)
            self._secret = made.kid, made.secret
        kid, secret = self._secret
        claims = {**person.claims, "aud": "shopbell", "iss": self.id, "exp": int(time.time()) + VOUCHED_SECONDS}
        return jwt.encode(claims, secret, "HS256", {"kid": kid})
