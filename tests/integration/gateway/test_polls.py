"""Polls: staff make them, visitors see them and vote once, and the counts are what the log says."""

import csv
import io
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import psycopg
import pytest

from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Staff
from tests.support.plain_http import Answer, connections, post_all
from tests.support.waiting import eventually

ANSWERS = [{"id": "moss", "text": "Moss"}, {"id": "tide", "text": "Tide blue"}]
QUESTION = "Which glaze shall we bring back?"
GLAZE = {"question": f" {QUESTION} ", "answers": ANSWERS}
KNOWN_SECONDS = 45.0
"""Gateways know of a poll within moments, or where they did not hear of it when they look again, after 30 s."""
VISITORS = 2_000
EACH = 50
"""Connections to each gateway."""


async def opened(shop: Shop, **content: Any) -> dict[str, Any]:
    """A poll that visitors are shown."""
    answer = await started(shop, **content)
    assert answer.status_code == 200, answer.text
    poll: dict[str, Any] = answer.json()
    return poll


async def started(shop: Shop, **content: Any) -> httpx.Response:
    """What is said to staff who write a poll and want it opened."""
    staff = Staff(shop)
    drafted = await staff.send("POST", "/polls", json={"content": {**GLAZE, **content}})
    assert drafted.status_code == 201, drafted.text
    return await staff.send("POST", f"/polls/{drafted.json()['id']}/start")


class Page:
    """A page of the shop, as its widget asks; the token is the visitor's only memory."""

    def __init__(self, shop: Shop, client: httpx.AsyncClient, **who: str) -> None:
        self.shop, self.client, self.who = shop, client, dict(who)

    async def current(self, language: str = "en") -> dict[str, Any] | None:
        headers = {"Authorization": f"Bearer {self.who['token']}"} if "token" in self.who else {}
        if "identity" in self.who:
            headers["Shopbell-Identity"] = self.who["identity"]
        path = f"{self.shop.b}/v1/shops/{self.shop.id}/polls/current"
        answer = await self.client.get(path, params={"language": language}, headers=headers)
        assert answer.status_code in (200, 204), answer.text
        return answer.json() if answer.content else None

    async def vote(self, poll: str, answer: str, name: str) -> httpx.Response:
        path = f"{self.shop.a}/v1/shops/{self.shop.id}/polls/{poll}/votes"
        response = await self.client.post(path, json={"id": f"vote-{name}", "answer": answer, **self.who})
        if "token" in response.json():
            self.who["token"] = response.json()["token"]
        return response


@pytest.mark.feature("H1")
async def test_poll_is_made_shown_voted_in_closed_and_put_away(shop: Shop) -> None:
    staff, visitor = Staff(shop), await shop.visitor()
    assert visitor.welcome is not None
    assert not visitor.welcome.get("poll")
    poll = (await opened(shop, language="en"))["id"]
    async with httpx.AsyncClient(timeout=15) as client:
        page = Page(shop, client, token=visitor.welcome["token"])
        shown = await eventually(page.current, KNOWN_SECONDS)
        assert shown is not None
        assert (shown["id"], shown["question"], shown["answers"]) == (poll, QUESTION, ANSWERS)
        assert {"voted", "counts"} & set(shown) == set()
        assert await page.current("pl") is None
        stored = await page.vote(poll, "tide", "first-time")
        assert (stored.status_code, stored.json()) == (201, {"answer": "tide", "counts": {"moss": 0, "tide": 1}})
        assert (await page.vote(poll, "tide", "first-time")).status_code == 201
        again = await page.vote(poll, "moss", "second-time")
        assert (again.status_code, again.json()["code"], again.json()["answer"]) == (409, "conflict", "tide")
        shown = await page.current()
        assert shown is not None
        assert (shown["voted"], shown["counts"]) == ("tide", {"moss": 0, "tide": 1})
        assert (await page.vote(poll, "plum", "no-answer")).status_code == 409
        other = Page(shop, client)
        assert (await other.vote(poll, "plum", "no-answer")).json()["code"] == "invalid"
        assert (await shop.visitor(gateway=shop.b)).welcome["poll"] is True  # type: ignore[index]
        closed = await staff.send("POST", f"/polls/{poll}/close")
        assert closed.json()["state"] == "closed"
        done = await staff.send("POST", f"/polls/{poll}/start")
        assert (done.status_code, done.json()["detail"]) == (409, "This can't be done: the poll is closed.")
        late = await other.vote(poll, "moss", "too-late")
        assert (late.status_code, late.json()["code"]) == (409, "not_open")
    assert (await staff.send("POST", f"/polls/{poll}/archive")).json()["state"] == "archived"
    assert (await staff.send("GET", "/polls")).json()["items"] == []
    (archived,) = (await staff.send("GET", "/polls", params={"state": "archived"})).json()["items"]
    assert (archived["votes"], archived["author"]["name"]) == (1, "Ada")


