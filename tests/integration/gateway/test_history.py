"""History in the running product: listed, read, deleted, and made anew from the log."""

import asyncio
import csv
import subprocess
import time
from typing import Any

import httpx
import jwt
import psycopg
import pytest

from tests.integration.gateway.conftest import Shop
from tests.support.protocol_client import Operator, Visitor
from tests.support.waiting import eventually


class History:
    """What staff ask of history over REST."""

    def __init__(self, shop: Shop) -> None:
        self._path = f"/v1/shops/{shop.id}/conversations"
        self._http = httpx.AsyncClient(base_url=shop.a, headers={"Cookie": shop.cookie, "Origin": shop.a}, timeout=15)
        shop.stack.push_async_callback(self._http.aclose)

    async def items(self, **params: str) -> list[dict[str, Any]]:
        answer = await self._http.get(self._path, params=params)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def whole(self, conversation: str) -> httpx.Response:
        return await self._http.get(f"{self._path}/{conversation}")

    async def delete(self, conversation: str) -> int:
        return (await self._http.delete(f"{self._path}/{conversation}")).status_code

    async def get(self, path: str, **params: str) -> httpx.Response:
        answer = await self._http.get(f"{self._path}{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer

    async def delete_many(self, *conversations: str) -> dict[str, Any]:
        answer = await self._http.post(f"{self._path}/delete", json={"ids": conversations})
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    async def archived(self, *conversations: str) -> dict[str, dict[str, Any]]:
        """Wait until these are in history, and return all that is."""

        async def listed() -> dict[str, dict[str, Any]]:
            found = {item["id"]: item for item in await self.items(status="archived")}
            return found if set(conversations) <= set(found) else {}

        return await eventually(listed, 15, what="conversations in history")


@pytest.fixture
def history(shop: Shop) -> History:
    return History(shop)


async def finished(shop: Shop, *texts: str) -> list[Visitor]:
    """One conversation a text, each answered, ended, and put into history by its operator's leaving."""
    operator = await shop.operator()
    visitors = [await finished_one(shop, operator, text) for text in texts]
    await operator.go_offline()
    await operator.close()
    return visitors


async def finished_one(shop: Shop, operator: Operator, text: str) -> Visitor:
    visitor = await shop.visitor()
    await visitor.start(text)
    await operator.event(visitor.conversation, "message")
    await operator.say(visitor.conversation, f"You said: {text}")
    await operator.end(visitor.conversation)
    return visitor


def rebuild(shop: Shop, *options: str) -> subprocess.CompletedProcess[str]:
    return shop.installation.cli("rebuild", "history", *options)


@pytest.mark.feature("E4")
async def test_rebuilt_history_is_identical_and_what_was_deleted_stays_deleted(shop: Shop, history: History) -> None:
    kept, deleted = await finished(shop, "Keep me", "Delete me")
    await history.archived(kept.conversation, deleted.conversation)
    assert await history.delete(deleted.conversation) == 204
    before = await history.items()
    assert [item["id"] for item in before] == [kept.conversation]
    whole_before = (await history.whole(kept.conversation)).json()

    done = await asyncio.to_thread(rebuild, shop)
    assert done.returncode == 0, done.stderr
    assert await history.items() == before
    assert (await history.whole(kept.conversation)).json() == whole_before
    assert (await history.whole(deleted.conversation)).status_code == 404
    checked = await asyncio.to_thread(rebuild, shop, "--verify")
    assert (checked.returncode, checked.stdout.count("Equal: ")) == (0, 1), checked.stderr


@pytest.mark.feature("E4")
async def test_erased_person_is_absent_from_rebuilt_history(shop: Shop, history: History) -> None:
    kept, erased = await finished(shop, "Know me", "Forget me")
    found = await history.archived(kept.conversation, erased.conversation)
    person = found[erased.conversation]["customer"]["id"]
    with psycopg.connect(shop.installation.settings.dsn_of("keys")) as keys:
        keys.execute("DELETE FROM person_key WHERE shop = %s AND person = %s", [shop.id, person])
    done = await asyncio.to_thread(rebuild, shop)
    assert done.returncode == 0, done.stderr
    assert [item["id"] for item in await history.items()] == [kept.conversation]


@pytest.mark.feature("E4")
async def test_history_is_rebuilt_while_people_talk(shop: Shop, history: History) -> None:
    visitor, _operator = await shop.chat()
    done = asyncio.create_task(asyncio.to_thread(rebuild, shop))
    said = 0
    while not done.done():
        said += 1
        await visitor.say_here(f"Still here {said}")
    assert done.result().returncode == 0, done.result().stderr

    async def last() -> bool:
        return bool((await history.items())[0]["last_message"] == f"Still here {said}")

    await eventually(last, 15, what="the last message in history")
    events = (await history.whole(visitor.conversation)).json()["events"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert sum(event["kind"] == "message" for event in events) == said + 1
    checked = await asyncio.to_thread(rebuild, shop, "--verify")
    assert checked.returncode == 0, checked.stderr


@pytest.mark.feature("E1", "E2")
async def test_transcript_is_what_the_operator_saw(shop: Shop, history: History) -> None:
    visitor, operator = await shop.chat()
    await operator.command("note", conversation=visitor.conversation, text="A regular")
    await visitor.end(visitor.conversation)
    await visitor.command("rate", conversation=visitor.conversation, score=5, comment="Great")
    await operator.go_offline()
    await operator.event(visitor.conversation, "archived")
    await history.archived(visitor.conversation)
    whole = (await history.whole(visitor.conversation)).json()
    assert whole["events"] == operator.inbox.events[visitor.conversation]
    assert (whole["rating"], whole["status"], whole["customer"]["signed_in"]) == (5, "archived", False)


@pytest.mark.feature("E1", "E3")
async def test_signed_in_customers_conversations_are_listed_together(shop: Shop, history: History) -> None:
    kid, secret = await shop.secret()
    claims = {"sub": "4711", "name": "Anna K.", "email": "anna@example.org", "aud": "shopbell", "iss": shop.id}
    identity = jwt.encode({**claims, "exp": int(time.time()) + 3600}, secret, "HS256", {"kid": kid})
    operator = await shop.operator()
    customers = []
    for text in ("First", "Second"):
        visitor = await shop.visitor(identity=identity)
        await visitor.start(text)
        await operator.end(visitor.conversation)
        await operator.go_offline()
        await operator.go_online(4)
        customers.append(visitor)
        await finished_one(shop, operator, f"A guest between, after {text}")
    await operator.go_offline()
    first, second = (visitor.conversation for visitor in customers)
    await history.archived(first, second)
    (newer, older) = await history.items(customer="4711")
    assert (newer["id"], older["id"]) == (second, first)
    assert newer["customer"] == {"id": "4711", "signed_in": True, "name": "Anna K.", "email": "anna@example.org"}
    together = [item["id"] for item in await history.items(sort="customer")]
    assert together.index(first) == together.index(second) + 1


@pytest.mark.feature("E1", "E2")
async def test_what_was_said_is_found_taken_away_and_deleted_together(shop: Shop, history: History) -> None:
    wanted, other = await finished(shop, "Do you ship to Żywiec?", "=1+1")
    await history.archived(wanted.conversation, other.conversation)
    (ongoing, operator) = await shop.chat()
    await operator.say(ongoing.conversation, "We ship to Zywiec too")

    async def both() -> bool:
        found = [item["id"] for item in await history.items(q="ship żywiec")]
        return found == [ongoing.conversation, wanted.conversation]

    await eventually(both, 15, what="both conversations in which it was said, the newest first")
    (item,) = await history.items(q="zywiec", status="archived", rating="none")
    assert (item["operator"]["name"], item["rating"], item["messages"]) == ("Ada", None, 2)
    assert (await history.get("/count", q="zyw")).json() == {"conversations": 2, "more": False}
    assert (await history.get("", q="zyvwiec")).json()["suggestion"]["q"] == "zywiec"

    table = list(
        csv.DictReader((await history.get(".csv", status="archived")).content.decode("utf-8-sig").splitlines())
    )
    assert {row["id"]: row["last_message"] for row in table} == {
        wanted.conversation: "You said: Do you ship to Żywiec?",
        other.conversation: "You said: =1+1",
    }
    (whole,) = (await history.get(".json", ids=other.conversation)).json()["conversations"]
    assert whole == (await history.whole(other.conversation)).json()

    outcome = await history.delete_many(wanted.conversation, ongoing.conversation, other.conversation)
    assert set(outcome["deleted"]) == {wanted.conversation, other.conversation}
    assert [(one["id"], one["code"]) for one in outcome["failed"]] == [(ongoing.conversation, "not_archived")]
    assert [item["id"] for item in await history.items()] == [ongoing.conversation]
    assert [item["id"] for item in await history.items(q="zywiec")] == [ongoing.conversation]


async def test_conversation_that_goes_on_is_not_deleted(shop: Shop, history: History) -> None:
    visitor, _operator = await shop.chat()
    assert await history.delete(visitor.conversation) == 409
    await visitor.say_here("Still here")


async def test_other_shops_staff_see_and_delete_nothing(shop: Shop, make_shop: Any) -> None:
    (visitor,) = await finished(shop, "Ours alone")
    await History(shop).archived(visitor.conversation)
    other = await make_shop()
    stranger = httpx.AsyncClient(base_url=other.a, headers={"Cookie": other.cookie, "Origin": other.a}, timeout=15)
    other.stack.push_async_callback(stranger.aclose)
    for path in (f"/v1/shops/{shop.id}/conversations", f"/v1/shops/{shop.id}/conversations/{visitor.conversation}"):
        assert (await stranger.get(path)).status_code == 403
        assert (await stranger.delete(path)).status_code in (403, 405)
    assert await History(other).items() == []
    assert await History(other).delete(visitor.conversation) == 404
    assert (await History(shop).whole(visitor.conversation)).status_code == 200
