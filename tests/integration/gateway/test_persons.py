"""All about one person in the running product: looked at, taken away, and erased for good."""

import io
import json
import zipfile
from typing import Any

import httpx
import psycopg
import pytest

from services.common.staff import NewAccount, create_account
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.integration.gateway.test_who import ANNA, signed
from tests.support.protocol_client import sign_in
from tests.support.waiting import eventually

HERS = f"/customers/{ANNA['sub']}"
WISH = {"confirm": f"ERASE {ANNA['sub']}"}
HARMFUL = '<script>alert("x")</script> \u202etfel ot thgir'


async def talk(shop: Shop, identity: str, text: str, note: str = "She was kind") -> str:
    """One conversation of Anna's, who was a guest at first, with all that can happen in one. Returns its id."""
    operator = await shop.operator()
    guest = await shop.visitor()
    await guest.start(text)
    await operator.event(guest.conversation, "message")
    anna = await shop.visitor(token=guest.token, identity=identity)
    await operator.event(guest.conversation, "identified")
    await operator.say(guest.conversation, "You are welcome")
    await operator.command("note", conversation=guest.conversation, text=note)
    await anna.command("rate", conversation=guest.conversation, score=5, comment="Merci!")
    await operator.end(guest.conversation)
    await operator.go_offline()
    await anna.event(guest.conversation, "archived")
    path = f"/conversations/{guest.conversation}/transcript"
    asked = await Pages(shop).post(path, {"email": "anna@home.example", "identity": identity})
    assert asked.status_code == 202, asked.text
    return guest.conversation


async def everything(shop: Shop) -> tuple[str, str, str]:
    """Anna's identity, a conversation and an offline message of hers, all of it in history."""
    secret = await shop.secret()
    identity = signed(shop, secret)
    conversation = await talk(shop, identity, HARMFUL)
    left = await Pages(shop).leave({"email": ANNA["email"], "message": "Are you there?"}, identity=identity)
    assert left.status_code == 201, left.text
    await eventually(lambda: shown(shop, all=4), 20, what="all of it in history")
    return identity, conversation, left.json()["message"]


async def shown(shop: Shop, **counts: int) -> dict[str, Any]:
    """The person, once there is as much as this; empty before."""
    answer = await Staff(shop).send("GET", HERS)
    if answer.status_code != 200 or any(answer.json()["counts"][name] != value for name, value in counts.items()):
        return {}
    person: dict[str, Any] = answer.json()
    return person


async def receipt(shop: Shop, number: int) -> dict[str, Any]:
    """The erasure, once it is done."""
    staff = Staff(shop)

    async def done() -> dict[str, Any]:
        told: dict[str, Any] = (await staff.send("GET", f"/erasures/{number}")).json()
        return told if told["state"] == "done" else {}

    found: dict[str, Any] = await eventually(done, 30, what="the receipt")
    return found


@pytest.mark.feature("I5")
async def test_everything_about_a_person_is_on_one_page(shop: Shop) -> None:
    _, conversation, message = await everything(shop)
    person = await shown(shop)
    assert (person["id"], person["name"], person["email"], person["signed_in"]) == (
        ANNA["sub"],
        ANNA["name"],
        ANNA["email"],
        True,
    )
    assert person["counts"] == {
        "all": 4,
        "conversations": 1,
        "offline_messages": 1,
        "ratings": 1,
        "transcripts": 1,
        "notes": 1,
        "messages": 2,
        "log_entries": person["counts"]["log_entries"],
        **dict.fromkeys(("orders", "reviews", "browsers"), 0),
    }
    (guest,) = person["also_known_as"]
    assert guest["id"].startswith("g_")
    items = person["timeline"]["items"]
    assert [item["kind"] for item in items] == ["offline_message", "transcript", "rating", "conversation"]
    assert items[0]["offline_message"] == message
    assert items[1]["email"] == "anna@home.example"
    assert (items[2]["score"], items[2]["text"]) == (5, "Merci!")
    assert (items[3]["conversation"], items[3]["messages"]) == (conversation, 2)
    assert [operator["name"] for operator in items[3]["operators"]] == ["Ada"]
    as_guest = (await Staff(shop).send("GET", f"/customers/{guest['id']}")).json()
    assert (as_guest["id"], as_guest["counts"]) == (ANNA["sub"], person["counts"])


