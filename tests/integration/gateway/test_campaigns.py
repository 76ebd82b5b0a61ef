"""Push campaigns over REST: drafted, counted, scheduled, sent to a push service of our own, and reckoned."""

import csv
import io
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from services.gateway.rest.campaigns.deliveries import OUTCOMES
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.support.installation import Installation
from tests.support.push_service import Browser, PushService, push_service
from tests.support.waiting import eventually

MUG = {
    "notices": {
        "en": {"subject": "The blue mug is back", "text": "Forty came out of the kiln."},
        "fr": {"subject": "La tasse bleue est de retour"},
    },
    "url": "https://morrow.example/mug",
    "topic": "mug",
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One that pushes to machines of its own network."""
    private = {"SHOPBELL_PUSH_PRIVATE_NETWORKS": "on"}
    running = Installation(tmp_path_factory.mktemp("pushing"), gateways=1, environment=private)
    running.start()
    yield running
    running.stop()


@pytest.fixture
async def shop(make_shop: MakeShop) -> Shop:
    """One that pushes."""
    return await make_shop(push={"on": True})


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as running:
        yield running


class Desk:
    """A manager at campaigns."""

    def __init__(self, shop: Shop) -> None:
        self.staff = Staff(shop)

    async def ask(self, method: str, path: str, status: int = 200, **options: Any) -> Any:
        answer = await self.staff.send(method, path, **options)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content and "json" in answer.headers["content-type"] else answer.text

    async def draft(self, **changes: Any) -> str:
        drafted = await self.ask("POST", "/campaigns", 201, json={"content": {**MUG, **changes}})
        assert drafted["status"] == "draft"
        return str(drafted["id"])

    async def one(self, campaign: str) -> Any:
        return await self.ask("GET", f"/campaigns/{campaign}")

    async def until(self, campaign: str, status: str = "", **counts: int) -> Any:
        """The campaign, once it stands so, if that matters, and its counts are these."""

        async def found() -> Any:
            shown = await self.one(campaign)
            return shown if status in ("", shown["status"]) and counts.items() <= shown["counts"].items() else None

        return await eventually(found, 30, what=f"{status} {counts}")


async def subscribed(shop: Shop, service: PushService, *wishes: dict[str, str]) -> list[Browser]:
    """Browsers with these wishes, as the desk counts them."""
    visitor = await shop.visitor()
    assert visitor.welcome is not None
    browsers = []
    for wish in wishes:
        browsers.append(service.subscribe(visitor.welcome["push"]["key"]))
        body = {"id": uuid4().hex, "subscription": browsers[-1].as_json(), **wish}
        assert (await Pages(shop).post("/push-subscriptions", body)).status_code == 201

    async def counted() -> bool:
        shown = await Desk(shop).ask("GET", "/push", params={"check": "no"})
        return bool(shown["subscribers"] == len(wishes))

    await eventually(counted, 30)
    return browsers


def made_up_past(shop: Shop, campaign: dict[str, Any]) -> None:
    """Three campaigns before this one, and a pause that its push service asked for, as another did."""
    settings, at = shop.installation.settings, datetime.fromisoformat(campaign["started_at"])
    with psycopg.connect(settings.dsn_of("read")) as read:
        read.execute(
            "INSERT INTO rm_campaign SELECT (json_populate_record(one, json_build_object("
            "    'id', gen_random_uuid(), 'started_at', started_at - interval '1 day', 'sent', 100, 'unsubscribed', 2"
            "))).* FROM rm_campaign AS one, generate_series(1, 3) WHERE id = %s",
            [campaign["id"]],
        )
    with psycopg.connect(settings.dsn_of("log")) as log:
        log.execute(
            "INSERT INTO push.pause (service, since, until)"
            " VALUES ('127.0.0.1', %(at)s, %(at)s + interval '60 s'), ('elsewhere', %(at)s, %(at)s + interval '60 s')",
            {"at": at},
        )


@contextmanager
def list_behind(shop: Shop, campaign: str) -> Iterator[None]:
    """The last change of a campaign is not in the read tables."""
    with psycopg.connect(shop.installation.settings.dsn_of("read"), autocommit=True) as read:
        read.execute("UPDATE rm_campaign SET seq = seq - 1 WHERE id = %s", [campaign])
        yield
        read.execute("UPDATE rm_campaign SET seq = seq + 1 WHERE id = %s", [campaign])


@pytest.mark.feature("F2")
@pytest.mark.feature("F3")
@pytest.mark.feature("F4")
async def test_campaign_reaches_whom_it_is_for_and_all_is_reckoned(shop: Shop, service: PushService) -> None:
    desk, pages = Desk(shop), Pages(shop)
    english, french, _polish = await subscribed(
        shop,
        service,
        {"language": "en", "group": "mugs"},
        {"language": "fr-CA", "group": "mugs", "zone": "Asia/Tokyo"},
        {"language": "pl", "group": "mugs"},
    )
    audience = {"languages": ["en", "fr"], "groups": ["mugs"]}
    now = datetime.now(UTC)
    quiet = {"start": f"{now - timedelta(hours=1):%H:%M}", "end": f"{now + timedelta(hours=1):%H:%M}"}
    counted = await desk.ask("POST", "/campaigns/audience", json={"audience": audience, "quiet_hours": quiet})
    assert (counted["count"], counted["quiet"], counted["of"]) == (2, 1, 3)
    assert counted["groups"] == [{"group": "mugs", "count": 3}]
    assert {"language": "fr", "count": 1} in counted["languages"]

    campaign = await desk.draft(audience=audience)
    at = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    planned = await desk.ask("POST", f"/campaigns/{campaign}/schedule", json={"at": at, "local": True})
    assert (planned["status"], planned["local"]) == ("scheduled", True)
    await desk.ask("PUT", f"/campaigns/{campaign}", 409, json={"content": MUG})
    assert (await desk.ask("POST", f"/campaigns/{campaign}/unschedule"))["status"] == "draft"
    await desk.ask("POST", f"/campaigns/{campaign}/schedule", json={})
    sent = await desk.until(campaign, audience=2, sent=2)
    assert {(one.payload["title"], one.payload["url"]) for one in service.taken} == {
        ("The blue mug is back", MUG["url"]),
        ("La tasse bleue est de retour", MUG["url"]),
    }
    assert [(one["language"], one["sent"]) for one in sent["by_language"]] == [("en", 1), ("fr", 1)]
    assert [(one["service"], one["sent"]) for one in sent["by_service"]] == [("127.0.0.1", 2)]
    assert sum(point["sent"] for point in sent["plot"]) == 2

    delivered = next(one.payload for one in service.taken if one.payload["body"])
    assert delivered["campaign"] == campaign
    for _ in range(2):
        assert (await pages.post("/push-clicks", {"delivery": delivered["delivery"]})).status_code == 204
    gone = {"endpoint": french.endpoint, "campaign": campaign}
    assert (await pages.send("DELETE", "/push-subscriptions", json=gone)).status_code == 204
    told = await desk.until(campaign, "finished", clicked=1, unsubscribed=1)
    assert (told["waiting"], told["retrying"]) == (0, 0)
    assert (told["pauses"], "usual_unsubscribed" in told) == ([], False)
    made_up_past(shop, told)
    told = await desk.one(campaign)
    assert [(one["name"], one["since"]) for one in told["pauses"]] == [("127.0.0.1", told["started_at"])]
    assert told["usual_unsubscribed"] == 0.02

    ledger = (await desk.ask("GET", f"/campaigns/{campaign}/deliveries"))["items"]
    assert [one["outcome"] for one in ledger] == ["sent", "sent"]
    found = {
        outcome: (await desk.ask("GET", f"/campaigns/{campaign}/deliveries", params={"outcome": outcome}))["items"]
        for outcome in OUTCOMES
    }
    clicked = found["clicked"]
    assert {outcome: len(found[outcome]) for outcome in OUTCOMES if found[outcome]} == {
        "sent": 2,
        "clicked": 1,
        "unsubscribed": 1,
    }
    table = await desk.ask("GET", f"/campaigns/{campaign}/deliveries.csv")
    rows = list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"))))
    assert {row["subscription"] for row in rows if row["clicked"] == "yes"} == {one["subscription"] for one in clicked}
    assert not service.wrong
    assert english.endpoint not in table
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as log:
        log.execute("LOCK TABLE push.delivery")
        too_long = await desk.ask("GET", f"/campaigns/{campaign}/deliveries", 503, params={"outcome": "failed"})
    assert "CSV" in too_long["detail"]


@pytest.mark.feature("F2")
async def test_campaign_is_tried_out_in_the_own_browser_and_nowhere_else(shop: Shop, service: PushService) -> None:
    desk, icon = Desk(shop), f"{shop.a}/icon.png"
    await desk.staff.settings(push={"icon": icon})
    assert (await desk.ask("GET", "/push", params={"check": "no"}))["icon"] == icon
    await subscribed(shop, service, {"language": "en"})
    async with httpx.AsyncClient(
        base_url=shop.a, headers={"Cookie": shop.cookie, "Origin": shop.a}, timeout=15
    ) as http:
        mine = service.subscribe((await http.get("/v1/push-key")).json()["key"])
        assert (await http.put("/v1/push-subscription", json=mine.as_json())).status_code == 204
    campaign = await desk.draft()
    assert await desk.ask("POST", f"/campaigns/{campaign}/test", 202, json={"language": "fr"}) == {"browsers": 1}
    taken = await eventually(lambda: service.taken, 30)
    assert [(one.path, one.payload["kind"], one.payload["title"], one.payload["icon"]) for one in taken] == [
        (mine.path, "trial", "La tasse bleue est de retour", icon)
    ]
    assert (await desk.one(campaign))["status"] == "draft"


async def test_drafts_come_once_change_are_listed_and_go(shop: Shop) -> None:
    desk, key = Desk(shop), {"Idempotency-Key": uuid4().hex}
    first = await desk.ask("POST", "/campaigns", 201, json={"content": MUG}, headers=key)
    assert (await desk.ask("POST", "/campaigns", 201, json={"content": MUG}, headers=key))["id"] == first["id"]
    assert first["author"]["name"] == "Ada"
    second = await desk.draft(url="")
    changed = await desk.ask("PUT", f"/campaigns/{second}", json={"content": {**MUG, "ttl": 60, "url": ""}})
    assert changed["content"]["ttl"] == 60
    with list_behind(shop, second):
        behind = await desk.staff.send("POST", f"/campaigns/{second}/schedule", json={})
        assert (behind.status_code, behind.headers.get("Retry-After")) == (503, "2")
    page = await desk.ask("GET", "/campaigns", params={"limit": 1})
    rest = await desk.ask("GET", "/campaigns", params={"limit": 1, "cursor": page["next"]})
    assert [one["id"] for one in page["items"] + rest["items"]] == [second, first["id"]]
    assert rest["next"] is None
    assert (await desk.ask("POST", f"/campaigns/{second}/test", 409))["code"] == "no_browser"
    not_ready = await desk.ask("POST", f"/campaigns/{second}/schedule", 422, json={})
    assert not_ready["field"] == "content.url"
    await desk.staff.settings(push={"on": False})
    assert (await desk.ask("POST", f"/campaigns/{first['id']}/schedule", 409, json={}))["code"] == "push_off"
    await desk.ask("DELETE", f"/campaigns/{second}", 204)
    await desk.ask("GET", f"/campaigns/{second}", 404)
    assert (await desk.ask("GET", "/campaigns", params={"status": "sending"}))["items"] == []
    elsewhere = await desk.ask("POST", "/campaigns/url", 422, json={"url": "https://elsewhere.example/"})
    assert elsewhere["field"] == "url"
    here = await desk.ask("POST", "/campaigns/url", json={"url": f"{shop.a}/demo/"})
    nowhere = await desk.ask("POST", "/campaigns/url", json={"url": f"{shop.a}/no-such-page"})
    assert (here["found"], nowhere) == (True, {"found": False, "status": 404})


async def test_what_no_campaign_can_be_is_refused_by_name(shop: Shop) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"notices": {"en": {"subject": "two\nlines"}}}, "content.notices.en.subject"),
        ({"notices": {"en": {"subject": "x" * 61}}}, "content.notices"),
        ({"notices": {}}, "content.notices"),
        ({"url": "javascript:alert(1)"}, "content.url"),
        ({"topic": "no topic"}, "content.topic"),
        ({"audience": {"language": ["fr"]}}, "content.audience.language"),
        ({"quiet_hour": {"start": "21:00"}}, "content.quiet_hour"),
        ({"quiet_hours": {"start": "21:00", "end": "21:00"}}, "content.quiet_hours"),
    ]
    for changes, field in wrong:
        refused = await Desk(shop).ask("POST", "/campaigns", 422, json={"content": {**MUG, **changes}})
        assert refused["field"].startswith(field)
