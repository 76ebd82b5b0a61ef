"""Reviews: written by customers, moderated by staff, brought and taken away as tables, shown on product pages."""

import csv
import io
import json
import re
from typing import Any

import httpx
import pytest

from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Staff
from tests.support.buying import BOWL, MUG, bought, with_key
from tests.support.waiting import eventually

SHEET = """sku,product,variant,stars,text,author,language,written_at,state,confirmed,reply,order
tide-mug,Tide mug,340 ml,5,"Holds the heat, and how",Hannah W.,en,2026-03-03,published,yes,,20418
tide-mug,Tide mug,240 ml,2,The rim was chipped,Tobias L.,en,2026-03-02,published,yes,We are sorry
tide-mug,Tide mug,340 ml,4,Piękny,Ewa P.,pl,2026-03-01,published,no,
tide-mug,Tide mug,,5,call me on 601 555 018,,en,2026-02-01,,no,
tide-mug,Tide mug,,6,too good,,en,2026-02-01,,no,
"""


async def bring(shop: Shop, sheet: str = SHEET) -> dict[str, Any]:
    answer = await Staff(shop).send("POST", "/reviews.csv", content=sheet, headers={"Content-Type": "text/csv"})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()

    async def there() -> bool:
        counts: dict[str, int] = (await listed(shop))["counts"]
        return bool(sum(counts.values()) >= told["imported"] + told["known"])

    await eventually(there, 30, "all that was brought is listed")
    return told


async def listed(shop: Shop, **params: Any) -> dict[str, Any]:
    answer = await Staff(shop).send("GET", "/reviews", params=params)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def one_that(shop: Shop, state: str, **members: Any) -> dict[str, Any]:
    """The one review in this state, once it has these members: lists follow the log by a moment."""

    async def there() -> list[dict[str, Any]]:
        items = (await listed(shop, state=state))["items"]
        return [item for item in items if len(items) == 1 and members.items() <= item.items()]

    found: dict[str, Any] = (await eventually(there, 30, f"one review is {state}"))[0]
    return found


async def customer(shop: Shop, path: str, **body: Any) -> httpx.Response:
    """Somebody with a link, at the review page of the second gateway."""
    async with httpx.AsyncClient(base_url=shop.b, headers={"Origin": shop.b}, timeout=15) as client:
        return await client.post(path, json=body)


@pytest.mark.feature("G2")
async def test_a_link_opens_a_form_that_takes_each_product_once(shop: Shop) -> None:
    token = await bought(shop)
    form = (await customer(shop, "/v1/reviews/look", token=token)).json()
    assert (form["order"], form["status"], form["language"], form["author"]) == ("20418", "received", "en", "Hannah W.")
    assert [(item["sku"], item["quantity"], item["written"]) for item in form["items"]] == [
        ("tide-mug", 2, False),
        ("salt-bowl", 1, False),
    ]
    mug = {"sku": "tide-mug", "stars": 4, "text": " Holds the heat "}
    reviews = [mug, {"sku": "plate", "stars": 1}]
    first = await customer(shop, "/v1/reviews", token=token, id="form-00000001", reviews=reviews)
    assert first.status_code == 200, first.text
    assert [(one["sku"], one.get("stored"), one.get("code")) for one in first.json()["results"]] == [
        ("tide-mug", True, None),
        ("plate", None, "invalid"),
    ]
    again = await customer(shop, "/v1/reviews", token=token, id="form-00000001", reviews=[mug])
    assert again.json()["results"] == [{"sku": "tide-mug", "stored": True}]
    other = await customer(shop, "/v1/reviews", token=token, id="form-00000002", reviews=[{**mug, "stars": 1}])
    assert other.json()["results"][0]["code"] == "conflict"
    review = await one_that(shop, "waiting")
    assert (review["stars"], review["text"], review["author"]) == (4, "Holds the heat", "Hannah W.")
    assert (review["confirmed"], review["order"], review["variant"]) == (True, "20418", "340 ml")
    form = (await customer(shop, "/v1/reviews/look", token=token)).json()
    assert [item["written"] for item in form["items"]] == [True, False]

    async def opened() -> bool:
        return bool((await Staff(shop).send("GET", "/review-requests/figures")).json()["opened"] == 1)

    await eventually(opened, 30, "the form counts as opened")


@pytest.mark.feature("G2")
async def test_a_link_is_for_its_products_and_nobody_makes_one_up(shop: Shop) -> None:
    token = await bought(shop, "20419", MUG, BOWL, product="salt-bowl")
    form = (await customer(shop, "/v1/reviews/look", token=token)).json()
    assert [item["sku"] for item in form["items"]] == ["salt-bowl"]
    refused = await customer(
        shop, "/v1/reviews", token=token, id="form-00000003", reviews=[{"sku": "tide-mug", "stars": 5}]
    )
    assert refused.json()["results"][0]["code"] == "invalid"
    for wrong in (token[:-2] + ("AA" if token[-2:] != "AA" else "BB"), "x", ""):
        answer = await customer(shop, "/v1/reviews/look", token=wrong)
        assert (answer.status_code, answer.json()["code"]) == (410, "link_over")


