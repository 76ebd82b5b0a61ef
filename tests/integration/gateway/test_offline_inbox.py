"""The offline inbox: messages listed, searched, answered, called, deleted, and their mails tried again."""

import csv
import io
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.support.waiting import eventually

ALL = {name: {"requested": True, "required": False} for name in ("last_name", "email", "phone")}
ANNA = {"first_name": "Anna", "email": "anna@shop.example", "message": "Is the teal one back?"}


async def left(shop: Shop, *messages: dict[str, str]) -> list[str]:
    """The ids of these messages, once the inbox has them all."""
    staff, pages = Staff(shop), Pages(shop)
    await staff.settings(offline_form={"fields": ALL}, mail={"notify": "counter@shop.example"})
    ids = []
    for fields in messages:
        stored = await pages.leave(fields)
        assert stored.status_code == 201, stored.text
        ids.append(stored.json()["message"])

    async def listed() -> bool:
        return set(ids) <= {item["id"] for item in await staff.items(limit=200)}

    await eventually(listed, 15, what="messages in the inbox")
    return ids


def mails_of(shop: Shop, message: str) -> list[str]:
    """The state of each mail."""
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as log:
        select = "SELECT status FROM mail.mail WHERE aggregate = %s ORDER BY seq"
        return [status for (status,) in log.execute(select, [message]).fetchall()]


async def fail_mail_of(shop: Shop, message: str) -> None:
    """As if the mail server had refused the mail to the shop for good."""

    async def sent() -> bool:
        return mails_of(shop, message) == ["sent"]

    await eventually(sent, 30, what="the mail to the shop")
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as log:
        update = "UPDATE mail.mail SET status = 'failed', error = '552 The mailbox is full.' WHERE aggregate = %s"
        log.execute(update, [message])


@pytest.mark.feature("D3")
async def test_message_is_answered_from_the_inbox(shop: Shop) -> None:
    staff = Staff(shop)
    (message,) = await left(shop, ANNA)
    path = f"/offline-messages/{message}"
    assert (await staff.inbox())["counts"] == {"all": 1, "new": 1, "answered": 0, "called": 0, "failed": 0}
    key = {"Idempotency-Key": uuid4().hex}
    answered = await staff.send("POST", f"{path}/answer", json={"text": " Yes, since today. "}, headers=key)
    assert answered.status_code == 201, answered.text
    item = answered.json()
    assert (item["status"], item["answered_by"]["name"]) == ("answered", "Ada")
    (answer,) = item["answers"]
    assert (answer["text"], answer["operator"]["name"]) == ("Yes, since today.", "Ada")
    again = await staff.send("POST", f"{path}/answer", json={"text": "Yes, since today."}, headers=key)
    assert (again.status_code, len(again.json()["answers"])) == (201, 1)
    second = await staff.send("POST", f"{path}/answer", json={"text": "And the mugs too."})
    assert [one["text"] for one in second.json()["answers"]] == ["Yes, since today.", "And the mugs too."]
    assert (await staff.send("GET", path)).json()["seq"] == second.json()["seq"]
    assert [one["id"] for one in await staff.items(status="answered")] == [message]
    assert await staff.items(status="new") == []


@pytest.mark.feature("D3")
async def test_without_an_address_the_visitor_is_called(shop: Shop) -> None:
    staff = Staff(shop)
    (message,) = await left(shop, {"phone": "+44 113 555 0164", "message": "Call me"})
    refused = await staff.send("POST", f"/offline-messages/{message}/answer", json={"text": "Hello"})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_address")
    called = await staff.send("POST", f"/offline-messages/{message}/called")
    assert called.status_code == 200, called.text
    assert (called.json()["status"], called.json()["called_by"]["name"]) == ("called", "Ada")
    assert [one["id"] for one in await staff.items(status="called")] == [message]


async def test_pages_of_the_inbox_go_back_in_time_without_a_hole(shop: Shop) -> None:
    ids = await left(shop, *({**ANNA, "message": f"Number {number}"} for number in range(5)))
    seen, cursor = [], ""
    while cursor is not None:
        page = await Staff(shop).inbox(limit=2, cursor=cursor)
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert seen == ids[::-1]


async def test_inbox_is_searched_by_all_that_was_filled_in(shop: Shop) -> None:
    anna, _other = await left(shop, {**ANNA, "last_name": "O'Neill", "phone": "+48 601"}, {**ANNA, "message": "100%"})
    staff = Staff(shop)
    for words in ("teal", "TEAL anna", "o'neill", "601", "anna@shop teal"):
        assert [item["id"] for item in await staff.items(q=words)] == [anna], words
    for words in ("%", "100%"):
        assert [item["text"] for item in await staff.items(q=words)] == ["100%"]
    assert await staff.items(q="t_al") == []