@pytest.mark.feature("H1")
async def test_visitor_votes_once_through_conversations_and_as_a_customer(shop: Shop) -> None:
    await shop.operator()
    visitor, poll = await shop.visitor(), (await opened(shop))["id"]
    assert visitor.welcome is not None
    kid, secret = await shop.secret()
    async with httpx.AsyncClient(timeout=15) as client:
        before = Page(shop, client, token=visitor.welcome["token"])
        assert (await before.vote(poll, "moss", "first-time")).status_code == 201
        await visitor.start("Good morning")
        assert visitor.token != visitor.welcome["token"]
        after = Page(shop, client, token=str(visitor.token))
        assert (await after.vote(poll, "tide", "second-one")).json()["answer"] == "moss"
        claims = {"sub": "C-1", "name": "Ann", "aud": "shopbell", "iss": shop.id, "exp": int(time.time()) + 3600}
        identity = jwt.encode(claims, secret, "HS256", {"kid": kid})
        customer = Page(shop, client, token=str(visitor.token), identity=identity)
        assert (await customer.vote(poll, "tide", "third-time")).json()["answer"] == "moss"
        shown = await eventually(customer.current, KNOWN_SECONDS)
        assert shown is not None
        assert shown["voted"] == "moss"


async def all_voted(shop: Shop, path: str, votes: list[dict[str, Any]]) -> list[Answer]:
    """Through both gateways; whom one asks to come again in a moment does so, with the same vote."""
    answers: dict[int, Answer] = {}
    async with connections(shop.gateways, EACH) as opened_ones:
        while left := [number for number in range(len(votes)) if number not in answers]:
            said = await post_all(opened_ones, [(path, votes[number]) for number in left])
            answers |= {number: one for number, one in zip(left, said, strict=True) if one.status != 503}
    return [answers[number] for number in range(len(votes))]


@pytest.mark.feature("H2")
async def test_thousands_vote_at_once_and_the_log_agrees_with_the_counts(shop: Shop) -> None:
    """Among them one visitor a hundred times, with different answers and ids."""
    staff, poll = Staff(shop), (await opened(shop))["id"]
    insistent = await shop.visitor()
    assert insistent.welcome is not None
    path, token = f"/v1/shops/{shop.id}/polls/{poll}/votes", insistent.welcome["token"]
    many = [{"id": f"insistent-{n:04}", "answer": ANSWERS[n % 2]["id"], "token": token} for n in range(100)]
    crowd = [{"id": f"crowd-{n:06}", "answer": "tide"} for n in range(VISITORS)]
    answers = await all_voted(shop, path, [*many, *crowd])
    assert Counter(answer.status for answer in answers) == {201: VISITORS + 1, 409: 99}
    assert len({answer.body["token"] for answer in answers[100:]}) == VISITORS
    first = next(answer.body["answer"] for answer in answers[:100] if answer.status == 201)
    wanted = Counter({"tide": VISITORS, first: 1}) if first == "moss" else Counter({"tide": VISITORS + 1})

    async def counted() -> bool:
        return bool((await staff.send("GET", f"/polls/{poll}")).json()["votes"] == VISITORS + 1)

    await eventually(counted, 30)
    shown = (await staff.send("GET", f"/polls/{poll}")).json()
    assert Counter(shown["counts"]) == wanted
    assert sum(bucket["votes"] for bucket in shown["plot"]) == VISITORS + 1
    recount = (await staff.send("POST", f"/polls/{poll}/recount")).json()
    assert (recount["agrees"], Counter(recount["counts"])) == (True, wanted)
    table = (await staff.send("GET", f"/polls/{poll}.csv")).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len({row["vote"] for row in rows}) == VISITORS + 1
    assert Counter(row["answer"] for row in rows) == wanted


