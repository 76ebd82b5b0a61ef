"""REST of history against real tables: what is listed, in which order, to whom."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import httpx
import psycopg
import pytest
from starlette.applications import Starlette

from contracts import subjects
from contracts.answers import Answer, Rejected, Stored
from contracts.conversations import events as happened
from contracts.conversations.commands import DeleteConversation
from services.common.broker import Broker
from services.common.database import open_pool
from services.common.following import Step
from services.common.settings import ProjectionsSettings, Settings
from services.common.staff import NewAccount, create_account
from services.gateway.access.origins import Origins
from services.gateway.access.sessions import Sessions
from services.gateway.dispatch import Dispatch
from services.gateway.log_reader import LogReader
from services.gateway.rest import history_store
from services.gateway.rest.history import HistoryRest, routes
from services.gateway.rest.history_store import HistoryStore
from services.gateway.rest.problems import Problem, problem_response
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops, StaffNames
from services.projections.main import pools
from services.projections.projection import HistoryProjection, positions_of
from tests.support.told import START, Told, append


@dataclass
class Owner:
    """Stands for the partition's owner: notes the commands, and answers as it is told to."""

    gateway: str = "gw"
    commands: list[DeleteConversation] = field(default_factory=list)
    answer: Answer = field(default_factory=lambda: Stored(n=1, seq=5))

    def next_number(self) -> int:
        return 1

    async def ask(self, command: DeleteConversation) -> Answer:
        self.commands.append(command)
        return self.answer


@dataclass
class Rest:
    """A client that is signed in, and what stands behind the routes."""

    client: httpx.AsyncClient
    owner: Owner
    settings: Settings
    projection: HistoryProjection
    sessions: Sessions

    async def tell(self, *conversations: Told) -> None:
        """Put conversations into the log, and the log into the tables."""
        append(self.settings, *conversations)
        for partition in {subjects.partition_of(told.shop) for told in conversations}:
            while await self.projection.advance(partition) is Step.MORE:
                pass

    async def get(self, path: str = "", **params: Any) -> Any:
        response = await self.client.get(f"/v1/shops/demo/conversations{path}", params=params)
        assert response.status_code == 200, response.text
        return response.json()

    async def ids(self, **params: Any) -> list[str]:
        """Of all pages."""
        found, cursor = [], ""
        while cursor is not None:
            page = await self.get(**params, cursor=cursor)
            found += [item["id"] for item in page["items"]]
            cursor = page["next"]
        return found


@pytest.fixture
async def rest(settings: Settings) -> AsyncIterator[Rest]:
    with psycopg.connect(settings.dsn_of("log")) as log:
        account = create_account(log, NewAccount("demo", "ann@demo.example", "Ann", "operator", "correct horse"))
        log.execute("UPDATE staff.account SET id = 'o_ann' WHERE id = %s", [account])
    log_pool = await open_pool(settings.dsn_of("log"), "test")
    owner = Owner()
    async with pools(ProjectionsSettings(**settings.model_dump())) as (projection_log, read_pool, keys):
        async with read_pool.connection() as connection:
            await positions_of().create(connection)
        sessions = Sessions(log_pool, Broker())
        history = HistoryRest(
            store=HistoryStore(read_pool),
            names=StaffNames(log_pool, Shops(LogReader(log_pool))),
            dispatch=cast(Dispatch, owner),
            access=StaffAccess(sessions, Origins()),
        )
        app = Starlette(routes=routes(history), exception_handlers={Problem: problem_response})
        headers = {"Authorization": f"Bearer {await sessions.create('o_ann')}"}
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test", headers=headers) as client:
            yield Rest(client, owner, settings, HistoryProjection(projection_log, read_pool, keys), sessions)
    await log_pool.close()


def customer(sub: str, start: int, **known: str) -> Told:
    """A signed-in customer's conversation, `start` minutes after the first."""
    told = Told(person=f"c_{sub}", start=START + timedelta(minutes=start))
    told.secret = sub.encode().ljust(32, b"\0")
    told.key = type(told.key)(told.shop, told.person, told.secret)
    return told.started(customer=sub, signed_in=True, **known)


