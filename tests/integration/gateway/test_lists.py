"""Staff, canned replies and blocks over REST, and what a block means at the door."""

import secrets
from typing import Any

import psycopg
import pytest

from services.common.staff import NewAccount, create_account
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Staff
from tests.support.protocol_client import RejectedError
from tests.support.waiting import eventually


async def get(staff: Staff, path: str, **params: Any) -> dict[str, Any]:
    answer = await staff.send("GET", path, params=params)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def test_staff_are_listed_by_name_with_addresses_for_who_looks_after_them(shop: Shop) -> None:
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as connection:
        create_account(connection, NewAccount(shop.id, f"z{shop.email}", "Zoë", "operator", secrets.token_urlsafe(9)))
        create_account(connection, NewAccount(shop.id, f"n{shop.email}", "", "manager", secrets.token_urlsafe(9)))
    listed = await get(Staff(shop), "/staff")
    assert [(one["name"], one["role"]) for one in listed["items"]] == [
        ("Online consultant", "manager"),
        ("Ada", "owner"),
        ("Zoë", "operator"),
    ]
    assert [one["email"] for one in listed["items"]] == [f"n{shop.email}", shop.email, f"z{shop.email}"]


@pytest.mark.feature("B10")
async def test_canned_reply_is_added_changed_and_deleted_and_each_list_shows_it(shop: Shop) -> None:
    staff, key = Staff(shop), {"Idempotency-Key": secrets.token_hex(8)}
    body = {"shortcut": "returns", "texts": {"en": " Thirty days. ", "fr": "Trente jours.", "pl": ""}}
    added = await staff.send("POST", "/canned-replies", json=body, headers=key)
    assert added.status_code == 201, added.text
    reply = added.json()
    assert reply["texts"] == {"en": "Thirty days.", "fr": "Trente jours."}
    assert reply["author"] == "Ada"
    again = await staff.send("POST", "/canned-replies", json=body, headers=key)
    assert again.json()["id"] == reply["id"]
    assert (await get(staff, "/canned-replies"))["items"] == [reply]
    taken = await staff.send("POST", "/canned-replies", json=body)
    assert (taken.status_code, taken.json()["code"]) == (400, "invalid")
    path = f"/canned-replies/{reply['id']}"
    changed = await staff.send("PUT", path, json={"shortcut": "back", "texts": {"en": "Sixty days."}})
    assert changed.status_code == 200
    assert [one["shortcut"] for one in (await get(staff, "/canned-replies"))["items"]] == ["back"]
    assert (await staff.send("DELETE", path)).status_code == 204
    assert (await get(staff, "/canned-replies"))["items"] == []
    assert (await staff.send("DELETE", path)).status_code == 404
    assert (await staff.send("PUT", path, json=body)).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"shortcut": "Not one", "texts": {"en": "x"}}, "shortcut"),
        ({"shortcut": "ok", "texts": {"en": " "}}, "texts"),
        ({"shortcut": "ok", "texts": {"english": "x"}}, "texts"),
        ({"shortcut": "ok", "texts": {"en": "a\x00b"}}, "texts.en"),
        ({"shortcut": "ok", "texts": {"en": "x" * 2_001}}, "texts"),
        ({"shortcut": "ok"}, "texts"),
    ],
)
async def test_wrong_canned_reply_is_named(shop: Shop, body: dict[str, Any], field: str) -> None:
    refused = await Staff(shop).send("POST", "/canned-replies", json=body)
    assert refused.status_code == 422
    assert refused.json()["field"] == field


@pytest.mark.feature("B10")
async def test_blocked_visitor_finds_nobody_until_they_are_let_in_again(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    staff, here = Staff(shop), visitor.conversation
    await operator.command("block", conversation=here)
    await visitor.event(here, "ended")
    await visitor.finds("hidden")
    with pytest.raises(RejectedError, match="blocked"):
        await visitor.say_here("But why?")
    tab = await shop.visitor(shop.b, token=visitor.token)
    assert tab.welcome is not None
    assert tab.welcome["availability"] == "hidden"
    with pytest.raises(RejectedError, match="blocked"):
        await tab.start("Hello?")
    await (await shop.visitor()).finds("online")

    async def listed() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await get(staff, "/blocks"))["items"]
        return items

    (block,) = await eventually(listed, 5.0, "the block in the list")
    assert (block["conversation"], block["author"]) == (here, "Ada")
    assert (await staff.send("DELETE", f"/blocks/{block['visitor']}")).status_code == 204
    assert (await get(staff, "/blocks"))["items"] == []
    for one in (visitor, tab):
        await one.finds("online")
    assert (await staff.send("DELETE", f"/blocks/{block['visitor']}")).status_code == 404
