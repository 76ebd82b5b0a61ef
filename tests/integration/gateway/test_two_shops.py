"""Every frame and every route of shop A, tried with every credential of shop B."""

from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import pytest

from contracts.sockets import operator as operator_frames
from contracts.sockets import visitor as visitor_frames
from contracts.sockets.common import Frame
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.raw import Raw, opened

TEXTS: dict[str, Any] = {
    "text": "boo",
    "visitor": "g_x",
    "score": 1,
    "after": 0,
    "upto": 1,
    "on": True,
    "to": "o_x",
    "url": "https://x",
}
DESK_FRAMES = {"go_online", "go_offline", "open_channel", "close_channel"}
"""They name no conversation: an operator's act on the own desk only."""

Opening = Callable[[], Coroutine[Any, Any, Any]]


def frames_of(union: Any) -> list[str]:
    """The types of all frames that a client may send, but hello."""
    members: tuple[type[Frame], ...] = union.__args__
    return sorted(str(one.__struct_config__.tag) for one in members if one.__name__ != "Hello")


def filled(kind: str, union: Any, conversation: str, number: int) -> dict[str, Any]:
    """A right frame of this type for the conversation."""
    frame = next(one for one in union.__args__ if one.__struct_config__.tag == kind)
    values = {**TEXTS, "id": f"cross-shop-{number}", "conversation": conversation}
    return {"type": kind, **{name: values[name] for name in frame.__struct_fields__ if name in values}}


@pytest.fixture
async def shops(make_shop: MakeShop) -> tuple[Shop, Shop]:
    return await make_shop(limit=5), await make_shop(limit=5)


async def test_frames_of_shop_b_do_nothing_in_shop_a(shops: tuple[Shop, Shop]) -> None:
    a, b = shops
    visitor_a, operator_a = await a.chat()
    visitor_b, _ = await b.chat()
    here = visitor_a.conversation
    credentials: list[tuple[str, dict[str, str], dict[str, Any], Any]] = [
        (b.visitor_url(), {}, {"token": visitor_b.token}, visitor_frames.VisitorFrame),
        (b.visitor_url(), {}, {"token": visitor_a.token}, visitor_frames.VisitorFrame),
        (a.visitor_url(), {}, {"token": visitor_b.token}, visitor_frames.VisitorFrame),
        (f"{b.b}/v1/operator", {"Cookie": b.cookie}, {}, operator_frames.OperatorFrame),
        (
            f"{b.a}/v1/operator",
            {"Authorization": f"Bearer {b.cookie.partition('=')[2]}"},
            {},
            operator_frames.OperatorFrame,
        ),
    ]
    for url, headers, hello, union in credentials:
        async with opened(url, **headers) as raw:
            welcome = await raw.hello(**hello)
            assert here not in str(welcome)
            raw.frames.clear()  # a word on the wrong token, maybe
            await _all_refused(raw, union, here)
    assert (await visitor_a.say_here("nothing happened"))["seq"] == 4
    await operator_a.wait_for(lambda: operator_a.inbox.seen[here] == 4)
    assert operator_a.inbox.texts(here) == ["Good morning", "nothing happened"]
    assert "typing" not in visitor_a.latest
    assert "read" not in visitor_a.latest


async def _all_refused(raw: Raw, union: Any, conversation: str) -> None:
    """Each command is refused as naming nothing of theirs, and no event of the conversation comes."""
    for number, kind in enumerate(frames_of(union)):
        if kind in DESK_FRAMES or kind == "start":
            continue
        frame = filled(kind, union, conversation, number)
        raw.send(frame)
        if "id" in frame or kind == "resume":
            refused = await raw.expect(type="rejected")
            assert refused["code"] in ("not_found", "forbidden"), kind
            assert refused["id"] == frame.get("id")
    assert not [frame for frame in raw.frames if frame.get("conversation") == conversation]


async def test_hello_of_shop_b_resumes_nothing_of_shop_a(shops: tuple[Shop, Shop]) -> None:
    a, b = shops
    visitor_a, _ = await a.chat()
    for url in (b.visitor_url(), a.visitor_url()):
        async with opened(url) as raw:
            welcome = await raw.hello(resume={"conversation": visitor_a.conversation, "after": 0})
            assert "conversation" not in welcome
            await visitor_a.say_here("nobody listens")
            raw.send({"type": "nonsense"})
            await raw.expect(type="rejected", code="invalid")
            assert not [frame for frame in raw.frames if frame["type"] in ("event", "resumed")]


async def test_operator_of_shop_b_hears_nothing_of_shop_a(shops: tuple[Shop, Shop]) -> None:
    a, b = shops
    operator_b = await b.operator(a.a)
    visitor_a, _ = await a.chat()
    await visitor_a.say_here("secret")
    visitor_b = await b.visitor()
    await visitor_b.start("mine")
    await operator_b.event(visitor_b.conversation, "message")
    assert set(operator_b.inbox.seen) == {visitor_b.conversation}


def routes(shop: str, conversation: str) -> list[tuple[str, str, Any]]:
    return [
        ("GET", f"/v1/shops/{shop}/settings", None),
        ("PUT", f"/v1/shops/{shop}/settings", {"limit": 1}),
        ("GET", f"/v1/shops/{shop}/conversations", None),
        ("GET", f"/v1/shops/{shop}/conversations/{conversation}", None),
        ("DELETE", f"/v1/shops/{shop}/conversations/{conversation}", None),
    ]


async def test_routes_of_shop_a_refuse_shop_b(shops: tuple[Shop, Shop]) -> None:
    a, b = shops
    visitor_a, _ = await a.chat()
    visitor_b = await b.visitor()
    credentials: list[tuple[dict[str, str], set[int]]] = [
        ({"Cookie": b.cookie}, {403, 404}),
        ({"Authorization": f"Bearer {b.cookie.partition('=')[2]}"}, {403, 404}),
        ({"Authorization": f"Bearer {visitor_a.token}"}, {401}),
        ({"Authorization": f"Bearer {visitor_b.token}"}, {401}),
        ({}, {401}),
        ({"Cookie": a.cookie, "Origin": "https://evil.example"}, {403}),
    ]
    async with httpx.AsyncClient(base_url=a.a) as http:
        for headers, statuses in credentials:
            for method, path, body in routes(a.id, visitor_a.conversation):
                if "Origin" in headers and method == "GET":
                    continue  # a browser lets no other origin read the answer
                answer = await http.request(method, path, json=body, headers=headers)
                assert answer.status_code in statuses, (method, path, headers)
                assert answer.headers["content-type"] == "application/problem+json"
        for method, path, body in routes(a.id, visitor_a.conversation):
            through = path.replace(a.id, b.id)
            if "conversations/" in path:
                answer = await http.request(method, through, json=body, headers={"Cookie": b.cookie})
                assert answer.status_code in (404, 409), (method, through)
        kept = (await http.get(f"/v1/shops/{a.id}/settings", headers={"Cookie": a.cookie})).json()
    assert kept["limit"] == 5
    assert (await visitor_a.say_here("nothing happened"))["seq"] == 4