async def test_timeline_comes_by_pages_and_by_kind(shop: Shop) -> None:
    await everything(shop)
    staff, kinds, cursor = Staff(shop), [], ""
    while True:
        page = (await staff.send("GET", HERS, params={"limit": "1", "cursor": cursor})).json()["timeline"]
        kinds += [item["kind"] for item in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert kinds == ["offline_message", "transcript", "rating", "conversation"]
    only = (await staff.send("GET", HERS, params={"kind": "rating"})).json()["timeline"]
    assert [item["kind"] for item in only["items"]] == ["rating"]
    for params in ({"kind": "secret"}, {"limit": "0"}, {"cursor": "x"}):
        assert (await staff.send("GET", HERS, params=params)).status_code == 400


@pytest.mark.feature("I5")
async def test_all_of_it_can_be_taken_away_and_notes_only_if_asked_for(shop: Shop) -> None:
    await everything(shop)
    staff = Staff(shop)
    answer = await staff.send("POST", f"{HERS}/export")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        data = json.loads(archive.read("data.json"))
        pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")}
    assert data["person"]["email"] == ANNA["email"]
    (conversation,), (message,) = data["conversations"], data["offline_messages"]
    said = [event["text"] for event in conversation["events"] if event["type"].startswith("conversation.message_said")]
    assert said == [HARMFUL, "You are welcome"]
    assert message["events"][0]["text"] == "Are you there?"
    assert isinstance(data["mails"], list)
    assert set(pages) == {"index.html", "conversations/0001.html"}
    assert all("conversation." not in page for page in pages.values()), "all that happened has a sentence"
    assert "<script>" not in "".join(pages.values())
    assert "&lt;script&gt;" in pages["conversations/0001.html"]
    assert "Are you there?" in pages["index.html"]
    assert b"She was kind" not in answer.content
    assert "She was kind" not in json.dumps(data) + "".join(pages.values())
    with_notes = await staff.send("POST", f"{HERS}/export", params={"notes": "true"})
    with zipfile.ZipFile(io.BytesIO(with_notes.content)) as archive:
        assert b"She was kind" in archive.read("data.json")


@pytest.mark.feature("I5")
async def test_person_is_erased_with_a_receipt_and_who_comes_back_is_somebody_new(shop: Shop) -> None:
    identity, conversation, _ = await everything(shop)
    person = await shown(shop)
    (guest,) = person["also_known_as"]
    staff = Staff(shop)
    wrong = await staff.send("DELETE", HERS, json={"confirm": "ERASE somebody"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "confirm")
    headers = {"Idempotency-Key": "once"}
    accepted = await staff.send("DELETE", HERS, json=WISH, headers=headers)
    assert accepted.status_code == 202, accepted.text
    assert (await staff.send("DELETE", HERS, json=WISH, headers=headers)).json() == accepted.json()
    told = await receipt(shop, accepted.json()["number"])
    assert told["receipt"] == accepted.json()["receipt"]
    assert told["removed"]["conversations"] == 1
    assert told["removed"]["offline_messages"] == 1
    assert told["removed"]["log_entries"] >= person["counts"]["log_entries"]
    assert [step["state"] for step in told["steps"]] == ["done"] * 5
    assert len(told["key_print"]) == 64
    assert told["backups"]["days"] == 30
    assert told["asked_by"]["name"] == "Ada"
    assert ANNA["name"] not in json.dumps(told)
    for customer in (ANNA["sub"], guest["id"]):
        gone = await staff.send("GET", f"/customers/{customer}")
        assert (gone.status_code, gone.json()["code"], gone.json()["receipt"]) == (410, "erased", told["receipt"])
    assert (await staff.send("GET", f"/conversations/{conversation}")).status_code == 404
    assert (await staff.inbox())["items"] == []
    assert (await staff.send("GET", "/erasures")).json()["items"][0] == told

    again = await Pages(shop).leave({"email": ANNA["email"], "message": "It is me"}, identity=identity)
    assert again.status_code == 201, again.text
    await eventually(lambda: shown(shop, all=1, offline_messages=1), 20, what="somebody new")
    second = await staff.send("DELETE", HERS, json=WISH)
    assert second.json()["number"] == accepted.json()["number"] + 1
    await receipt(shop, second.json()["number"])


async def test_erasing_ends_the_conversation_that_they_are_in(shop: Shop) -> None:
    secret = await shop.secret()
    operator = await shop.operator()
    anna = await shop.visitor(identity=signed(shop, secret))
    await anna.start("Hello")
    await operator.event(anna.conversation, "message")
    person = await eventually(lambda: shown(shop, conversations=1), 20, what="her conversation")
    assert [one["id"] for one in person["ongoing"]] == [anna.conversation]
    accepted = await Staff(shop).send("DELETE", HERS, json=WISH)
    await operator.event(anna.conversation, "archived")
    assert (await receipt(shop, accepted.json()["number"]))["removed"]["conversations"] == 1


async def test_guest_who_signed_in_a_moment_ago_is_erased_under_both_ids(shop: Shop) -> None:
    secret = await shop.secret()
    operator = await shop.operator()
    guest = await shop.visitor()
    await guest.start("Hello")
    await shop.visitor(token=guest.token, identity=signed(shop, secret))
    await operator.event(guest.conversation, "identified")
    accepted = await Staff(shop).send("DELETE", HERS, json=WISH)
    assert accepted.status_code == 202, accepted.text
    await operator.event(guest.conversation, "archived")
    assert (await receipt(shop, accepted.json()["number"]))["key_print"]
    gone = await Staff(shop).send("GET", HERS)
    assert (gone.status_code, gone.json()["number"]) == (410, accepted.json()["number"])


async def test_only_owners_erase_and_operators_take_nothing_away(shop: Shop) -> None:
    await everything(shop)
    for role, export, erasures in (("operator", 403, 403), ("manager", 200, 200)):
        colleague = await as_role(shop, role)
        assert (await colleague("GET", HERS)).status_code == 200
        assert (await colleague("POST", f"{HERS}/export")).status_code == export
        assert (await colleague("GET", "/erasures")).status_code == erasures
        assert (await colleague("DELETE", HERS, json=WISH)).status_code == 403


async def test_nobody_is_found_by_another_shops_id_and_nobody_else_may_look(shop: Shop, make_shop: MakeShop) -> None:
    await everything(shop)
    other = await make_shop(limit=2)
    assert (await Staff(other).send("GET", HERS)).status_code == 404
    assert (await Staff(other).send("DELETE", HERS, json=WISH)).status_code == 404
    for path in ("/customers/never-seen", "/customers/g_never", "/erasures/7", "/erasures/x"):
        assert (await Staff(shop).send("GET", path)).status_code == 404
    async with httpx.AsyncClient(base_url=f"{shop.a}/v1/shops/{shop.id}") as stranger:
        assert (await stranger.get(HERS)).status_code == 401
    async with httpx.AsyncClient(base_url=f"{shop.a}/v1/shops/{shop.id}", headers={"Cookie": other.cookie}) as outsider:
        assert (await outsider.get(HERS)).status_code == 403


async def ordered(shop: Shop) -> None:
    """One who is known has ordered, and one who is not; and a campaign is drafted."""
    staff = Staff(shop)
    for number, more in (("1", {"customer": {"email": "anna@posteo.example"}}), ("2", {})):
        order = {"number": number, "placed_at": "2026-11-01T10:00:00Z", "items": [{"sku": "m", "name": "Mug"}], **more}
        assert (await staff.send("POST", "/orders", json=order)).status_code == 201
    content = {"notices": {"en": {"subject": "Mugs", "text": "New"}}, "url": "https://shop.example/mug"}
    assert (await staff.send("POST", "/campaigns", json={"content": content})).status_code == 201

    async def is_known() -> bool:
        return bool((await staff.send("GET", "/customers/anna@posteo.example")).is_success)

    await eventually(is_known)


async def test_shop_is_taken_along_and_then_removed_for_good(shop: Shop, tmp_path: Any) -> None:
    _, conversation, _ = await everything(shop)
    staff = Staff(shop)
    await staff.send("POST", "/canned-replies", json={"shortcut": "hi", "texts": {"en": "Hello there"}})

    async def has_reply() -> bool:
        return bool((await staff.send("GET", "/canned-replies")).json()["items"])

    await eventually(has_reply)
    await ordered(shop)
    file = tmp_path / "shop.zip"
    done = shop.installation.cli("shop", "export", shop.id, str(file))
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        (line,) = archive.read("conversations.ndjson").splitlines()
        assert json.loads(line)["id"] == conversation
        assert b"Are you there?" in archive.read("offline_messages.ndjson")
        told = json.loads(archive.read("shop.json"))
        events = [json.loads(line)["events"][0] for line in archive.read("orders.ndjson").splitlines()]
        assert {(one["number"], one.get("email")) for one in events} == {("1", "anna@posteo.example"), ("2", None)}
        engaged = json.loads(archive.read("engagement.json"))
    assert (engaged["campaigns"][0]["content"]["url"], engaged["polls"]) == ("https://shop.example/mug", [])
    assert [one["email"] for one in told["staff"]] == [shop.email]
    assert [(one["shortcut"], one["texts"]) for one in told["canned_replies"]] == [("hi", {"en": "Hello there"})]
    assert told["blocks"] == []
    assert [(one["before"], one["after"]["shortcut"]) for one in told["changes"]] == [(None, "hi")]
    assert shop.installation.cli("shop", "export", shop.id, str(file)).returncode == 1
    gone = shop.installation.cli("shop", "remove", shop.id, "--yes")
    assert gone.returncode == 0, gone.stderr
    assert "1 conversations, 1 offline messages" in gone.stdout
    assert shop.installation.cli("shop", "remove", shop.id, "--yes").stdout == gone.stdout
    assert (await Staff(shop).send("GET", HERS)).status_code in (401, 404)


async def as_role(shop: Shop, role: Any) -> Any:
    """How a colleague with this role asks."""
    email = f"{role}-{shop.id}@staff.example"
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as connection:
        create_account(connection, NewAccount(shop.id, email, "Bo", role, shop.password))
    headers = {"Cookie": await sign_in(shop.a, email, shop.password), "Origin": shop.a}
    http = httpx.AsyncClient(base_url=f"{shop.a}/v1/shops/{shop.id}", headers=headers, timeout=15)
    shop.stack.push_async_callback(http.aclose)

    async def send(method: str, path: str, **options: Any) -> httpx.Response:
        return await http.request(method, path, **options)

    return send
