"""The offline form: what it asks, what it takes, from whom, and that nothing else is kept."""

import json
import secrets
import time
from typing import Any

import jwt
import pytest

from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.support.waiting import eventually

NEEDED = {"requested": True, "required": True}
GOOD = {"first_name": "Zoë", "email": "zoe@bücher.example", "message": "Are you open\non Sunday?"}


async def only(staff: Staff, **params: Any) -> dict[str, Any]:
    """The one message that the inbox has, as soon as it has one."""

    async def found() -> list[dict[str, Any]]:
        return await staff.items(**params)

    items: list[dict[str, Any]] = await eventually(found, 15, what="a message in the inbox")
    (item,) = items
    return item


@pytest.mark.feature("D1")
async def test_form_asks_what_the_settings_say_in_the_visitors_language(make_shop: MakeShop) -> None:
    shop = await make_shop(languages=["en", "fr"])
    staff, pages = Staff(shop), Pages(shop)
    await staff.settings(
        offline_form={
            "fields": {"phone": NEEDED, "email": {"required": False}, "last_name": {"requested": True}},
            "header": {"en": "We are asleep", "fr": "Nous dormons"},
            "welcome": {"en": "Leave a word", "fr": "Laissez un mot"},
            "background": "#102030",
            "text": "#ffffff",
        }
    )
    form = (await pages.form("fr-CA")).json()
    assert (form["header"], form["welcome"], form["language"]) == ("Nous dormons", "Laissez un mot", "fr")
    assert (form["background"], form["text"]) == ("#102030", "#ffffff")
    asked = {name: (rule["requested"], rule["required"]) for name, rule in form["fields"].items()}
    assert asked == {
        "first_name": (True, False),
        "last_name": (True, False),
        "email": (True, False),
        "phone": (True, True),
        "message": (True, True),
    }
    assert (await pages.form("de")).json()["header"] == "We are asleep"
    refused = await pages.leave({"email": "zoe@shop.example"})
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["phone", "message"]
    assert (await pages.leave({"phone": "+48 601 555 018", "message": "Call me"})).status_code == 201
    assert (await only(staff))["phone"] == "+48 601 555 018"


@pytest.mark.feature("D1", "D3")
async def test_message_is_kept_as_it_was_filled_in(shop: Shop) -> None:
    page = {"url": "https://shop.example/mugs?size=1", "title": "Mugs & more"}
    stored = await Pages(shop).leave(GOOD, locale="pl-PL", page=page)
    assert stored.status_code == 201, stored.text
    item = await only(Staff(shop))
    assert {name: item[name] for name in ("first_name", "email", "text", "last_name", "phone", "page", "locale")} == {
        "first_name": "Zoë",
        "email": "zoe@bücher.example",
        "text": "Are you open\non Sunday?",
        "last_name": None,
        "phone": None,
        "page": page,
        "locale": "pl-PL",
    }
    assert (item["id"], item["status"], item["customer"]["signed_in"]) == (stored.json()["message"], "new", False)


async def test_same_message_sent_again_is_one_message(shop: Shop) -> None:
    pages = Pages(shop)
    ticket = (await pages.form()).json()["ticket"]
    first = await pages.leave(GOOD, id="message-0001", ticket=ticket)
    again = await pages.leave(GOOD, id="message-0001", ticket=ticket)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["message"] == again.json()["message"]
    by_token = await pages.leave(GOOD, id="message-0001", token=first.json()["token"])
    assert by_token.json()["message"] == first.json()["message"]
    other_words = await pages.leave({**GOOD, "message": "Or Monday?"}, id="message-0001", ticket=ticket)
    assert (other_words.status_code, other_words.json()["code"]) == (400, "invalid")
    another_guest = await pages.leave(GOOD, id="message-0001")
    assert another_guest.json()["message"] != first.json()["message"]

    async def both() -> bool:
        return len(await Staff(shop).items()) == 2

    await eventually(both, 15, what="two messages")


async def test_signed_in_customer_is_known_by_their_id(shop: Shop) -> None:
    kid, secret = await shop.secret()
    claims = {"sub": "4711", "name": "Anna K.", "phone": "+48 1234", "aud": "shopbell", "iss": shop.id}
    identity = jwt.encode({**claims, "exp": int(time.time()) + 3600}, secret, "HS256", {"kid": kid})
    stored = await Pages(shop).leave(GOOD, identity=identity)
    assert "token" not in stored.json()
    item = await only(Staff(shop))
    assert item["customer"] == {"id": "4711", "signed_in": True}
    assert (item["email"], item["phone"]) == (GOOD["email"], "+48 1234")


async def test_identity_that_does_not_count_loses_no_message(shop: Shop) -> None:
    stored = await Pages(shop).leave(GOOD, identity="no.such.identity", token="neither")
    assert (stored.status_code, "token" in stored.json()) == (201, True)
    assert (await only(Staff(shop)))["customer"]["signed_in"] is False


async def test_machine_that_fills_in_everything_is_answered_and_not_heard(shop: Shop) -> None:
    pages = Pages(shop)
    stored = await pages.leave(GOOD, website="https://buy.example")
    assert (stored.status_code, set(stored.json())) == (201, {"id", "message"})
    assert (await pages.leave(GOOD)).status_code == 201
    assert (await only(Staff(shop)))["id"] != stored.json()["message"]


