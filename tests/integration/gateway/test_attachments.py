"""Files that come with messages: sending, fetching, what is refused, and who may."""

import asyncio
import base64
import io
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import msgspec
import psycopg
import pytest

from contracts.conversations.attachments import CONVERSATION_BYTES_MOST
from services.common.database import open_pool
from services.common.settings import Settings
from services.gateway.attachments.book import Book, Held, Sender, TooMany, TooMuch
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.support.protocol_client import Visitor
from tests.support.session import RejectedError
from tests.support.waiting import eventually

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LARGE = b"A line of a long letter, over and over again.\n" * 20_000
MIB = 2**20


def named(name: str) -> dict[str, str]:
    return {"Shopbell-File-Name": quote(name)}


async def upload(shop: Shop, visitor: Visitor, content: Any, name: str = "mug.png", **headers: str) -> httpx.Response:
    """Send a file as the visitor's page does."""
    sent = {
        "Authorization": f"Bearer {visitor.token}",
        "Content-Type": "application/octet-stream",
        **named(name),
        **headers,
    }
    params = {"conversation": visitor.conversation}
    return await Pages(shop).send("POST", "/attachments", params=params, content=content, headers=sent)


async def fetch(shop: Shop, url: str, gateway: str | None = None) -> httpx.Response:
    async with httpx.AsyncClient(base_url=gateway or shop.a, timeout=15) as http:
        return await http.get(url)


async def file_of(shop: Shop, visitor: Visitor, content: Any = PNG, name: str = "mug.png") -> dict[str, Any]:
    answer = await upload(shop, visitor, content, name)
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


@pytest.mark.feature("A8")
async def test_both_sides_send_files_and_fetch_them_at_any_gateway(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    picture = await file_of(shop, visitor, PNG, "../mug \u202egnp.exe")
    assert (picture["name"], picture["type"], picture["size"]) == ("mug gnp.exe.png", "image/png", len(PNG))
    await visitor.say(visitor.conversation, "", attachments=[picture["id"]])
    seen = await operator.wait_for(lambda: operator.inbox.first(visitor.conversation, kind="message", text=""))
    assert [one["id"] for one in seen["attachments"]] == [picture["id"]]
    got = await fetch(shop, seen["attachments"][0]["url"], shop.b)
    assert (got.status_code, got.content, got.headers["content-type"]) == (200, PNG, "image/png")
    assert got.headers["content-disposition"].startswith("inline")

    path = f"/conversations/{visitor.conversation}/attachments"
    sent = await Staff(shop).send("POST", path, headers=named("Rechnung für Zoë.txt"), content=LARGE)
    assert sent.status_code == 201, sent.text
    await operator.say(visitor.conversation, "Your bill", attachments=[sent.json()["id"]])
    letter = await visitor.wait_for(lambda: visitor.inbox.first(visitor.conversation, text="Your bill"))
    got = await fetch(shop, letter["attachments"][0]["url"])
    assert got.content == LARGE
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''Rechnung%20f%C3%BCr%20Zo%C3%AB.txt"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert got.headers["cross-origin-resource-policy"] == "cross-origin"


async def test_retry_of_an_upload_gets_the_first_answer_and_of_a_message_the_first_seq(shop: Shop) -> None:
    visitor, _operator = await shop.chat()
    key = {"Idempotency-Key": uuid4().hex}
    first, again = [await upload(shop, visitor, PNG, **key) for _ in range(2)]
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    said = {"id": uuid4().hex, "attachments": [first.json()["id"]]}
    stored = [await visitor.say(visitor.conversation, "Look", **said) for _ in range(2)]
    assert stored[0]["seq"] == stored[1]["seq"]
    with pytest.raises(RejectedError):
        await visitor.say(visitor.conversation, "Look", id=said["id"])


async def test_upload_that_breaks_off_counts_no_more_and_is_sent_again(shop: Shop) -> None:
    visitor, _operator = await shop.chat()
    key = {"Idempotency-Key": uuid4().hex}

    async def broken() -> Any:
        yield PNG[:20]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await upload(shop, visitor, broken(), **key)
    assert (await upload(shop, visitor, PNG, **key)).status_code == 201
    query = "SELECT stored_at IS NOT NULL, gone_at IS NOT NULL FROM attachment.file WHERE conversation = %s"

    def rows() -> list[Any]:
        with psycopg.connect(shop.installation.settings.dsn_of("log")) as connection:
            return sorted(connection.execute(query.encode(), [visitor.conversation]).fetchall())

    await eventually(lambda: rows() == [(False, True), (True, False)], 10, what="the broken one's end")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "page.html"),
        (b"\xef\xbb\xbf \n<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "picture.png"),
        (b"MZ\x90\x00\x03" + bytes(200), "mug.png"),
        (b"#!/bin/sh\nrm -rf /", "readme.txt"),
        (b"", "empty.txt"),
    ],
)
async def test_what_a_browser_or_a_desktop_would_run_is_not_taken(shop: Shop, content: bytes, name: str) -> None:
    visitor, _operator = await shop.chat()
    refused = await upload(shop, visitor, content, name)
    assert (refused.status_code, refused.json()["code"]) == (415, "unfit_type"), refused.text


async def test_too_large_a_file_is_refused_by_what_it_says_and_by_what_comes(shop: Shop) -> None:
    visitor, _operator = await shop.chat()

    async def endless() -> Any:
        for _ in range(11):
            yield b"a" * MIB

    by_length = await upload(shop, visitor, b"a" * (10 * MIB + 1), "long.txt")
    by_bytes = await upload(shop, visitor, endless(), "long.txt")
    assert [(one.status_code, one.json()["code"]) for one in (by_length, by_bytes)] == [(413, "too_large")] * 2
    assert (await upload(shop, visitor, b"a" * (10 * MIB), "long.txt")).status_code == 201


