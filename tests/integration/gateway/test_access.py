"""One's own account, invitations, roles, several shops, keys and secrets."""

import asyncio
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.people import GOOD, Somebody, execute, hired, link, with_factor
from tests.integration.gateway.raw import opened
from tests.support.waiting import eventually

pytestmark = pytest.mark.feature("C6")

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%%staff.account%%'"


@pytest.fixture
def owner(shop: Shop) -> Somebody:
    return Somebody(shop, shop.cookie)


def address() -> str:
    return f"{uuid4().hex[:10]}@staff.example"


async def test_another_password_ends_all_other_sessions(shop: Shop, owner: Somebody) -> None:
    other = Somebody(shop)
    token = (await other.sign_in(shop.email, shop.password))["token"]
    async with opened(f"{shop.b}/v1/operator", Authorization=f"Bearer {token}") as raw:
        await raw.hello()
        assert await owner.refused(403, "PUT", "{own}/password", current="not this", password=GOOD) == "wrong_password"
        change = {"current": shop.password, "password": "too short"}
        assert await owner.refused(422, "PUT", "{own}/password", **change) == "too_short"
        assert await owner.refused(422, "PUT", "{own}/password", **{**change, "password": "Password2026!"}) == (
            "too_common"
        )
        await owner.ask("PUT", "{own}/password", 204, current=shop.password, password=GOOD)
        assert await raw.closed() == 4401
    await other.ask("GET", "{own}", 401)
    await owner.ask("GET", "{own}")
    await Somebody(shop).sign_in(shop.email, shop.password, 401)
    await Somebody(shop).sign_in(shop.email, GOOD)
    ((kept,),) = execute(shop, "SELECT password_hash FROM staff.account WHERE email = %s", shop.email)
    assert extract_parameters(kept) == RFC_9106_LOW_MEMORY


async def test_sessions_are_listed_and_ended_here_and_everywhere(shop: Shop, owner: Somebody) -> None:
    other = Somebody(shop)
    other.http.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    await other.sign_in(shop.email, shop.password)
    items = (await owner.ask("GET", "{own}/sessions"))["items"]
    assert [(one["here"], one["agent"]) for one in items] == [(True, ""), (False, "Firefox, Linux")]
    await owner.ask("DELETE", f"{{own}}/sessions/{items[1]['id']}", 204)
    await other.ask("GET", "{own}", 401)
    await owner.ask("DELETE", f"{{own}}/sessions/{items[1]['id']}", 404)
    operator = await shop.operator()
    await owner.ask("DELETE", "{own}/sessions", 204)
    assert await operator.closed(5) == 4401
    await owner.ask("GET", "{own}", 401)


async def test_forgotten_password_is_set_once_by_the_link(shop: Shop, owner: Somebody) -> None:
    app, _ = await with_factor(owner)
    door = Somebody(shop)
    await door.ask("POST", "/v1/password-resets", 202, email=address(), language="fr")
    await door.ask("POST", "/v1/password-resets", 202, email=shop.email.upper(), language="pl-PL")
    find = (
        "SELECT letter.id, letter.language FROM staff.letter JOIN staff.account ON account.id = account"
        " WHERE email = %s AND kind = 'password_reset'"
    )
    ((letter, language),) = await eventually(lambda: execute(shop, find, shop.email))
    assert language == "pl"
    token = await link(shop, "password_reset", letter)
    forged = await link(shop, "invitation", letter)
    assert await door.refused(410, "PUT", "/v1/password-resets", token=forged, password=GOOD) == "link_over"
    assert await door.refused(422, "PUT", "/v1/password-resets", token=token, password=shop.email) == "too_common"
    answers = await asyncio.gather(
        *(
            one.http.put("/v1/password-resets", json={"token": token, "password": GOOD})
            for one in (door, Somebody(shop))
        )
    )
    assert sorted(answer.status_code for answer in answers) == [204, 410]
    await owner.ask("GET", "{own}", 401)
    assert (await door.sign_in(shop.email, GOOD, 401))["code"] == "second_factor"
    await door.sign_in(shop.email, GOOD, code=app.code())


