"""Orders as a shop's server reports them, who is asked about them when, and the way out of it."""

import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Staff
from tests.integration.gateway.test_every_role import key
from tests.integration.gateway.test_mailed import mailed, opened
from tests.support.waiting import eventually

ITEMS = [{"sku": "mug", "name": "Tide mug", "variant": "340 ml"}, {"sku": "bowl", "name": "Salt bowl"}]
RULES = {"on": True, "mode": "placed", "days": 2, "hour": 10, "zone": "Europe/Warsaw"}


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def order(number: str, days: float, **more: Any) -> dict[str, Any]:
    """Placed so many days ago."""
    customer = {"id": "customer-7", "name": "Hannah Weiss", "email": "hannah@posteo.example"}
    return {"number": number, "placed_at": days_ago(days), "items": ITEMS, "customer": customer, **more}


class Server:
    """The shop's own, with a key."""

    def __init__(self, shop: Shop, http: httpx.AsyncClient) -> None:
        self.shop, self._http = shop, http

    async def post(self, path: str, body: Any, status: int = 200, **headers: str) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = await self._http.post(path, content=content, headers={"Content-Type": "application/json", **headers})
        assert answer.status_code == status, answer.text
        return answer.json()

    async def staff(self, method: str, path: str, **options: Any) -> Any:
        """What a manager asks."""
        headers = {"Cookie": self.shop.cookie, "Authorization": "", "Origin": self.shop.a}
        answer = await self._http.request(method, path, headers=headers, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def mails(self, state: str, count: int) -> list[dict[str, Any]]:
        """What is planned, sent or withheld, once it is so many."""

        async def listed() -> list[dict[str, Any]]:
            page = await self.staff("GET", "/review-requests", params={"state": state})
            items: list[dict[str, Any]] = page["items"]
            return items if len(items) >= count else []

        return await eventually(listed, 45, what=f"{count} mails {state}")


@pytest.fixture
async def server(shop: Shop) -> AsyncIterator[Server]:
    """Of a shop that asks two days after an order was placed."""
    await opened(shop)
    headers = await key(shop, ["orders:write", "order-status:write"])
    async with httpx.AsyncClient(base_url=f"{shop.a}/v1/shops/{shop.id}", headers=headers, timeout=20) as http:
        made = Server(shop, http)
        assert (await made.staff("GET", "/review-rules"))["zone"] == "UTC"  # the shop's
        await made.staff("PUT", "/review-rules", json=RULES)
        yield made


@pytest.mark.feature("G1")
@pytest.mark.feature("I2")
async def test_orders_come_in_any_order_and_again_and_the_dry_run_says_who_gets_what_when(server: Server) -> None:
    await server.post("/orders/A%2F1/status", {"status": "cancelled"})
    one = order("A/2", 1)
    assert await server.post("/orders", one, 201) == {"number": "A/2", "stored": True}
    assert await server.post("/orders", one, 201) == {"number": "A/2", "stored": True}
    many = [order("A/1", 1), {"number": "A/3"}, order("A/4", 0, customer=None), order("A/5", 400)]
    results = (await server.post("/orders", {"orders": many}))["results"]
    assert [(one["number"], one.get("stored", False)) for one in results] == [
        ("A/1", True), ("A/3", False), ("A/4", True), ("A/5", True),
    ]  # fmt: skip
    assert (results[1]["code"], results[1]["field"]) == ("invalid", "placed_at")
    statuses = [{"number": "A/5", "status": "received", "at": days_ago(399)}, {"number": "A/4", "status": "?"}]
    told = (await server.post("/order-statuses", {"statuses": statuses}))["results"]
    assert [one.get("stored", False) for one in told] == [True, False]
    planned = await server.mails("planned", 2)
    assert [(one["number"], one["would"], one["name"]) for one in planned] == [
        ("A/2", "send", "Hannah Weiss"),
        ("A/4", "no_address", None),
    ]
    assert planned[0]["products"] == ["Tide mug", "Salt bowl"]
    due = datetime.fromisoformat(planned[0]["due_at"])
    assert timedelta(0) < due - datetime.now(UTC) < timedelta(days=2)
    await server.post("/orders/A%2F2/status", {"status": "returned"})
    (stopped,) = await server.mails("withheld", 1)
    assert (stopped["number"], stopped["reason"]) == ("A/2", "returned")


@pytest.mark.feature("G1")
@pytest.mark.feature("G4")
async def test_customer_is_mailed_once_in_the_mode_of_the_shop_and_no_more_once_they_say_so(server: Server) -> None:
    await Staff(server.shop).settings(languages=["pl", "en"])
    await server.post("/orders", order("20418", 3), 201)
    (mail,) = await mailed(server.shop)
    assert mail["recipients"] == ["hannah@posteo.example"]
    assert mail["subject"] == "Jak się sprawują nowe rzeczy?"  # the shop's first language, for none was told
    assert len(re.findall(r"/review#[\w-]+(?=\s)", mail["text"])) == len(ITEMS)
    await server.staff("PUT", "/review-rules", json={**RULES, "mode": "received"})
    await server.post("/orders/20419/status", {"status": "received", "at": days_ago(4)})
    await server.post("/orders", order("20419", 9, language="en"), 201)
    received, _ = await mailed(server.shop, 2)
    (form,) = re.findall(r"/review#[\w-]+(?=\s)", received["text"])
    assert form
    ends = re.findall(r"/v1/unsubscribe/[\w-]+", received["text"])[0]
    async with httpx.AsyncClient(base_url=server.shop.b, timeout=15) as mail_program:
        assert "No more review mails?" in (await mail_program.get(ends)).text
        one_click = await mail_program.post(ends, data={"List-Unsubscribe": "One-Click"})
        assert one_click.status_code == 200
        assert (await mail_program.get(f"{ends}x")).status_code == 404
    somebody_else = {"id": "customer-8", "email": "Hannah@Posteo.example"}  # at the same address
    received_now = {"status": "received", "at": days_ago(4)}
    spoken_elsewhere = order("20420", 9, customer=somebody_else, status=received_now, language="de")
    await server.post("/orders", spoken_elsewhere, 201)
    withheld = await server.mails("withheld", 1)
    assert [(one["number"], one["reason"]) for one in withheld] == [("20420", "unsubscribed")]
    figures = await server.staff("GET", "/review-requests/figures")
    assert (figures["sent"], figures["unsubscribed"], figures["withheld"]) == (2, 1, {"unsubscribed": 1})
    assert {one["would"] for one in await server.mails("planned", 2)} == {"unsubscribed"}  # the reminders


async def test_what_can_not_be_an_order_is_said_by_its_member(server: Server) -> None:
    wrong = {
        "items": [],
        "placed_at": "2026-11-22T10:00:00",
        "customer": {"email": "nobody"},
        "language": "?",
        "status": {"status": "Received"},
        "colour": "blue",
    }
    for member, value in wrong.items():
        answer = await server.post("/orders", {**order("1", 1), member: value}, 422)
        assert answer["field"].startswith(member), answer
    none = {"sku": "bowl", "name": "Salt bowl", "quantity": 0}
    assert (await server.post("/orders", order("1", 1, items=[ITEMS[0], none]), 422))["field"] == "items[1].quantity"
    web = {**ITEMS[0], "image": "http://shop.example/mug.png"}
    assert (await server.post("/orders", order("1", 1, items=[web]), 422))["field"] == "items[0].image"
    twice = await server.post("/orders", order("1", 1), 201, **{"Idempotency-Key": "order-1"})
    assert await server.post("/orders", order("1", 2), 400, **{"Idempotency-Key": "order-1"}) != twice
    assert (await server.post("/orders", {"orders": [order("1", 1)] * 501}, 422))["field"] == "orders"
    one = json.dumps(order("3", 1)).encode()
    in_latin_1 = b'{"orders": [%b, %b]}' % (one.replace(b"Tide", b"Gr\xfcn").replace(b'"3"', b'"2"'), one)
    told = (await server.post("/orders", in_latin_1))["results"]
    assert [(one["number"], one.get("code")) for one in told] == [("2", "invalid"), ("3", None)]


@pytest.mark.feature("I5")
async def test_customer_of_an_order_is_a_person_to_show_to_hand_out_and_to_erase(server: Server) -> None:
    await server.post("/orders", order("20418", 1), 201)
    await server.post("/orders", order("20419", 1, customer={"email": "Hannah@Posteo.example"}), 201)
    await server.mails("planned", 2)
    person = await server.staff("GET", "/customers/hannah@posteo.example")
    assert (person["name"], person["email"].lower(), person["counts"]["orders"]) == (
        "Hannah Weiss",
        "hannah@posteo.example",
        2,
    )
    headers = {"Cookie": server.shop.cookie, "Origin": server.shop.a}
    async with httpx.AsyncClient(
        base_url=f"{server.shop.a}/v1/shops/{server.shop.id}", headers=headers, timeout=15
    ) as http:
        exported = await http.post("/customers/customer-7/export")
        with zipfile.ZipFile(io.BytesIO(exported.content)) as archive:
            told = json.loads(archive.read("data.json"))["orders"]
            assert "Order 20418" in archive.read("index.html").decode()
        assert [(one["events"][0]["number"], one["events"][0]["email"]) for one in told] == [
            ("20418", "hannah@posteo.example")
        ]
        path = "/customers/hannah@posteo.example"
        wish = {"confirm": "ERASE hannah@posteo.example"}
        assert (await http.request("DELETE", path, json=wish)).status_code == 202

        async def gone() -> bool:
            return not (await http.get("/review-requests", params={"state": "planned"})).json()["items"]

        await eventually(gone, 45)
        assert (await http.get("/customers/customer-7")).status_code == 410
