"""Customers of a shop who bought something and are asked what it is like."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from contracts.ids import order_id, review_request_id
from services.common.database import open_pool
from services.common.installation_root import rooted
from services.common.master_key import MasterKey
from services.common.review_links import ReviewLink, ReviewLinks
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Staff
from tests.support.installation import Installation
from tests.support.waiting import eventually

MUG = {"sku": "tide-mug", "name": "Tide mug", "variant": "340 ml", "quantity": 2}
BOWL = {"sku": "salt-bowl", "name": "Salt bowl", "variant": "large"}
HANNAH = {"id": "C-1001", "name": "Hannah Weiss", "email": "hannah.weiss@customer.example"}

AT_ONCE = {"on": True, "mode": "received", "days": 0, "hour": 0}
"""Rules by which a customer is asked as soon as the shop reports what they received yesterday."""

_ASKED = "SELECT person, expires_at FROM rm_review_request AS asked JOIN rm_order ON rm_order.id = order_id" + (
    " WHERE asked.id = %s AND state = 'sent'"
)


async def with_key(shop: Shop, *scopes: str) -> httpx.AsyncClient:
    """The shop's server, with a key of these scopes."""
    made = await Staff(shop).send("POST", "/api-keys", json={"name": "server", "scopes": scopes})
    assert made.status_code == 201, made.text
    headers = {"Authorization": f"Bearer {made.json()['key']}"}
    client = httpx.AsyncClient(base_url=f"{shop.b}/v1/shops/{shop.id}", headers=headers, timeout=15)
    shop.stack.push_async_callback(client.aclose)
    return client


async def bought(
    shop: Shop, number: str = "20418", *items: dict[str, Any], language: str = "en", product: str = ""
) -> str:
    """The token of the link that Hannah is mailed after her order was received: of one product, or of all."""
    answer = await Staff(shop).send("PUT", "/review-rules", json=AT_ONCE)
    assert answer.status_code == 200, answer.text
    server = await with_key(shop, "orders:write")
    stored = await server.post("/orders", json=order_of(number, *items, language=language))
    assert stored.status_code == 201, stored.text
    return await link_of(shop.installation, shop.id, number, product)


def order_of(number: str, *items: dict[str, Any], language: str = "en") -> dict[str, Any]:
    """What Hannah has ordered and received, as the shop reports it."""
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    return {
        "number": number,
        "placed_at": yesterday,
        "items": items or [MUG, BOWL],
        "language": language,
        "customer": HANNAH,
        "status": {"status": "received", "at": yesterday},
    }


async def link_of(installation: Installation, shop: str, number: str, product: str = "") -> str:
    """The token in the mail about this order, once it has been sent for."""
    settings, order = installation.settings, order_id(shop, number)
    request = review_request_id(order, "", "request")
    async with await open_pool(settings.dsn_of("keys"), "tests") as keys:
        master = await rooted(MasterKey.load(settings), keys)
    async with await open_pool(settings.dsn_of("read"), "tests") as read:

        async def asked() -> Any:
            async with read.connection() as connection:
                return await (await connection.execute(_ASKED, [request])).fetchone()

        person, expires_at = await eventually(asked, 30, "the customer is asked")
    until = int(expires_at.timestamp())
    return ReviewLinks(master).make(ReviewLink(shop, request, order, person, until, product))