async def test_invitation_is_taken_up_once_and_only_by_the_newest_link(shop: Shop, owner: Somebody) -> None:
    email = address()
    made = await owner.ask("POST", "{shop}/staff/invitations", 201, email=email, role="operator", language="fr")
    again = {"email": email.upper(), "role": "manager"}
    assert await owner.refused(409, "POST", "{shop}/staff/invitations", **again) == "invited"
    assert await owner.refused(409, "POST", "{shop}/staff/invitations", email=shop.email, role="owner") == "known"
    first = await link(shop, "invitation", UUID(made["id"]), 1)
    execute(shop, "UPDATE staff.invitation SET sent_at = now() - interval '2 minutes' WHERE shop = %s", shop.id)
    await owner.ask("POST", f"{{shop}}/staff/invitations/{made['id']}/resend")
    await owner.ask("POST", f"{{shop}}/staff/invitations/{made['id']}/resend", 429)
    door = Somebody(shop)
    await door.ask("POST", "/v1/invitations/look", 410, token=first)
    token = await link(shop, "invitation", UUID(made["id"]), 2)
    told = await door.ask("POST", "/v1/invitations/look", token=token)
    assert (told["email"], told["shop"], told["role"], told["known"]) == (email, shop.id, "operator", False)
    body = {"token": token, "password": GOOD, "name": "Ines"}
    answers = await asyncio.gather(
        *(one.http.post("/v1/invitations/accept", json=body) for one in (door, Somebody(shop)))
    )
    assert sorted(answer.status_code for answer in answers) in ([201, 401], [201, 409], [201, 410])
    await door.sign_in(email, GOOD)
    items = (await owner.ask("GET", "{shop}/staff"))["items"]
    ines = next(one for one in items if one["email"] == email)
    assert (ines["name"], ines["role"], ines["second_factor"], ines["left_at"]) == ("Ines", "operator", False, None)
    assert (await owner.ask("GET", "{shop}/staff/invitations"))["items"] == []
    mails = execute(shop, "SELECT seq FROM mail.mail WHERE shop = %s AND kind = 'invitation' ORDER BY seq", shop.id)
    assert mails == [(1,), (2,)]


async def test_account_works_for_two_shops_and_a_session_for_one(make_shop: MakeShop) -> None:
    a, b = await make_shop(name="Apples"), await make_shop(name="Berries")
    made = await Somebody(b, b.cookie).ask("POST", "{shop}/staff/invitations", 201, email=a.email, role="operator")
    token = await link(b, "invitation", UUID(made["id"]), 1)
    one = Somebody(a)
    await one.ask("POST", "/v1/invitations/accept", 401, token=token, password="not the password")
    said = await one.ask("POST", "/v1/invitations/accept", 201, token=token, password=a.password)
    assert (said["shop"], said["operator"]["role"]) == (b.id, "operator")
    assert [(shop["name"], shop["role"]) for shop in said["shops"]] == [("Apples", "owner"), ("Berries", "operator")]
    await one.ask("GET", f"/v1/shops/{a.id}/settings", 403)
    await one.ask("PUT", f"/v1/shops/{b.id}/settings", 403, limit=2)
    async with opened(f"{b.b}/v1/operator", Authorization=f"Bearer {said['token']}") as raw:
        assert (await raw.hello())["shop"]["id"] == b.id
        assert (await one.ask("PUT", "/v1/session", shop=a.id))["operator"]["role"] == "owner"
        assert await raw.closed() == 4401
    await one.ask("GET", f"/v1/shops/{a.id}/settings")
    await one.ask("GET", f"/v1/shops/{b.id}/settings", 403)
    await one.ask("PUT", "/v1/session", 403, shop="nobody-knows")
    member = said["operator"]["id"]
    await Somebody(b, b.cookie).ask("DELETE", f"{{shop}}/staff/{member}", 204)
    await one.ask("PUT", "/v1/session", 403, shop=b.id)
    assert [shop["id"] for shop in (await one.ask("GET", "/v1/session"))["shops"]] == [a.id]
    assert await Somebody(b, b.cookie).refused(404, "DELETE", f"{{shop}}/staff/{member}/second-factor") == "not_found"


