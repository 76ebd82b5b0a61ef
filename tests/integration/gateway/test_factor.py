"""The second factor at the door, and what takes it away."""

import asyncio
from uuid import UUID, uuid4

import pytest

from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.people import Somebody, execute, link, with_factor

pytestmark = pytest.mark.feature("C6")

AWAY = "RAISE EXCEPTION 'the book is closed' USING ERRCODE = '57P03';"


@pytest.fixture
def owner(shop: Shop) -> Somebody:
    return Somebody(shop, shop.cookie)


async def test_second_factor_guards_the_door_and_no_code_opens_it_twice(shop: Shop, owner: Somebody) -> None:
    app, codes = await with_factor(owner)
    door = Somebody(shop)
    assert (await door.sign_in(shop.email, shop.password, 401))["code"] == "second_factor"
    assert (await door.sign_in(shop.email, "wrong wrong wrong", 401))["code"] == "unauthenticated"
    assert (await door.sign_in(shop.email, shop.password, 401, code=app.code(-1)))["code"] == "second_factor_wrong"
    attempts = [Somebody(shop, gateway=gateway) for gateway in shop.gateways]
    bodies = {"email": shop.email, "password": shop.password, "code": app.code()}
    answers = await asyncio.gather(*(one.http.post("/v1/session", json=bodies) for one in attempts))
    assert sorted(answer.status_code for answer in answers) == [201, 401]
    assert (await owner.ask("GET", "/v1/session"))["second_factor"] is True
    await door.sign_in(shop.email, shop.password, code=codes[0].upper())
    assert (await door.sign_in(shop.email, shop.password, 401, code=codes[0]))["code"] == "second_factor_wrong"
    assert (await owner.ask("GET", "{own}"))["second_factor"]["codes_left"] == 7


async def test_second_factor_goes_only_with_the_password(shop: Shop, owner: Somebody) -> None:
    _, codes = await with_factor(owner)
    assert await owner.refused(409, "POST", "{own}/second-factor") == "second_factor_on"
    assert await owner.refused(403, "DELETE", "{own}/second-factor", password="nobody knows") == "wrong_password"
    me = (await owner.ask("GET", "{own}"))["id"]
    assert await owner.refused(409, "DELETE", f"{{shop}}/staff/{me}/second-factor") == "own_account"
    assert (await owner.ask("GET", "{own}"))["second_factor"]
    fresh = (await owner.ask("POST", "{own}/recovery-codes", password=shop.password))["recovery_codes"]
    assert not set(codes) & set(fresh)
    assert (await Somebody(shop).sign_in(shop.email, shop.password, 401, code=codes[1]))["code"]
    await owner.ask("DELETE", "{own}/second-factor", 204, password=shop.password)
    await Somebody(shop).sign_in(shop.email, shop.password)
    assert ("second_factor_off",) in execute(shop, "SELECT kind FROM mail.mail WHERE shop = %s", shop.id)


async def test_owner_of_one_shop_can_not_take_the_second_factor_of_another(make_shop: MakeShop) -> None:
    a, b = await make_shop(), await make_shop()
    victim, thief = Somebody(a, a.cookie), Somebody(b, b.cookie)
    await with_factor(victim)
    made = await thief.ask("POST", "{shop}/staff/invitations", 201, email=a.email, role="operator")
    token = await link(b, "invitation", UUID(made["id"]), 1)
    assert (
        await Somebody(b).refused(401, "POST", "/v1/invitations/accept", token=token, password=a.password)
        == "second_factor"
    )
    account = execute(b, "SELECT id FROM staff.account WHERE email = %s", a.email)[0][0]
    execute(b, "INSERT INTO staff.membership (shop, account, role) VALUES (%s, %s, 'operator')", b.id, account)
    assert await thief.refused(409, "DELETE", f"{{shop}}/staff/{account}/second-factor") == "works_elsewhere"
    assert (await victim.ask("GET", "{own}"))["second_factor"]


async def test_no_recovery_code_is_lost_while_the_book_can_not_be_written(shop: Shop, owner: Somebody) -> None:
    app, codes = await with_factor(owner)
    door, credentials = Somebody(shop), (shop.email, shop.password)
    name = f"closed_{uuid4().hex}"
    execute(shop, f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {AWAY} END $$")
    condition = f"FOR EACH ROW WHEN (NEW.shop = '{shop.id}') EXECUTE FUNCTION {name}()"
    execute(shop, f"CREATE TRIGGER {name} BEFORE INSERT ON staff.audit {condition}")
    try:
        await door.sign_in(*credentials, 503, code=codes[0])
        await owner.ask("POST", "{own}/recovery-codes", 503, password=shop.password)
        await door.sign_in(*credentials, code=app.code())
    finally:
        execute(shop, f"DROP FUNCTION {name} CASCADE")
    await door.sign_in(*credentials, 401, code="no-such-code")
    await door.sign_in(*credentials, code=codes[0])
    book = execute(shop, "SELECT what FROM staff.audit WHERE shop = %s AND what LIKE 'recovery%%'", shop.id)
    assert book == [("recovery_code.used",)]
