"""Texts are planted wherever a person can leave one, and then looked for in every byte that the product keeps.

Before erasing none of them stands in clear but where it must: in the read tables, which lie on a database server of
their own here. After it none is anywhere.
"""

import base64
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
import psycopg
import pytest
from nats.js.errors import NotFoundError
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from contracts import subjects
from contracts.conversations.settings import FieldRule, FormFields, MailSettings, PushSettings, ShopSettings
from contracts.ids import order_id, review_id, review_request_id
from services.common.broker import connect
from services.common.database import open_pool
from services.common.installation_root import rooted
from services.common.master_key import MasterKey
from services.common.review_links import ReviewLink, ReviewLinks
from services.common.settings import Settings
from services.common.signing_secrets import SigningSecrets
from services.common.staff import NewAccount, create_account
from services.standalone.ports import free_ports
from services.standalone.shops import create_shop
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.support.installation import Installation
from tests.support.processes import PostgresServer
from tests.support.protocol_client import sign_in
from tests.support.push_service import Browser
from tests.support.waiting import eventually, wait_until

SOON_REUSED = {"fsync": "off", "wal_recycle": "off", "min_wal_size": "32MB", "max_wal_size": "64MB"}
"""A server that removes what it has no use for at once, and not when it feels like it."""
TABLES = ("rm_conversation", "rm_message", "rm_offline_message", "rm_order", "rm_review")

SETTINGS = ShopSettings(
    limit=5,
    chat_fields=FormFields(first_name=FieldRule(requested=True)),
    mail=MailSettings(notify="desk@shop.example", from_address="desk@shop.example"),
    push=PushSettings(on=True),
)
RULES = {"on": True, "mode": "placed", "days": 2, "hour": 10, "zone": "Europe/Warsaw"}


@pytest.fixture
def readable(tmp_path: Path) -> Iterator[PostgresServer]:
    """The server of the read tables, the only place for texts in clear."""
    server = PostgresServer(tmp_path / "readable", SOON_REUSED)
    (tmp_path / "readable").mkdir()
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def shop(tmp_path: Path, readable: PostgresServer) -> AsyncIterator[Shop]:
    """A shop in an installation whose mail server and push service are away, so that mails wait in the queue."""
    environment = {
        "SHOPBELL_READ_DSN": make_conninfo(readable.dsn, dbname="shopbell_read"),
        "SHOPBELL_SMTP_URL": f"smtp://127.0.0.1:{free_ports(1)[0]}",
        "SHOPBELL_PUSH_SERVICES": "push.invalid",
    }
    installation = Installation(tmp_path / "home", gateways=2, environment=environment)
    installation.start()
    name, password = "planted", secrets.token_urlsafe(9)
    try:
        async with AsyncExitStack() as stack:
            broker = await connect(installation.settings.nats_url, "tests")
            await create_shop(broker, name, SETTINGS, 15)
            await broker.close()
            with psycopg.connect(installation.settings.dsn_of("log")) as connection:
                create_account(connection, NewAccount(name, "ada@staff.example", "Ada", "owner", password))
            cookie = await sign_in(installation.base_urls[0], "ada@staff.example", password)
            yield Shop(name, "ada@staff.example", password, cookie, installation.base_urls, installation, stack)
    finally:
        installation.stop()