async def test_closed_access_ends_at_once_and_can_be_given_back(shop: Shop, owner: Somebody) -> None:
    email = address()
    tom = await hired(owner, email)
    account = (await tom.ask("GET", "{own}"))["id"]
    token = tom.http.cookies["shopbell_session"]
    async with opened(f"{shop.b}/v1/operator", Authorization=f"Bearer {token}") as raw:
        await raw.hello()
        await owner.ask("DELETE", f"{{shop}}/staff/{account}", 204)
        assert await raw.closed() == 4401
    await tom.ask("GET", "{own}", 401)
    await tom.sign_in(email, GOOD, 401)
    left = next(one for one in (await owner.ask("GET", "{shop}/staff"))["items"] if one["id"] == account)
    assert left["left_at"].endswith("Z")
    await owner.ask("POST", f"{{shop}}/staff/{account}/return", 204)
    await tom.sign_in(email, GOOD)
    book = execute(shop, "SELECT what FROM staff.audit WHERE shop = %s ORDER BY id", shop.id)
    assert [what for (what,) in book] == ["staff.invited", "staff.joined", "staff.access_closed", "staff.let_back"]


async def test_two_owners_do_not_demote_each_other(shop: Shop, owner: Somebody) -> None:
    other = await hired(owner, address(), "owner")
    mine, theirs = [(await one.ask("GET", "{own}"))["id"] for one in (owner, other)]
    for one in (owner, other):
        await one.ask("POST", "{shop}/staff/invitations", 201, email=address(), role="owner")
    answers = await asyncio.gather(
        owner.http.put(f"/v1/shops/{shop.id}/staff/{theirs}", json={"role": "operator"}),
        other.http.put(f"/v1/shops/{shop.id}/staff/{mine}", json={"role": "operator"}),
    )
    assert sorted(answer.status_code for answer in answers) in ([204, 403], [204, 409])
    roles = execute(shop, "SELECT role FROM staff.membership WHERE shop = %s ORDER BY role", shop.id)
    assert roles == [("operator",), ("owner",)]
    left = execute(shop, "SELECT invited_by FROM staff.invitation WHERE shop = %s", shop.id)
    assert left == [(mine,) if answers[0].status_code == 204 else (theirs,)]  # or they come back by the other door
    last = owner if answers[0].status_code == 204 else other
    me = mine if last is owner else theirs
    assert await last.refused(409, "PUT", f"{{shop}}/staff/{me}", role="manager") == "last_owner"
    assert await last.refused(409, "DELETE", f"{{shop}}/staff/{me}") == "last_owner"


async def test_managers_look_after_operators_only(shop: Shop, owner: Somebody) -> None:
    manager, operator = await hired(owner, address(), "manager"), await hired(owner, address())
    ids = [(await one.ask("GET", "{own}"))["id"] for one in (owner, manager, operator)]
    await manager.ask("PUT", f"{{shop}}/staff/{ids[2]}", 204, name="Tomasz")
    for account, body in ((ids[0], {"name": "X"}), (ids[1], {"role": "owner"}), (ids[2], {"role": "manager"})):
        await manager.ask("PUT", f"{{shop}}/staff/{account}", 403, **body)
    await manager.ask("DELETE", f"{{shop}}/staff/{ids[0]}", 403)
    await manager.ask("POST", "{shop}/staff/invitations", 403, email=address(), role="manager")
    seen = (await operator.ask("GET", "{shop}/staff"))["items"]
    assert all(set(one) == {"id", "name", "role"} for one in seen)
    assert "Tomasz" in {one["name"] for one in seen}
    assert (await operator.ask("GET", "/v1/session"))["operator"]["name"] == "Tomasz"


