"""History taken away: everything that was asked for, safe in a spreadsheet, in pieces."""

import csv
import io
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.conversations import events as happened
from contracts.conversations.departments import Department
from contracts.conversations.settings import ShopSettings
from services.gateway.rest.history import export
from services.gateway.rest.history.query import Filter
from tests.integration.history.conftest import Rest
from tests.integration.history.people import customer
from tests.support.told import START, Told


async def table(rest: Rest, *, delimiter: str = ",", **params: Any) -> list[dict[str, str]]:
    response = await rest.client.get("/v1/shops/demo/conversations.csv", params=params)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=delimiter))


async def whole(rest: Rest, **params: Any) -> list[dict[str, Any]]:
    response = await rest.client.get("/v1/shops/demo/conversations.json", params=params)
    assert response.status_code == 200, response.text
    conversations: list[dict[str, Any]] = json.loads(response.content)["conversations"]
    return conversations


async def test_table_has_a_row_a_conversation_with_the_shops_own_times(rest: Rest) -> None:
    rest.shops.keep("demo", ShopSettings(time_zone="Europe/Warsaw"))
    told = customer("4711", 0, name="Anna", email="anna@example.org", phone="+48 601 555 018")
    told.visitor_says('Say "hi",\nthen go').archived().add(happened.ConversationRated, score=4, comment="Fine")
    guest = Told(start=START + timedelta(hours=1)).started(email="guest@example.org")
    await rest.tell(told, guest)
    first, second = await table(rest)
    assert first == {
        "id": str(told.id),
        "customer": "4711",
        "signed_in": "yes",
        "name": "Anna",
        "email": "anna@example.org",
        "phone": "+48 601 555 018",
        "locale": "en",
        "status": "archived",
        "operator": "Ann",
        "rating": "4",
        "comment": "Fine",
        "messages": "1",
        "started_at": "2026-03-01 10:00:00",
        "last_message_at": "2026-03-01 10:00:02",
        "ended_at": "2026-03-01 10:00:03",
        "archived_at": "2026-03-01 10:00:04",
        "last_message": 'Say "hi",\nthen go',
        "time_zone": "Europe/Warsaw",
    }
    assert (second["customer"], second["email"], second["ended_at"]) == (guest.person, "", "")
    assert [row["last_message"] for row in await table(rest, delimiter=";", separator="semicolon")] == [
        first["last_message"],
        "",
    ]


async def test_table_of_messages_has_a_row_for_all_that_happened(rest: Rest) -> None:
    told = Told().started().visitor_says("Hello").operator_says("Hi").archived()
    await rest.tell(told)
    rows = await table(rest, rows="messages")
    assert [(row["seq"], row["kind"], row["from"], row["author"], row["text"]) for row in rows] == [
        ("1", "started", "", "", ""),
        ("2", "assigned", "", "Ann", ""),
        ("3", "message", "visitor", "", "Hello"),
        ("4", "message", "operator", "Ann", "Hi"),
        ("5", "ended", "operator", "Ann", ""),
        ("6", "archived", "", "", ""),
    ]


async def test_table_of_messages_shows_departments_and_calls_for_an_answer(rest: Rest) -> None:
    sales = Department(id="sales", name="Sales", operators=["o_ann"])
    rest.shops.keep("demo", ShopSettings(time_zone="Europe/Warsaw", departments=[sales]))
    told = Told().started(department="sales").visitor_says("Hello?")
    told.add(happened.LeftUnanswered, since=START, operator="o_ann")
    told.add(happened.TransferAsked, operator="o_ann", department="gone")
    await rest.tell(told)
    rows = await table(rest, rows="messages")
    shown = [(row["kind"], row["author"], row["department"], row["since"]) for row in rows]
    assert [shown[0], *shown[3:]] == [
        ("started", "", "Sales", ""),
        ("unanswered", "Ann", "", "2026-03-01 10:00:00"),
        ("transfer_asked", "Ann", "gone", ""),
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\n=1", '=HYPERLINK("http://x")', "＝1", "|calc"]
)
async def test_what_a_spreadsheet_would_run_stays_text(rest: Rest, text: str) -> None:
    told = customer("=4711", 0, name=text, email="=a@example.org").visitor_says(text)
    await rest.tell(told)
    (row,) = await table(rest)
    assert (row["name"], row["last_message"]) == (f"'{text}", f"'{text}")
    assert (row["customer"], row["email"]) == ("'=4711", "'=a@example.org")
    (said,) = [row for row in await table(rest, rows="messages") if row["kind"] == "message"]
    assert said["text"] == f"'{text}"
    assert (await whole(rest))[0]["last_message"] == text


