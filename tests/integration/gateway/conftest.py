"""A running product, and shops of each test's own in it."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest

from contracts.conversations.settings import ShopSettings
from services.common.broker import connect
from services.common.database import open_pool
from services.common.master_key import MasterKey
from services.common.signing_secrets import SigningSecrets
from services.common.staff import NewAccount, create_account
from services.standalone.shops import create_shop
from tests.support.installation import Installation
from tests.support.protocol_client import Operator, Visitor, sign_in

CREATE_SECONDS = 15.0


@dataclass
class Shop:
    """A shop with one member of staff, and clients that leave when the test does."""

    id: str
    email: str
    password: str
    cookie: str
    gateways: list[str]
    installation: Installation
    stack: AsyncExitStack = field(repr=False)

    @property
    def a(self) -> str:
        """The first gateway."""
        return self.gateways[0]

    @property
    def b(self) -> str:
        """The second one."""
        return self.gateways[1]

    def visitor_url(self, gateway: str | None = None) -> str:
        return f"{gateway or self.a}/v1/visitor?shop={self.id}"

    async def visitor(self, gateway: str | None = None, **options: Any) -> Visitor:
        """A visitor who has been welcomed."""
        one = Visitor([gateway or self.a], self.id, **options)
        self.stack.push_async_callback(one.close)
        await one.connect()
        return one

    async def operator(self, gateway: str | None = None, channels: int | None = 4, **options: Any) -> Operator:
        """An operator who is online."""
        one = Operator([gateway or self.b], cookie=self.cookie, **options)
        self.stack.push_async_callback(one.close)
        await one.connect()
        if channels is not None:
            await one.go_online(channels)
        return one

    async def chat(self) -> tuple[Visitor, Operator]:
        """A visitor at the first gateway in conversation with an operator at the second."""
        operator = await self.operator()
        visitor = await self.visitor()
        await visitor.start("Good morning")
        for one in (operator, visitor):
            await one.event(visitor.conversation, "message")
        return visitor, operator

    async def secret(self) -> tuple[str, str]:
        """Kid and secret with which the shop vouches for its customers."""
        settings = self.installation.settings
        async with await open_pool(settings.dsn_of("keys"), "tests") as pool:
            made = await SigningSecrets(pool, MasterKey.load(settings)).create(self.id)
        return made.kid, made.secret


MakeShop = Callable[..., Awaitable[Shop]]


@pytest.fixture
async def make_shop(installation: Installation, cheap_passwords: None) -> AsyncIterator[MakeShop]:
    """Makes shops: `await make_shop(limit=2)`."""
    async with AsyncExitStack() as stack:

        async def make(**settings: Any) -> Shop:
            name, password = f"t-{secrets.token_hex(5)}", secrets.token_urlsafe(9)
            email = f"{name}@staff.example"
            broker = await connect(installation.settings.nats_url, "tests")
            try:
                await create_shop(broker, name, ShopSettings(**settings), CREATE_SECONDS)
            finally:
                await broker.close()
            with psycopg.connect(installation.settings.dsn_of("log")) as connection:
                create_account(connection, NewAccount(name, email, "Ada", "owner", password))
            gateways = installation.base_urls
            cookie = await sign_in(gateways[0], email, password)
            return Shop(name, email, password, cookie, gateways, installation, stack)

        yield make


@pytest.fixture
async def shop(make_shop: MakeShop) -> Shop:
    """One shop with room for twenty conversations."""
    return await make_shop(limit=20)