async def test_api_key_does_what_its_scopes_say(shop: Shop, owner: Somebody) -> None:
    wish = {"name": "Order sync", "scopes": ["history:read", "settings:read"]}
    made = await owner.ask("POST", "{shop}/api-keys", 201, **wish)
    server = Somebody(shop)

    async def status(key: str, method: str = "GET", path: str = "settings") -> int:
        headers = {"Authorization": f"Bearer {key}"}
        return (await server.http.request(method, f"/v1/shops/{shop.id}/{path}", headers=headers)).status_code

    assert await status(made["key"]) == 200
    assert await status(made["key"], "GET", "conversations") == 200
    assert await status(made["key"], "PUT") == 403
    assert await status(made["key"], "POST", "customers/C-1/export") == 403
    assert await status(made["key"][:-1] + "x") == 401
    shown = (await owner.ask("GET", "{shop}/api-keys"))["items"][0]
    assert (shown["name"], shown["created_by"], made["key"].startswith(shown["prefix"])) == ("Order sync", "Ada", True)
    assert shown["last_used_at"]
    assert made["key"] not in str(execute(shop, "SELECT * FROM staff.api_key"))
    fresh = (await owner.ask("POST", f"{{shop}}/api-keys/{made['id']}/rotate"))["key"]
    assert [await status(one) for one in (made["key"], fresh)] == [200, 200]
    execute(shop, "UPDATE staff.api_key SET former_until = now() WHERE id = %s", made["id"])
    assert [await status(one) for one in (made["key"], fresh)] == [401, 200]
    await owner.ask("DELETE", f"{{shop}}/api-keys/{made['id']}", 204)
    assert await status(fresh) == 401
    async with httpx.AsyncClient(base_url=shop.a) as http:
        headers = {"Authorization": f"Bearer {fresh}"}
        assert (await http.get("/v1/session", headers=headers)).status_code == 401


async def test_two_signing_secrets_count_and_whoever_looks_is_in_the_book(shop: Shop, owner: Somebody) -> None:
    first = await owner.ask("POST", "{shop}/signing-secrets", 201)
    path, key = f"/v1/shops/{shop.id}/signing-secrets", {"Idempotency-Key": uuid4().hex}
    twice = await asyncio.gather(*(owner.http.post(path, headers=key) for _ in range(2)))
    second = twice[0].json()
    assert [answer.json() for answer in twice] == [second, second]
    items = (await owner.ask("GET", "{shop}/signing-secrets"))["items"]
    assert [(one["kid"], one["expires_at"] is None) for one in items] == [(second["kid"], True), (first["kid"], False)]
    assert await owner.ask("GET", f"{{shop}}/signing-secrets/{first['kid']}") == first
    await owner.ask("DELETE", f"{{shop}}/signing-secrets/{first['kid']}", 204)
    await owner.ask("GET", f"{{shop}}/signing-secrets/{first['kid']}", 404)
    book = execute(shop, "SELECT what, subject FROM staff.audit WHERE shop = %s ORDER BY id", shop.id)
    assert book[2:] == [("secret.shown", first["kid"]), ("secret.ended", first["kid"])]


async def test_of_two_links_at_the_same_time_the_first_counts(shop: Shop, owner: Somebody) -> None:
    account = (await owner.ask("GET", "{own}"))["id"]
    make = (
        "INSERT INTO staff.letter (account, kind, language, expires_at)"
        " VALUES (%s, 'password_reset', 'en', now() + interval '1 hour') RETURNING id"
    )
    letters = [execute(shop, make, account)[0][0] for _ in range(2)]
    tokens = [await link(shop, "password_reset", letter) for letter in letters]
    doors = [Somebody(shop, gateway=gateway) for gateway in shop.gateways]
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as held:
        held.execute("SELECT FROM staff.account WHERE id = %s FOR NO KEY UPDATE", [account])
        asked = [
            asyncio.create_task(door.http.put("/v1/password-resets", json={"token": token, "password": GOOD}))
            for door, token in zip(doors, tokens, strict=True)
        ]
        await eventually(lambda: execute(shop, WAITING) == [(2,)])
    assert sorted(answer.status_code for answer in await asyncio.gather(*asked)) == [204, 410]
    used = "SELECT used_at FROM staff.letter WHERE account = %s AND kind = 'password_reset' ORDER BY id"
    before = execute(shop, used, account)
    await doors[0].sign_in(shop.email, GOOD)
    await doors[0].ask("PUT", "{own}/password", 204, current=GOOD, password=f"{GOOD} again")
    assert execute(shop, used, account) == before


@pytest.mark.parametrize("path", ["staff/a%00b", "customers/a%00b", "api-keys/%00", "changes?who=%00", "blocks/%00"])
async def test_sign_that_no_text_may_have_is_no_fault_of_ours(shop: Shop, owner: Somebody, path: str) -> None:
    for method in ("GET", "DELETE"):
        answer = await owner.http.request(method, f"/v1/shops/{shop.id}/{path}")
        assert 400 <= answer.status_code < 500, (method, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