@pytest.mark.parametrize(
    ("members", "status", "field"),
    [
        ({"fields": {**GOOD, "email": "nobody"}}, 422, "email"),
        ({"fields": {**GOOD, "email": "a@b.example\r\nBcc: c@d.example"}}, 422, "email"),
        ({"fields": {**GOOD, "email": "@@@"}}, 422, "email"),
        ({"fields": {**GOOD, "first_name": "Eve\r\nBcc: c@d.example"}}, 422, "first_name"),
        ({"fields": {**GOOD, "first_name": "\u202eevE"}}, 422, "first_name"),
        ({"fields": {**GOOD, "first_name": "E" * 101}}, 422, "first_name"),
        ({"fields": {**GOOD, "message": "x" * 4_001}}, 422, "message"),
        ({"fields": {**GOOD, "message": "a\x00b"}}, 422, "message"),
        ({"fields": {**GOOD, "message": " \n "}}, 422, "message"),
        ({"fields": {**GOOD, "phone": "+48 601"}}, 422, "phone"),
        ({"fields": {**GOOD, "is_admin": "yes"}}, 422, "is_admin"),
        ({"fields": {**GOOD, "message": 5}}, 422, "fields"),
        ({"fields": [GOOD]}, 422, "fields"),
        ({"fields": None}, 422, "fields"),
        ({"fields": GOOD, "ticket": "1.2.3"}, 422, "ticket"),
        ({"fields": GOOD, "ticket": "x" * 201}, 422, "ticket"),
        ({"fields": GOOD, "id": "short"}, 422, "id"),
        ({"fields": GOOD, "id": "a" * 8 + "\n"}, 422, "id"),
        ({"fields": GOOD, "colour": "red"}, 422, "colour"),
        ({"fields": GOOD, "locale": "x" * 36}, 422, "locale"),
        ({"fields": GOOD, "page": {"title": "no address"}}, 422, "page.url"),
        ({"fields": GOOD, "token": 5}, 422, "token"),
    ],
)
async def test_bad_form_is_named_and_not_kept(shop: Shop, members: dict[str, Any], status: int, field: str) -> None:
    pages = Pages(shop)
    body = {"id": uuid(), "ticket": (await pages.form()).json()["ticket"], **members}
    refused = await pages.post("/offline-messages", body)
    assert (refused.status_code, refused.json()["field"]) == (status, field), refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    marker = await pages.leave({**GOOD, "message": "The only one"})
    assert (await only(Staff(shop)))["id"] == marker.json()["message"]


def uuid() -> str:
    return secrets.token_hex(16)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 422),
        (b'{"id":"\\ud800"}', 400),
        (b"[" * 50_000, 422),
        (b'"' + b"x" * 70_000 + b'"', 413),
        (b" " * 10_000_000, 413),
    ],
)
async def test_body_that_is_no_form_is_refused(shop: Shop, body: bytes, status: int) -> None:
    refused = await Pages(shop).send(
        "POST", "/offline-messages", content=body, headers={"Content-Type": "application/json"}
    )
    assert (refused.status_code, json.loads(refused.content)["status"]) == (status, status)


async def test_page_that_is_none_of_the_web_is_left_out(shop: Shop) -> None:
    page = {"url": "javascript:alert(1)", "title": "<b>"}
    assert (await Pages(shop).leave(GOOD, page=page)).status_code == 201
    assert (await only(Staff(shop)))["page"] is None


async def test_only_pages_of_the_shop_may_use_the_form(make_shop: MakeShop) -> None:
    shop = await make_shop(origins=["https://shop.example"])
    ours, theirs = Pages(shop, "https://shop.example"), Pages(shop, "https://evil.example")
    asked = await ours.send("OPTIONS", "/offline-messages", headers={"Access-Control-Request-Method": "POST"})
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == "https://shop.example"
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in asked.headers
    for answer in (await ours.form(), await ours.leave(GOOD), await ours.leave({})):
        assert answer.headers["access-control-allow-origin"] == "https://shop.example"
        assert "Origin" in answer.headers["vary"]
    for refused in (await theirs.form(), await theirs.send("OPTIONS", "/offline-messages")):
        assert (refused.status_code, "access-control-allow-origin" in refused.headers) == (403, False)
    ticket = (await ours.form()).json()["ticket"]
    assert (await theirs.leave(GOOD, ticket=ticket)).status_code == 403


async def test_shop_without_the_form_takes_no_message(shop: Shop) -> None:
    pages = Pages(shop)
    ticket = (await pages.form()).json()["ticket"]
    await Staff(shop).settings(offline_mode=False)
    assert (await pages.form()).json()["code"] == "not_open"
    assert (await pages.leave(GOOD, ticket=ticket)).status_code == 409


async def test_there_is_no_form_of_no_shop(shop: Shop) -> None:
    for name in ("no-such-shop", "No Shop", "x" * 41):
        answer = await Pages(shop).send("GET", f"{shop.a}/v1/shops/{name}/offline-form")
        assert answer.status_code == 404
