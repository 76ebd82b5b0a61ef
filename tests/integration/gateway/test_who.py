"""Who a visitor is: tokens, identities, origins; and that nothing of another person shows."""

import time
from typing import Any

import jwt
import pytest

from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.raw import opened
from tests.support.protocol_client import RejectedError, Visitor

ANNA = {"sub": "customer-7", "name": "Anna Nowak", "email": "anna@shop.example", "phone": "+48 600 000 000"}


def signed(shop: Shop, secret: tuple[str, str], **changes: Any) -> str:
    """An identity of Anna's; None takes a claim away."""
    claims = {**ANNA, "aud": "shopbell", "iss": shop.id, "exp": time.time() + 3_600, **changes}
    headers = {"kid": secret[0]}
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, secret[1], "HS256", headers=headers)


async def test_token_brings_a_guest_back_to_the_conversation_on_any_gateway(shop: Shop) -> None:
    visitor, _ = await shop.chat()
    second = await shop.visitor(shop.b, token=visitor.token)
    assert second.welcome is not None
    current = second.welcome["conversation"]
    assert current["id"] == visitor.conversation
    assert current["status"] == "open"
    assert current["operator"]["name"] == "Ada"
    await second.event(visitor.conversation, "message")
    assert second.inbox.doubles == 0


async def test_token_from_before_the_start_finds_the_conversation(shop: Shop) -> None:
    await shop.operator()
    visitor = await shop.visitor()
    before = visitor.token
    await visitor.start("Hello")
    again = await shop.visitor(shop.b, token=before)
    assert again.welcome is not None
    assert again.welcome["conversation"]["id"] == visitor.conversation
    assert (await again.say_here("from there"))["seq"] == 4


