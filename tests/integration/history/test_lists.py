"""REST of history against real tables: what is listed, in which order, to whom; reading and deleting one."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from contracts.answers import Rejected
from contracts.conversations import events as happened
from tests.integration.history.conftest import Rest
from tests.integration.history.people import customer
from tests.support.told import START, Told


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
                "started_at": "2026-03-01T09:00:00Z",
                "operator": {"id": "o_ann", "name": "Ann"},
                "rating": None,
                "messages": 1,
                "locale": "en",
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
    assert by_kind["started"]["visitor"] == {"id": told.person, "signed_in": False, "locale": "en"}
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


async def test_many_are_deleted_and_each_is_told(rest: Rest) -> None:
    gone, ongoing, unknown = (Told().started() for _ in range(3))
    rest.owner.answers = {
        ongoing.id: Rejected(n=1, code="forbidden", detail="It goes on."),
        unknown.id: Rejected(n=1, code="not_found", detail="There is none."),
    }
    body = {"ids": [str(told.id) for told in (gone, ongoing, unknown, gone)]}
    path, headers = "/v1/shops/demo/conversations/delete", {"Idempotency-Key": "delete-them-once"}
    for _ in range(2):
        response = await rest.client.post(path, json=body, headers=headers)
        assert (response.status_code, response.json()) == (
            200,
            {
                "deleted": [str(gone.id)],
                "failed": [
                    {"id": str(ongoing.id), "code": "not_archived", "detail": "It goes on."},
                    {"id": str(unknown.id), "code": "not_found", "detail": "There is none."},
                ],
            },
        )
    sent = [(command.conversation, command.id) for command in rest.owner.commands]
    assert len(sent) == 6
    assert len(set(sent)) == 3  # sent again, they are the same commands
    assert len({command for _, command in sent}) == 3


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"ids": []}, 422),
        ({"ids": [str(uuid4()) for _ in range(501)]}, 422),
        ({"ids": ["none"]}, 422),
        ({}, 422),
        ({"ids": [str(uuid4())], "all": True}, 422),
        ([], 422),
    ],
)
async def test_what_is_no_list_of_ids_deletes_nothing(rest: Rest, body: Any, status: int) -> None:
    response = await rest.client.post("/v1/shops/demo/conversations/delete", json=body)
    assert (response.status_code, rest.owner.commands) == (status, [])
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("code", "status"), [("forbidden", 409), ("unavailable", 503), ("not_found", 404)])
async def test_refused_deletion_is_a_problem(rest: Rest, code: Any, status: int) -> None:
    rest.owner.answer = Rejected(n=1, code=code, detail="No.", retry_after=0.5 if code == "unavailable" else None)
    response = await rest.client.delete(f"/v1/shops/demo/conversations/{uuid4()}")
    assert (response.status_code, response.json()["detail"]) == (status, "No.")


async def test_wrong_parameter_is_a_clear_400(rest: Rest) -> None:
    response = await rest.client.get("/v1/shops/demo/conversations", params={"limit": "many"})
    assert response.status_code == 400
    assert response.json()["detail"] == "The parameter limit must be a number from 1 to 200."