async def test_json_is_each_conversation_as_it_is_read_whole(rest: Rest) -> None:
    told = Told().started().visitor_says("Hello")
    told.add(happened.NoteAdded, operator="o_ann", text="Regular").archived()
    later = customer("4711", 60).visitor_says("Hi")
    await rest.tell(told, later)
    assert await whole(rest) == [await rest.get(f"/{one.id}") for one in (told, later)]


async def test_export_is_narrowed_as_lists_are_or_to_what_was_chosen(rest: Rest) -> None:
    hello = [Told(start=START + timedelta(days=9 * n)).started().visitor_says("Hello").archived() for n in range(3)]
    other, elsewhere = customer("4711", 1).visitor_says("Bye"), Told(shop="other").started().visitor_says("Hello")
    await rest.tell(*hello, other, elsewhere)

    async def both(**params: Any) -> list[str]:
        rows = [row["id"] for row in await table(rest, **params)]
        assert rows == [one["id"] for one in await whole(rest, **params)]
        return rows

    assert await both(q="hello") == [str(told.id) for told in hello]
    assert await both(customer="4711") == [str(other.id)]
    assert await both(ids=f"{hello[2].id},{elsewhere.id},{hello[0].id}") == [str(hello[0].id), str(hello[2].id)]
    assert await both(q="nothing like it") == []
    assert await both(**{"from": "2026-03-09", "operator": "o_ann"}) == [str(told.id) for told in hello[1:]]


async def test_nothing_is_lost_or_doubled_while_people_talk(rest: Rest) -> None:
    """A conversation with a new message moves to the end of the list; one that had its turn comes no second time."""
    told = [Told(start=START + timedelta(minutes=n)).started().visitor_says(f"{n}") for n in range(6)]
    await rest.tell(*told)
    found: list[UUID] = []
    async for rows in rest.store.all("demo", Filter(), 2):
        found += [row.id for row in rows]
        for one in (told[0], told[5]) if len(found) == 2 else ():
            one._now = START + timedelta(hours=1)
            one.visitor_says("Still here")
        await rest.tell(*told)
    assert sorted(found) == sorted(one.id for one in told)


async def test_pieces_are_small_however_much_there_is(rest: Rest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 2)
    await rest.tell(*(Told(start=START + timedelta(minutes=n)).started().visitor_says("x") for n in range(7)))
    made = export.Export(rest.store, rest.names, rest.links, "demo", "UTC")
    for kind, pieces in (("csv", 5), ("json", 6)):
        parts = [part async for part in made.parts(export.Wish(kind), Filter())]  # type: ignore[arg-type]
        assert len(parts) == pieces
    assert len(json.loads(b"".join(parts))["conversations"]) == 7  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value"), [("rows", "words"), ("separator", "tab"), ("status", "gone"), ("ids", "1")])
async def test_wrong_wish_is_a_clear_400(rest: Rest, name: str, value: str) -> None:
    response = await rest.client.get("/v1/shops/demo/conversations.csv", params={name: value})
    assert (response.status_code, f"The parameter {name} " in response.json()["detail"]) == (400, True)


async def test_strangers_take_nothing_away(rest: Rest) -> None:
    for path in ("conversations.csv", "conversations.json", "conversations/count"):
        assert (await rest.client.get(f"/v1/shops/other/{path}")).status_code == 403
        anonymous = await rest.client.get(f"/v1/shops/demo/{path}", headers={"Authorization": "Bearer x"})
        assert anonymous.status_code == 401
    assert (await rest.client.post("/v1/shops/other/conversations/delete", json={"ids": []})).status_code == 403