async def test_each_conversation_of_a_guest_has_a_new_guest_id(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    assert visitor.welcome is not None
    first = visitor.conversation
    shown = (await operator.event(first, "started"))["visitor"]
    assert shown["id"] != visitor.welcome["visitor"]["id"]
    await visitor.end(first)
    await operator.go_offline()
    await visitor.event(first, "archived")
    await operator.go_online(2)
    await visitor.start("Me again")
    assert visitor.conversation != first
    again = (await operator.event(visitor.conversation, "started"))["visitor"]
    assert again["id"] != shown["id"]


async def test_start_sent_again_is_answered_as_the_first_time(shop: Shop) -> None:
    await shop.operator()
    visitor = await shop.visitor()
    before = visitor.token
    first = await visitor.start("Hello", id="start-again-1")
    same = await visitor.start("Hello", id="start-again-1")
    other = await shop.visitor(shop.b, token=before)
    from_before = await other.start("Hello", id="start-again-1")
    for answer in (same, from_before):
        assert (answer["conversation"], answer["seq"]) == (first["conversation"], first["seq"])
    with pytest.raises(RejectedError) as refused:
        await other.start("Something else", id="start-again-1")
    assert refused.value.code == "invalid"


async def test_second_start_is_said_in_the_conversation(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    answer = await visitor.start("and another thing")
    assert answer["conversation"] == visitor.conversation
    await operator.wait_for(lambda: operator.inbox.first(visitor.conversation, text="and another thing"))
    again = await visitor.command("start", id=answer["id"], text="and another thing")
    assert again["seq"] == answer["seq"]


@pytest.mark.feature("A12")
async def test_identity_shows_the_customer_and_only_with_it_the_conversation(shop: Shop) -> None:
    secret = await shop.secret()
    operator = await shop.operator()
    anna = await shop.visitor(identity=signed(shop, secret))
    assert anna.welcome is not None
    known = {**{k: v for k, v in ANNA.items() if k != "sub"}, "id": "customer-7", "signed_in": True}
    assert anna.welcome["visitor"] == known
    await anna.start("It is me")
    shown = (await operator.event(anna.conversation, "started"))["visitor"]
    assert shown == {**known, "locale": "en"}
    elsewhere = await shop.visitor(shop.b, identity=signed(shop, secret))
    assert elsewhere.welcome is not None
    assert elsewhere.welcome["conversation"]["id"] == anna.conversation
    without = await shop.visitor(shop.b, token=anna.token)
    other = await shop.visitor(shop.b, token=anna.token, identity=signed(shop, secret, sub="customer-8", name="Ben"))
    for one in (without, other):
        assert one.welcome is not None
        assert "conversation" not in one.welcome
        assert one.welcome["visitor"]["id"] != "customer-7"


async def test_guest_who_signs_in_keeps_the_conversation(shop: Shop) -> None:
    secret = await shop.secret()
    visitor, operator = await shop.chat()
    guest_token = visitor.token
    anna = await shop.visitor(shop.b, token=guest_token, identity=signed(shop, secret))
    assert anna.welcome is not None
    assert anna.welcome["conversation"]["id"] == visitor.conversation
    assert (await operator.event(visitor.conversation, "identified"))["visitor"]["name"] == "Anna Nowak"
    assert await visitor.closed() == 1012
    await anna.say_here("as Anna")
    await operator.wait_for(lambda: operator.inbox.first(visitor.conversation, text="as Anna"))
    guest = await shop.visitor(token=guest_token)
    assert guest.welcome is not None
    assert "conversation" not in guest.welcome
    with pytest.raises(RejectedError) as refused:
        await guest.say(visitor.conversation, "as whoever sits here now")
    assert refused.value.code == "forbidden"


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("expired", {"exp": 1_000_000_000}),
    ("too long a life", {"exp": 4_000_000_000}),
    ("no exp", {"exp": None}),
    ("exp as text", {"exp": "tomorrow"}),
    ("another audience", {"aud": "somebody"}),
    ("another shop", {"iss": "demo"}),
    ("no sub", {"sub": None}),
    ("a sub that is no text", {"sub": 7}),
    ("an empty sub", {"sub": ""}),
    ("control characters", {"name": "Anna\x00"}),
]


@pytest.mark.parametrize("changes", [c for _, c in WRONG], ids=[name for name, _ in WRONG])
async def test_wrong_identity_is_forbidden_and_the_visitor_a_guest(shop: Shop, changes: dict[str, Any]) -> None:
    secret = await shop.secret()
    await _is_a_guest(shop, signed(shop, secret, **changes))


async def test_identity_under_another_secret_is_forbidden(shop: Shop, make_shop: MakeShop) -> None:
    kid, _ = await shop.secret()
    theirs = await (await make_shop()).secret()
    await _is_a_guest(shop, signed(shop, (kid, "x" * 43)))
    await _is_a_guest(shop, signed(shop, theirs))
    await _is_a_guest(shop, "no.token.atall")
    unsigned = jwt.encode({**ANNA, "aud": "shopbell", "iss": shop.id, "exp": time.time() + 60}, "", "none")
    await _is_a_guest(shop, unsigned)


async def _is_a_guest(shop: Shop, identity: str) -> None:
    async with opened(shop.visitor_url()) as raw:
        welcome = await raw.hello(identity=identity)
        refused = await raw.expect(type="rejected")
        assert refused["code"] == "forbidden"
        assert refused["id"] is None
        assert welcome["visitor"]["signed_in"] is False
        assert "name" not in welcome["visitor"]


async def test_wrong_token_is_forbidden_and_the_visitor_a_new_guest(shop: Shop, make_shop: MakeShop) -> None:
    visitor, _ = await shop.chat()
    assert visitor.token is not None
    head, body, signature = visitor.token.split(".")
    elsewhere = await make_shop()
    tokens = [
        (shop, f"{head}.{body}.{signature[::-1]}"),
        (shop, jwt.encode({"sub": "g_forged", "shop": shop.id, "aud": "shopbell-visitor", "exp": 4e9}, "k" * 32)),
        (shop, "x"),
        (elsewhere, visitor.token),
    ]
    for where, token in tokens:
        async with opened(where.visitor_url()) as raw:
            welcome = await raw.hello(token=token)
            assert (await raw.expect(type="rejected"))["code"] == "forbidden"
            assert "conversation" not in welcome


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "nonsense"])
async def test_wrong_origin_is_refused_with_a_code_that_pages_see(shop: Shop, origin: str) -> None:
    for path in (f"/v1/visitor?shop={shop.id}", "/v1/operator"):
        async with opened(shop.a + path, Origin=origin, Cookie=shop.cookie) as raw:
            assert await raw.closed() == 4403


async def test_origins_of_the_shop_and_our_own_may_connect(make_shop: MakeShop) -> None:
    shop = await make_shop(origins=["https://www.shop.example", "http://localhost:3000"])
    for origin in (shop.a, "https://www.shop.example", "https://WWW.shop.example:443", "http://localhost:3000"):
        async with opened(shop.visitor_url(), Origin=origin) as raw:
            await raw.hello()
    async with opened(shop.visitor_url()) as raw:
        await raw.hello()


@pytest.mark.parametrize("shop_id", ["nowhere", "", "UPPER", "a" * 41, "demo%0A", "demo&shop=x'--"])
async def test_unknown_shop_is_refused(shop: Shop, shop_id: str) -> None:
    async with opened(f"{shop.a}/v1/visitor?shop={shop_id}") as raw:
        if shop_id.startswith("demo&"):
            await raw.hello()
        else:
            assert await raw.closed() == 4403


@pytest.mark.parametrize("session", ["", "shopbell_session=", "shopbell_session=forged", "other=1"])
async def test_operator_without_a_session_is_signed_out(shop: Shop, session: str) -> None:
    async with opened(f"{shop.a}/v1/operator", Cookie=session) as raw:
        assert await raw.closed() == 4401


async def test_visitors_token_opens_no_operators_socket(shop: Shop) -> None:
    visitor: Visitor = await shop.visitor()
    async with opened(f"{shop.a}/v1/operator", Authorization=f"Bearer {visitor.token}") as raw:
        assert await raw.closed() == 4401
