"""Somebody of a shop's staff over HTTP, with an app for codes and a mailbox."""

import base64
import time
from typing import Any
from uuid import UUID

import httpx
import psycopg
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from services.common.database import open_pool
from services.common.installation_root import rooted
from services.common.master_key import MasterKey
from services.common.staff_links import Kind, StaffLinks
from tests.integration.gateway.conftest import Shop

GOOD = "a lantern under the bridge"


class Somebody:
    """One browser, signed in or not."""

    def __init__(self, shop: Shop, cookie: str = "", gateway: str = "") -> None:
        base = gateway or shop.a
        headers = {"Origin": base, **({"Cookie": cookie} if cookie else {})}
        self.shop = shop
        self.http = httpx.AsyncClient(base_url=base, headers=headers, timeout=15)
        shop.stack.push_async_callback(self.http.aclose)

    async def ask(self, method: str, path: str, status: int = 200, **body: Any) -> Any:
        """What is answered, which must be of this status; `{shop}` in a path is the shop's id."""
        path = path.format(shop=f"/v1/shops/{self.shop.id}", own="/v1/account")
        answer = await self.http.request(method, path, json=body or None)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    async def refused(self, status: int, method: str, path: str, **body: Any) -> str:
        """The code of the refusal."""
        return str((await self.ask(method, path, status, **body))["code"])

    async def sign_in(self, email: str, password: str, status: int = 201, **more: Any) -> Any:
        return await self.ask("POST", "/v1/session", status, email=email, password=password, **more)


class App:
    """An authenticator app."""

    def __init__(self, secret: str) -> None:
        self._totp = TOTP(base64.b32decode(secret), 6, SHA1(), 30)

    def code(self, steps: int = 0) -> str:
        """Of now, or of so many steps later."""
        return self._totp.generate(time.time() + 30 * steps).decode()


async def link(shop: Shop, kind: Kind, id_: UUID, seq: int = 0) -> str:
    """The token that the mail carries."""
    settings = shop.installation.settings
    async with await open_pool(settings.dsn_of("keys"), "tests") as pool:
        return StaffLinks(await rooted(MasterKey.load(settings), pool)).make(kind, id_, seq)


def execute(shop: Shop, query: str, *values: Any, database: str = "log") -> list[Any]:
    """In the database, at once."""
    with psycopg.connect(shop.installation.settings.dsn_of(database), autocommit=True) as connection:
        cursor = connection.execute(query, values)
        return cursor.fetchall() if cursor.description else []


async def hired(owner: Somebody, email: str, role: str = "operator", **more: Any) -> Somebody:
    """Somebody who took up an invitation, signed in."""
    made = await owner.ask("POST", "{shop}/staff/invitations", 201, email=email, role=role, **more)
    token = await link(owner.shop, "invitation", UUID(made["id"]), 1)
    one = Somebody(owner.shop)
    await one.ask("POST", "/v1/invitations/accept", 201, token=token, password=GOOD, name=email.split("@")[0].title())
    return one


async def with_factor(one: Somebody) -> tuple[App, list[str]]:
    """The app and recovery codes of a second factor that is on."""
    setup = await one.ask("POST", "{own}/second-factor", 201)
    assert setup["uri"].startswith("otpauth://totp/Shopbell:")
    assert setup["secret"] in setup["uri"]
    assert setup["qr"].startswith("<svg")
    app = App(setup["secret"])
    codes = (await one.ask("PUT", "{own}/second-factor", code=app.code(-1)))["recovery_codes"]
    assert len(set(codes)) == 8
    return app, codes