async def test_item_says_who_and_what_last(rest: Rest) -> None:
    told = customer("4711", 0, name="Anna", email="anna@example.org", phone="+48 1").visitor_says("Bye").archived()
    await rest.tell(told)
    assert await rest.get() == {
        "items": [
            {
                "id": str(told.id),
                "customer": {
                    "id": "4711",
                    "signed_in": True,
                    "name": "Anna",
                    "email": "anna@example.org",
                    "phone": "+48 1",
                },
                "status": "archived",
                "last_message": "Bye",
                "last_message_at": "2026-03-01T09:00:02Z",
            }
        ],
        "next": None,
    }


async def test_address_of_a_guest_is_not_listed(rest: Rest) -> None:
    told = Told().started(name="Guest", email="guest@example.org")
    await rest.tell(told)
    (item,) = (await rest.get())["items"]
    assert item["customer"] == {"id": told.person, "signed_in": False, "name": "Guest"}


async def test_every_page_of_every_order_holds_each_conversation_once(rest: Rest) -> None:
    same_moment = [Told().started() for _ in range(7)]
    later = [Told(start=START + timedelta(hours=hour)).started().visitor_says("x") for hour in range(1, 7)]
    await rest.tell(*same_moment, *later)
    newest_first = await rest.ids(limit=3)
    assert newest_first[:6] == [str(told.id) for told in reversed(later)]
    assert sorted(newest_first) == sorted(str(told.id) for told in same_moment + later)
    assert await rest.ids(limit=4, sort="last_message_at") == newest_first[::-1]
    assert sorted(await rest.ids(limit=2, sort="customer")) == sorted(newest_first)


async def test_conversations_of_a_customer_stand_together(rest: Rest) -> None:
    first, other, second = customer("4711", 0), Told(start=START + timedelta(minutes=1)).started(), customer("4711", 2)
    await rest.tell(first, other, second)
    by_customer = await rest.ids(sort="customer", limit=1)
    assert by_customer[:2] == [str(second.id), str(first.id)]  # "4711" comes before "g_…"
    assert await rest.ids(customer="4711", limit=1) == [str(second.id), str(first.id)]
    assert await rest.ids(customer=other.person) == [str(other.id)]


async def test_guests_have_a_row_each(rest: Rest) -> None:
    await rest.tell(Told().started().archived(), Told().started().archived())
    assert len(await rest.ids()) == 2


async def test_list_is_narrowed_by_time_and_status(rest: Rest) -> None:
    old, new = Told().started().archived(), Told(start=START + timedelta(days=1)).started()
    await rest.tell(old, new)
    assert await rest.ids(**{"from": "2026-03-02"}) == [str(new.id)]
    assert await rest.ids(to="2026-03-01") == [str(old.id)]
    assert await rest.ids(status="open") == [str(new.id)]
    assert await rest.ids(status="archived") == [str(old.id)]


@pytest.mark.parametrize(
    "words", ["żywiec", "Ship żyw", "4711", "anna@example.org", "anna", "ANNA ship", "ship'", "ship & | !", "note"]
)
async def test_search_finds_words_said_and_who_said_them(rest: Rest, words: str) -> None:
    told = customer("4711", 0, name="Anna", email="anna@example.org").visitor_says("Do you ship to Żywiec? anna")
    told.add(happened.NoteAdded, operator="o_ann", text="A note")
    await rest.tell(told, Told().started().visitor_says("Something else"))
    assert await rest.ids(q=words) == [str(told.id)]


async def test_search_for_what_many_said_gives_the_same(rest: Rest, monkeypatch: pytest.MonkeyPatch) -> None:
    await rest.tell(*(Told(start=START + timedelta(hours=n)).started().visitor_says("Hello") for n in range(5)))
    await rest.tell(Told().started(name="Hello Kitty"), Told().started().visitor_says("Bye"))
    found = await rest.ids(q="hello", limit=2)
    monkeypatch.setattr(history_store, "MANY", 2)
    assert await rest.ids(q="hello", limit=2) == found
    assert len(found) == 6


@pytest.mark.parametrize("words", ["krakow", "ship & krakow", "'", "\\", ":*", "!"])
async def test_search_for_what_nobody_said_finds_nothing(rest: Rest, words: str) -> None:
    await rest.tell(Told().started().visitor_says("Do you ship to Żywiec?"))
    assert await rest.ids(q=words) == []