async def test_planned_poll_is_shown_to_nobody(shop: Shop) -> None:
    alike = [*ANSWERS, {"id": "again", "text": "moss"}]
    drafted = await Staff(shop).send("POST", "/polls", json={"content": {**GLAZE, "answers": alike}})
    assert (drafted.status_code, drafted.json()["field"]) == (400, "content.answers")
    drafted = await Staff(shop).send("POST", "/polls", json={"content": {**GLAZE, "opens_at": "2020-01-01T09:00:00Z"}})
    refused = await Staff(shop).send("POST", f"/polls/{drafted.json()['id']}/start")
    assert (refused.status_code, refused.json()["field"]) == (400, "content.opens_at")
    planned = await opened(shop, opens_at=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    assert planned["state"] == "planned"
    with psycopg.connect(shop.installation.settings.dsn_of("read"), autocommit=True) as read:
        read.execute("DELETE FROM rm_poll WHERE id = %s", [planned["id"]])
    not_yet = await Staff(shop).send("GET", f"/polls/{planned['id']}")
    assert (not_yet.status_code, not_yet.headers.get("Retry-After")) == (503, "2")
    async with httpx.AsyncClient(timeout=15) as client:
        assert await Page(shop, client).current() is None


async def test_poll_with_times_opens_and_closes_by_itself(shop: Shop) -> None:
    for seconds in (3, 20, 60):  # a slow machine may come too late for the first
        start = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)
        end = start + timedelta(seconds=2)
        planned = await started(shop, opens_at=start.isoformat(), closes_at=end.isoformat())
        if planned.is_success:
            break

    async def closed() -> dict[str, Any] | None:
        poll: dict[str, Any] = (await Staff(shop).send("GET", f"/polls/{planned.json()['id']}")).json()
        return poll if poll["state"] == "closed" else None

    poll = await eventually(closed, 90)
    began, over = datetime.fromisoformat(poll["opened_at"]), datetime.fromisoformat(poll["closed_at"])
    assert start <= began <= over
    assert over >= end


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"question": "a\x00b"}, "content.question"),
        ({"question": "Two\nlines"}, "content.question"),
        ({"question": "Why?", "answers": [{"id": "a", "text": " "}]}, "content.answers[0].text"),
        ({"question": "Why?", "answers": [{"id": "a", "text": "A", "txt": "A"}]}, "content.answers[0].txt"),
        ({"question": "Why?", "close_at": "2026-11-30T12:00:00Z"}, "content.close_at"),
        ({"question": "Why?", "closes_at": "2026-11-30T12:00:00"}, "content.closes_at"),
        ({"question": "Why?", "opens_at": "0001-01-01T00:00:00+14:00"}, "content.opens_at"),
        ({"question": ""}, "content.question"),
    ],
)
async def test_wrong_poll_is_named(shop: Shop, content: dict[str, Any], field: str) -> None:
    refused = await Staff(shop).send("POST", "/polls", json={"content": content})
    assert (refused.status_code, refused.json()["field"]) == (422, field)