async def test_a_form_of_the_shop_s_own_has_the_token_in_the_address(shop: Shop) -> None:
    path = f"/v1/reviews/{await bought(shop, '20420')}"
    async with httpx.AsyncClient(base_url=shop.a, timeout=15) as client:
        assert [item["sku"] for item in (await client.get(path)).json()["items"]] == ["tide-mug", "salt-bowl"]
        assert (await client.get(f"{path}x")).status_code == 410
    said = await customer(shop, path, id="form-00000004", reviews=[{"sku": "tide-mug", "stars": 5}])
    assert said.json()["results"] == [{"sku": "tide-mug", "stored": True}]


@pytest.mark.feature("G3")
async def test_staff_read_publish_reject_and_reply_and_the_product_shows_it(shop: Shop) -> None:
    told = await bring(shop)
    assert (told["imported"], told["known"]) == (4, 0)
    assert told["wrong"] == [{"line": 6, "detail": "The stars are no number from 1 to 5.", "field": "stars"}]
    page = await listed(shop)
    assert page["counts"] == {"waiting": 1, "published": 3, "rejected": 0}
    waiting = await one_that(shop, "waiting", hints=["phone"])
    staff, one = Staff(shop), f"/reviews/{waiting['id']}"
    assert (await staff.send("POST", f"{one}/publish")).status_code == 200
    replied = await staff.send("PUT", f"{one}/reply", json={"text": "Not for sale here"})
    assert replied.status_code == 200, replied.text
    assert (await staff.send("POST", f"{one}/reject")).status_code == 200
    reply = (await one_that(shop, "rejected"))["reply"]
    assert (reply["text"], reply["by"]) == ("Not for sale here", "Ada")
    assert [item["author"] for item in (await listed(shop, q="chipped tobias"))["items"]] == ["Tobias L."]
    figures = (await staff.send("GET", "/reviews/figures")).json()
    assert (figures["average"], figures["count"], figures["confirmed"]) == (3.67, 3, 2)
    await shown_on_the_product(shop, waiting["id"])


async def shown_on_the_product(shop: Shop, rejected: str) -> None:
    server = await with_key(shop, "reviews:read")
    told = (await server.get("/products/tide-mug/reviews", params={"limit": 2})).json()
    assert told["stars"] == {"1": 0, "2": 1, "3": 0, "4": 1, "5": 1}
    assert [item["author"] for item in told["items"]] == ["Hannah W.", "Tobias L."]
    assert told["items"][1]["reply"]["text"] == "We are sorry"
    rest = (await server.get("/products/tide-mug/reviews", params={"limit": 2, "cursor": told["next"]})).json()
    assert [item["author"] for item in rest["items"]] == ["Ewa P."]
    assert rejected not in json.dumps([told, rest])
    assert told["json_ld"]["aggregateRating"]["reviewCount"] == 3
    nobody = await server.get("/reviews")
    assert nobody.status_code == 403


@pytest.mark.feature("G3")
async def test_any_page_may_show_what_the_gateway_draws_of_a_product(shop: Shop) -> None:
    await bring(shop)
    path = f"/v1/shops/{shop.id}/products/tide-mug/reviews.html"
    async with httpx.AsyncClient(base_url=shop.a, headers={"Origin": "https://shop.example"}, timeout=15) as page:
        drawn = await page.get(path, params={"language": "pl"})
        assert drawn.headers["access-control-allow-origin"] == "*"
        assert drawn.headers["cache-control"] == "private, max-age=60", "links have the host that was asked"
        assert "3 opinie" in drawn.text
        said = re.search(r'<script type="application/ld\+json">(.*?)</script>', drawn.text)
        assert said is not None
        assert json.loads(said[1])["aggregateRating"]["ratingValue"] == 3.67
        few = (await page.get(path, params={"stars": "2"})).text
        assert "We are sorry" in few
        assert "Ewa P." not in few
        worst = (await page.get(path, params={"order": "worst", "in": "en", "limit": "1"})).text
        assert re.findall(r"<bdi>(\w+ \w\.)</bdi>", worst) == ["Tobias L."]
        none = await page.get(f"/v1/shops/{shop.id}/products/mugs%2Ftide/reviews.html")
        assert "No reviews yet" in none.text
        assert (await page.get("/v1/shops/nowhere-9/products/mug/reviews.html")).status_code == 404


async def test_reviews_go_into_a_table_and_come_back_as_they_are(shop: Shop) -> None:
    await bring(shop)
    answer = await Staff(shop).send("GET", "/reviews.csv", params={"state": "published"})
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["author"], row["variant"], row["order"], row["confirmed"], row["reply"]) for row in rows] == [
        ("Hannah W.", "340 ml", "20418", "yes", ""),
        ("Tobias L.", "240 ml", "", "yes", "We are sorry"),
        ("Ewa P.", "340 ml", "", "no", ""),
    ]
    assert await bring(shop, answer.text) == {"imported": 0, "known": 3, "wrong": []}
    assert (await bring(shop))["known"] == 4
    assert (await listed(shop))["counts"] == {"waiting": 1, "published": 3, "rejected": 0}
    for row in rows:  # as another shop's table, in which they have other ids
        row.update(id=f"their-{row['id']}", state="rejected")
    table = io.StringIO()
    (writer := csv.DictWriter(table, list(rows[0]))).writeheader()
    writer.writerows(rows)
    assert (await bring(shop, table.getvalue()))["imported"] == 3
    answer = await Staff(shop).send("GET", "/reviews.csv", params={"state": "rejected"})
    again = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    own = dict.fromkeys(("id", "replied_at"), "")
    assert [row | own for row in again] == [row | own for row in rows]