async def test_one_conversation_is_read_whole_with_notes(rest: Rest) -> None:
    told = Told().started().visitor_says("Hello").operator_says("Hi")
    told.add(happened.NoteAdded, operator="o_ann", text="Regular").archived()
    told.add(happened.ConversationRated, score=5, comment="Great")
    await rest.tell(told)
    whole = await rest.get(f"/{told.id}")
    ann = {"id": "o_ann", "name": "Ann"}
    assert [(event["seq"], event["kind"]) for event in whole["events"]] == [
        (1, "started"),
        (2, "assigned"),
        (3, "message"),
        (4, "message"),
        (5, "note"),
        (6, "ended"),
        (7, "archived"),
        (8, "rated"),
    ]
    by_kind = {event["kind"]: event for event in whole["events"]}
    assert by_kind["started"]["visitor"] == {"id": told.person, "signed_in": False}
    assert by_kind["assigned"]["operator"] == ann
    assert by_kind["message"] == {
        "type": "event",
        "conversation": str(told.id),
        "seq": 4,
        "at": "2026-03-01T09:00:03Z",
        "kind": "message",
        "from": "operator",
        "author": "Ann",
        "text": "Hi",
        "id": "m-00000003",
    }
    assert (by_kind["note"]["text"], by_kind["ended"]["by"]) == ("Regular", "operator")
    assert (by_kind["rated"]["score"], by_kind["rated"]["comment"]) == (5, "Great")
    assert (whole["rating"], whole["operator"], whole["messages"], whole["seq"]) == (5, ann, 2, 8)


@pytest.mark.parametrize("path", ["/0191c0de-0000-7000-8000-000000000001", "/none", "/'%20OR%201=1"])
async def test_unknown_conversation_is_not_found(rest: Rest, path: str) -> None:
    rest.owner.answer = Rejected(n=1, code="not_found", detail="There is none.")
    for method in ("GET", "DELETE"):
        response = await rest.client.request(method, f"/v1/shops/demo/conversations{path}")
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


async def test_another_shops_conversation_is_not_found(rest: Rest) -> None:
    told = Told(shop="other").started()
    await rest.tell(told)
    assert (await rest.client.get(f"/v1/shops/demo/conversations/{told.id}")).status_code == 404
    assert await rest.ids() == []


async def test_who_is_not_of_the_shops_staff_is_refused(rest: Rest) -> None:
    told = Told(shop="other").started()
    await rest.tell(told)
    for path in ("", f"/{told.id}"):
        assert (await rest.client.get(f"/v1/shops/other/conversations{path}")).status_code == 403
        anonymous = await rest.client.get(f"/v1/shops/demo/conversations{path}", headers={"Authorization": "Bearer x"})
        assert anonymous.status_code == 401
    assert (await rest.client.delete(f"/v1/shops/other/conversations/{told.id}")).status_code == 403
    assert rest.owner.commands == []


async def test_deletion_from_a_foreign_page_is_refused(rest: Rest) -> None:
    path = f"/v1/shops/demo/conversations/{uuid4()}"
    response = await rest.client.delete(path, headers={"Origin": "https://evil.example"})
    assert (response.status_code, rest.owner.commands) == (403, [])


async def test_deletion_becomes_a_command_and_waits_until_lists_are_without_it(rest: Rest) -> None:
    told = Told().started().archived()
    path = f"/v1/shops/demo/conversations/{told.id}"
    for _ in range(2):
        response = await rest.client.delete(path, headers={"Idempotency-Key": "delete-it-once"})
        assert response.status_code == 204
    first, second = rest.owner.commands
    assert first.id == second.id
    assert (first.shop, first.sender, first.sender_kind, first.conversation) == ("demo", "o_ann", "operator", told.id)


@pytest.mark.parametrize(("code", "status"), [("forbidden", 409), ("unavailable", 503), ("not_found", 404)])
async def test_refused_deletion_is_a_problem(rest: Rest, code: Any, status: int) -> None:
    rest.owner.answer = Rejected(n=1, code=code, detail="No.", retry_after=0.5 if code == "unavailable" else None)
    response = await rest.client.delete(f"/v1/shops/demo/conversations/{uuid4()}")
    assert (response.status_code, response.json()["detail"]) == (status, "No.")


async def test_wrong_parameter_is_a_clear_400(rest: Rest) -> None:
    response = await rest.client.get("/v1/shops/demo/conversations", params={"limit": "many"})
    assert response.status_code == 400
    assert response.json()["detail"] == "The parameter limit must be a number from 1 to 200."