async def test_a_visitor_sends_five_files_an_hour_at_all_gateways_together(settings: Settings) -> None:
    sender = Sender("demo", str(uuid4()), "g_1", "visitor", "g_1", "")

    async def begin(book: Book, size: int = 1) -> Held:
        return await book.begin(msgspec.structs.replace(sender, command=uuid4().hex), size)

    async with await open_pool(settings.dsn_of("log"), "tests", max_size=4) as pool:
        one, other = (Book(pool, hourly=True) for _ in range(2))
        begun = await asyncio.gather(*(begin(one if n % 2 else other) for n in range(8)), return_exceptions=True)
        assert sorted(type(answer).__name__ for answer in begun) == ["Held"] * 5 + ["TooMany"] * 3
        assert all(3_500 < answer.seconds <= 3_600 for answer in begun if isinstance(answer, TooMany))
        await one.discard(next(answer.id for answer in begun if isinstance(answer, Held)))
        await begin(other)
        with pytest.raises(TooMuch):
            await begin(Book(pool, hourly=False), CONVERSATION_BYTES_MOST - 4)


async def test_files_are_taken_only_from_whose_conversation_it_is_while_it_goes_on(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    stranger = await shop.visitor()
    await stranger.start("Me too")
    stranger.conversation, own = visitor.conversation, stranger.conversation
    assert (await upload(shop, stranger, PNG)).status_code == 404
    assert (await upload(shop, visitor, PNG, Authorization="Bearer forged")).status_code == 403
    assert (await upload(shop, visitor, PNG, Authorization="")).status_code == 403
    theirs = await file_of(shop, visitor)
    for conversation, one in ((own, stranger), (visitor.conversation, operator)):
        with pytest.raises(RejectedError) as refused:
            await one.say(conversation, "Mine", attachments=[theirs["id"]])
        assert refused.value.frame["code"] == "not_found"
    await visitor.end(visitor.conversation)
    await operator.go_offline()
    await operator.event(visitor.conversation, "archived")
    assert (await upload(shop, visitor, PNG)).json()["code"] == "not_open"


async def test_shop_that_takes_no_files_says_so(shop: Shop) -> None:
    visitor, _operator = await shop.chat()
    staff = Staff(shop)
    await staff.settings(attachments=False)
    assert (await upload(shop, visitor, PNG)).json()["code"] == "attachments_off"
    path = f"/conversations/{visitor.conversation}/attachments"
    assert (await staff.send("POST", path, content=PNG)).json()["code"] == "attachments_off"


async def test_link_that_is_not_ours_leads_nowhere(shop: Shop) -> None:
    visitor, _operator = await shop.chat()
    url = (await file_of(shop, visitor))["url"]
    forged = url[:-2] + ("A" if url[-2] != "A" else "B") + url[-1]
    for wrong in (forged, url + "A", "/v1/attachments/x", "/v1/attachments/é"):
        assert (await fetch(shop, wrong)).status_code == 404


@pytest.mark.feature("I5")
async def test_files_stand_in_history_are_taken_along_and_go_with_the_conversation(shop: Shop, tmp_path: Path) -> None:
    visitor, operator = await shop.chat()
    started = await operator.event(visitor.conversation, "started")
    file = await file_of(shop, visitor, LARGE, "letter.txt")
    await visitor.say(visitor.conversation, "", attachments=[file["id"]])
    late = await shop.operator(channels=None)
    assert late.welcome is not None
    assert [one["last"]["text"] for one in late.welcome["conversations"]] == ["letter.txt"]
    await visitor.end(visitor.conversation)
    await operator.go_offline()
    staff, path = Staff(shop), f"/conversations/{visitor.conversation}"

    async def read() -> dict[str, Any]:
        found: dict[str, Any] = (await staff.send("GET", path)).json()
        return found if found.get("status") == "archived" else {}

    found = await eventually(read, 15, what="the conversation in history")
    assert found["last_message"] == "letter.txt"
    (link,) = [one["url"] for event in found["events"] for one in event.get("attachments", ())]
    assert (await fetch(shop, link)).content == LARGE

    taken = await staff.send("POST", f"/customers/{started['visitor']['id']}/export")
    with zipfile.ZipFile(io.BytesIO(taken.content)) as archive:
        assert archive.read(f"files/{file['id']}/letter.txt") == LARGE
        page = archive.read("conversations/0001.html").decode()
        assert f'<a href="../files/{file["id"]}/letter.txt">letter.txt</a>' in page
    target = tmp_path / "shop.zip"
    done = await asyncio.to_thread(shop.installation.cli, "shop", "export", shop.id, str(target))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(target) as archive:
        assert archive.read(f"files/{visitor.conversation}/{file['id']}-letter.txt") == LARGE

    assert (await staff.send("DELETE", path)).status_code == 204

    async def gone() -> bool:
        return (await fetch(shop, link)).status_code == 404

    await eventually(gone, 15, what="the file's end")


async def test_nothing_of_a_file_lies_about_in_clear(shop: Shop, tmp_path: Path) -> None:
    visitor, _operator = await shop.chat()
    planted = f"planted-{uuid4().hex}"
    shown = await file_of(shop, visitor, f"A secret: {planted}".encode(), f"{planted}.txt")
    await visitor.say(visitor.conversation, "", attachments=[shown["id"]])
    broker = shop.installation.settings.home / "nats"
    files = [file for file in broker.rglob("*") if file.is_file()]
    assert files
    assert not any(planted.encode() in file.read_bytes() for file in files)
