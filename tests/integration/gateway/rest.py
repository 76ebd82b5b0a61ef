"""What pages and staff ask of a shop over REST."""

from typing import Any
from uuid import uuid4

import httpx

from tests.integration.gateway.conftest import Shop


class Pages:
    """A page of the shop, or of another origin."""

    def __init__(self, shop: Shop, origin: str | None = None) -> None:
        headers = {} if origin is None else {"Origin": origin}
        self._http = httpx.AsyncClient(base_url=f"{shop.a}/v1/shops/{shop.id}", headers=headers, timeout=15)
        shop.stack.push_async_callback(self._http.aclose)

    async def form(self, locale: str = "en") -> httpx.Response:
        return await self._http.get("/offline-form", params={"locale": locale})

    async def leave(self, fields: dict[str, str] | None = None, **members: Any) -> httpx.Response:
        """Fill in the form and send it, a new ticket with it unless one is given."""
        body = {"id": uuid4().hex, "fields": fields or {}, **members}
        if "ticket" not in body:
            body["ticket"] = (await self.form()).json()["ticket"]
        return await self.post("/offline-messages", body)

    async def post(self, path: str, body: Any) -> httpx.Response:
        return await self._http.post(path, json=body)

    async def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return await self._http.request(method, path, **options)


class Staff:
    """A member of the shop's staff."""

    def __init__(self, shop: Shop) -> None:
        headers = {"Cookie": shop.cookie, "Origin": shop.a}
        self._http = httpx.AsyncClient(base_url=f"{shop.a}/v1/shops/{shop.id}", headers=headers, timeout=15)
        shop.stack.push_async_callback(self._http.aclose)

    async def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return await self._http.request(method, path, **options)

    async def settings(self, **changes: Any) -> None:
        answer = await self.send("PUT", "/settings", json=changes)
        assert answer.status_code == 200, answer.text

    async def inbox(self, **params: Any) -> dict[str, Any]:
        answer = await self.send("GET", "/offline-messages", params=params)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    async def items(self, **params: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await self.inbox(**params))["items"]
        return items