async def test_table_of_the_inbox_runs_no_formula(shop: Shop) -> None:
    ids = await left(shop, {**ANNA, "message": '=HYPERLINK("https://evil.example","Hi")'}, {**ANNA, "message": "a\nb"})
    answer = await Staff(shop).send("GET", "/offline-messages.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == ids[::-1]
    assert [row["text"] for row in rows] == ["a\nb", '\'=HYPERLINK("https://evil.example","Hi")']
    found = await Staff(shop).send("GET", "/offline-messages.csv", params={"q": "hyperlink"})
    assert found.text.count("\r\n") == 2


@pytest.mark.feature("D3")
async def test_failed_mail_is_shown_and_tried_again(shop: Shop) -> None:
    staff = Staff(shop)
    message, other = await left(shop, ANNA, {**ANNA, "message": "Another"})
    await fail_mail_of(shop, message)
    page = await staff.inbox(status="failed")
    (item,) = page["items"]
    assert (item["id"], item["mail"], page["counts"]["failed"]) == (message, "failed", 1)
    assert [(mail["status"], mail["error"]) for mail in item["mails"]] == [("failed", "552 The mailbox is full.")]
    retried = await staff.send("POST", f"/offline-messages/{message}/retry")
    assert retried.status_code == 200
    assert retried.json()["mail"] in ("pending", "mailed")
    await fail_mail_of(shop, message)
    await fail_mail_of(shop, other)
    assert (await staff.send("POST", "/offline-messages/retry")).json() == {"retried": 2}

    async def mailed() -> bool:
        return [item["mail"] for item in await staff.items()] == ["mailed", "mailed"]

    await eventually(mailed, 30, what="both mails again")


async def test_deleted_message_is_gone(shop: Shop) -> None:
    staff = Staff(shop)
    message, kept = await left(shop, ANNA, {**ANNA, "message": "Another"})
    await fail_mail_of(shop, message)
    assert (await staff.inbox())["mail"]["failed"] == 1
    assert (await staff.send("DELETE", f"/offline-messages/{message}")).status_code == 204
    page = await staff.inbox()
    assert (page["counts"]["failed"], page["counts"]["all"], page["mail"]["failed"]) == (0, 1, 0)
    assert [item["id"] for item in await staff.items()] == [kept]
    assert (await staff.send("GET", f"/offline-messages/{message}")).status_code == 404
    assert (await staff.send("DELETE", f"/offline-messages/{message}")).status_code == 404
    for what in ("answer", "called", "retry"):
        refused = await staff.send("POST", f"/offline-messages/{message}/{what}", json={"text": "Hello"})
        assert refused.status_code == 404, what


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), (" \n", 422), ("x" * 4_001, 422), ("a\x00b", 422), (5, 422), (None, 422)]
)
async def test_answer_that_can_not_be_taken_is_named(shop: Shop, text: Any, status: int) -> None:
    staff = Staff(shop)
    (message,) = await left(shop, ANNA)
    refused = await staff.send("POST", f"/offline-messages/{message}/answer", json={"text": text})
    assert (refused.status_code, refused.json()["field"]) == (status, "text")
    assert (await staff.items())[0]["status"] == "new"


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"status": "lost"}, "status"),
        ({"limit": "0"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "nowhere"}, "cursor"),
        ({"q": "x" * 201}, "q"),
        ({"q": "a\x00b"}, "q"),
    ],
)
async def test_wrong_parameter_is_named(shop: Shop, params: dict[str, str], field: str) -> None:
    for path in ("/offline-messages", "/offline-messages.csv"):
        refused = await Staff(shop).send("GET", path, params=params)
        assert (refused.status_code, refused.json()["field"]) == (400, field)


async def test_nobody_else_sees_or_touches_the_inbox(shop: Shop, make_shop: MakeShop) -> None:
    (message,) = await left(shop, ANNA)
    other = Staff(await make_shop())
    theirs, ours = f"{shop.a}/v1/shops/{shop.id}/offline-messages", "/offline-messages"
    for base, status in ((theirs, 403), (ours, 404)):
        for method, path in (
            ("GET", f"{base}/{message}"),
            ("DELETE", f"{base}/{message}"),
            ("POST", f"{base}/{message}/called"),
            ("POST", f"{base}/{message}/retry"),
        ):
            assert (await other.send(method, path)).status_code == status, path
        answer = await other.send("POST", f"{base}/{message}/answer", json={"text": "Hello"})
        assert answer.status_code == status
    assert (await Pages(shop).send("GET", "/offline-messages")).status_code == 401
    assert (await Pages(shop).send("DELETE", f"/offline-messages/{message}")).status_code == 401
    assert (await Staff(shop).items())[0]["status"] == "new"
    for name in ("nothing", str(UUID(int=1)), message.upper()):
        assert (await Staff(shop).send("GET", f"/offline-messages/{name}")).status_code == 404