class Planted:
    """Words that stand nowhere else, each for one place."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __call__(self, where: str) -> str:
        word = f"{where}{secrets.token_hex(10)}"
        self.words.append(word)
        return word

    def needles(self) -> dict[bytes, str]:
        """How a word may be written: as it is, in hexadecimal, in base64 wherever it begins."""
        found: dict[bytes, str] = {}
        for word in self.words:
            raw = word.encode()
            found[raw] = found[raw.hex().encode()] = word
            for shift in range(3):
                # The outermost characters depend on what stands beside the word.
                encoded = base64.b64encode(b"\0" * shift + raw + b"\0" * ((-shift - len(raw)) % 3))
                found[encoded[4:-4]] = word
        return found


def in_files(folder: Path, planted: Planted) -> set[tuple[str, str]]:
    """Files that hold a planted word, with the word."""
    needles = planted.needles()
    found = set()
    for file in folder.rglob("*"):
        try:
            content = file.read_bytes() if file.is_file() else b""
        except FileNotFoundError:
            continue  # removed at this moment by a server that runs
        found |= {(str(file.relative_to(folder)), word) for needle, word in needles.items() if needle in content}
    return found


def in_rows(dsn: str, planted: Planted) -> set[tuple[str, str]]:
    """Tables that show a planted word, with the word; also what is compressed in a file."""
    needles = {needle.decode(): word for needle, word in planted.needles().items()}
    found = set()
    with psycopg.connect(dsn) as connection:
        tables = connection.execute(
            "SELECT schemaname, relname FROM pg_stat_user_tables UNION SELECT 'pg_catalog', 'pg_statistic'"
        ).fetchall()
        for schema, table in tables:
            query = SQL("SELECT t::text FROM {} AS t").format(Identifier(schema, table))
            for (row,) in connection.execute(query):
                found |= {(table, word) for needle, word in needles.items() if needle in row}
    return found


async def in_streams(settings: Settings, planted: Planted) -> set[tuple[str, str]]:
    """Streams and buckets that give a planted word to who reads them, sealed values unpacked."""
    needles, found = planted.needles(), set()
    broker = await connect(settings.nats_url, "tests")
    try:
        for stream in await broker.js.streams_info():
            name = stream.config.name or ""
            for seq in range(max(1, stream.state.first_seq), stream.state.last_seq + 1):
                try:
                    message = await broker.js.get_msg(name, seq)
                except NotFoundError:
                    continue  # a newer value of the bucket's key took its place
                data = (message.data or b"") + str(message.headers).encode() + (message.subject or "").encode()
                found |= {(name, word) for needle, word in needles.items() if needle in data}
    finally:
        await broker.close()
    return found


async def live(shop: Shop, planted: Planted, dsn: str) -> str:
    """All that one person can leave behind, everywhere. Returns their customer id. `dsn` is that of the read tables."""
    settings, customer = shop.installation.settings, planted("customer")
    async with await open_pool(settings.dsn_of("keys"), "tests") as pool:
        secret = await SigningSecrets(pool, MasterKey.load(settings)).create(shop.id)
    claims = {"sub": customer, "name": planted("name"), "email": f"{planted('mail')}@shop.example"}
    claims |= {"phone": planted("phone"), "aud": "shopbell", "iss": shop.id}
    identity = jwt.encode({**claims, "exp": time.time() + 3_600}, secret.secret, "HS256", headers={"kid": secret.kid})
    operator = await shop.operator()
    visitor = await shop.visitor(identity=identity)
    visitor.tell("page", url=f"https://shop.example/{planted('url')}", title=planted("title"))
    await visitor.start(planted("first"), fields={"first_name": planted("asked")})
    await operator.event(visitor.conversation, "message")
    await visitor.say_here(planted("said"))
    sent = {"Authorization": f"Bearer {visitor.token}", "Shopbell-Identity": identity}
    sent["Shopbell-File-Name"] = f"{planted('file-name')}.txt"
    about = {"conversation": visitor.conversation}
    file = await Pages(shop).send(
        "POST", "/attachments", params=about, content=planted("content") * 9_000, headers=sent
    )
    assert file.status_code == 201, file.text
    await visitor.say(visitor.conversation, "", attachments=[file.json()["id"]])
    await operator.say(visitor.conversation, planted("answered"))
    await operator.command("note", conversation=visitor.conversation, text=planted("note"))
    await visitor.command("rate", conversation=visitor.conversation, score=4, comment=planted("comment"))
    await operator.end(visitor.conversation)
    await operator.go_offline()
    await visitor.event(visitor.conversation, "archived")
    transcript = {"email": f"{planted('transcript')}@shop.example", "identity": identity}
    path = f"/conversations/{visitor.conversation}/transcript"
    assert (await Pages(shop).post(path, transcript)).status_code == 202
    fields = {"first_name": planted("first-name"), "email": f"{planted('form-mail')}@shop.example"}
    left = await Pages(shop).leave({**fields, "message": planted("form")}, identity=identity)
    assert left.status_code == 201, left.text
    answer = f"/offline-messages/{left.json()['message']}/answer"
    answered = await Staff(shop).send("POST", answer, json={"text": planted("mailed")})
    assert answered.status_code == 201, answered.text
    browser = Browser(f"https://push.invalid/push/{planted('browser')}", "")
    wish = {"id": secrets.token_hex(8), "subscription": browser.as_json(), "identity": identity}
    subscribed = await Pages(shop).post("/push-subscriptions", wish)
    assert subscribed.status_code == 201, subscribed.text
    await review(shop, planted, customer, dsn)
    return customer


async def review(shop: Shop, planted: Planted, customer: str, dsn: str) -> None:
    """They have bought something, say what they think of it, and the shop answers."""
    staff, settings = Staff(shop), shop.installation.settings
    ruled = await staff.send("PUT", "/review-rules", json=RULES)
    assert ruled.status_code == 200, ruled.text
    who = {"id": customer, "email": f"{planted('order-mail')}@shop.example", "name": planted("order-name")}
    placed_at = (datetime.now(UTC) - timedelta(days=4)).isoformat()
    items = [{"sku": "mug", "name": "Mug"}, {"sku": "bowl", "name": "Bowl"}]
    order = {"number": "20418", "placed_at": placed_at, "items": items, "customer": who}
    placed = await staff.send("POST", "/orders", json=order)
    assert placed.status_code == 201, placed.text
    id_ = order_id(shop.id, "20418")
    request = review_request_id(id_, "", "request")
    of_order = f"FROM rm_order JOIN rm_review_request ON order_id = rm_order.id WHERE rm_order.id = '{id_}'"
    sent = f"SELECT person {of_order} AND state = 'sent'"  # the demo shop asks, too

    ((person,),) = await eventually(lambda: rows(dsn, sent), 30, what="the request for a review")
    async with await open_pool(settings.dsn_of("keys"), "tests") as pool:
        links = ReviewLinks(await rooted(MasterKey.load(settings), pool))
    token = links.make(ReviewLink(shop.id, request, id_, person, int(time.time()) + 3_600, ""))
    said: dict[str, Any] = {"id": secrets.token_hex(8), "language": "en"}
    said |= {"token": token, "reviews": [{"sku": "mug", "stars": 5, "text": planted("review")}]}
    async with httpx.AsyncClient(base_url=shop.a) as form:
        written = await form.post("/v1/reviews", json=said)
    assert written.status_code == 200, written.text
    reply = f"/reviews/{review_id(id_, 'mug')}/reply"

    async def replied() -> bool:
        return (await staff.send("PUT", reply, json={"text": text})).status_code == 200

    text = planted("replied")
    await eventually(replied, 20, what="the reply to the review")


def forget_what_is_unused(dsn: str) -> None:
    """What days of use do: places of deleted rows and old log files of the database are used for something else."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM FULL pg_statistic")
        for _ in range(3):
            connection.execute("SELECT pg_logical_emit_message(true, 'tests', 'something else')")
            connection.execute("SELECT pg_switch_wal()")
            connection.execute("CHECKPOINT")


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.feature("I5")
async def test_texts_stand_in_clear_only_in_read_tables_and_nowhere_once_they_are_erased(
    shop: Shop, readable: PostgresServer, tmp_path: Path
) -> None:
    planted, settings, staff = Planted(), shop.installation.settings, Staff(shop)
    dsn = make_conninfo(readable.dsn, dbname="shopbell_read")
    customer = await live(shop, planted, dsn)

    def shown() -> set[str]:
        return {word for table, word in in_rows(dsn, planted) if table in TABLES}

    unread = {word for word in planted.words if word.startswith(("url", "title", "asked", "content", "browser"))}
    wait_until(lambda: shown() >= {*planted.words} - unread, 20, what="everything in the read tables")
    queued = "SELECT count(*) FROM mail.mail WHERE status = 'pending' AND attempts > 0"
    await eventually(lambda: count(settings, queued) > 0, 30, what="a mail that waits")

    assert await bytes_in_store(settings) > 100_000
    for database in ("log", "keys"):
        assert in_rows(settings.dsn_of(database), planted) == set()
    assert await in_streams(settings, planted) == set()
    assert in_files(shop.installation.home, planted) == set()
    assert {word for _, word in in_files(tmp_path / "readable", planted)} >= shown(), "the search finds what is there"

    wish = await staff.send("DELETE", f"/customers/{customer}", json={"confirm": f"ERASE {customer}"})
    assert wish.status_code == 202, wish.text
    path = f"/erasures/{wish.json()['number']}"

    async def done() -> dict[str, Any]:
        told: dict[str, Any] = (await staff.send("GET", path)).json()
        return told if told["state"] == "done" else {}

    receipt: dict[str, Any] = await eventually(done, 30, what="the receipt")
    assert receipt["removed"]["mails"] == count(settings, "SELECT count(*) FROM mail.mail WHERE status = 'dropped'") > 0
    assert shown() == set()
    assert await bytes_in_store(settings) == 0
    assert count(settings, "SELECT count(*) FROM attachment.file") == 0

    ended = "SELECT left_reason FROM rm_push_subscriber"
    await eventually(lambda: rows(dsn, ended) == [("erased",)], 20, what="the end of the push subscription")

    execute(settings, "UPDATE erasure.erasure SET done_at = done_at - interval '3 minutes', next_at = now()")
    swept = "SELECT count(*) FROM erasure.erasure WHERE swept_at IS NOT NULL"
    await eventually(lambda: count(settings, swept), 30, what="the last look")
    checked = shop.installation.cli("rebuild", "engagement", "--verify")
    assert checked.returncode == 0, checked.stderr
    for log in ("history", "engagement"):
        rebuilt = shop.installation.cli("rebuild", log)
        assert rebuilt.returncode == 0, rebuilt.stderr
    forget_what_is_unused(dsn)
    for where in (dsn, settings.dsn_of("log"), settings.dsn_of("keys")):
        assert in_rows(where, planted) == set()
    assert await in_streams(settings, planted) == set()
    assert in_files(shop.installation.home, planted) == set()
    assert in_files(tmp_path / "readable", planted) == set()


async def bytes_in_store(settings: Settings) -> int:
    """Of files, and of what is noted of them there."""
    broker = await connect(settings.nats_url, "tests")
    try:
        return (await broker.js.stream_info(subjects.attachments_stream())).state.bytes
    finally:
        await broker.close()


def rows(dsn: str, query: str) -> list[Any]:
    with psycopg.connect(dsn) as connection:
        return connection.execute(query.encode()).fetchall()


def count(settings: Settings, query: str) -> int:
    with psycopg.connect(settings.dsn_of("log")) as connection:
        row = connection.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0


def execute(settings: Settings, statement: str) -> None:
    with psycopg.connect(settings.dsn_of("log")) as connection:
        connection.execute(statement.encode())
