"""Campaigns of a made-up shop: one that is over, one that a push service slows down, one to come, and a draft."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from starlette.responses import Response

from tests.screens.staff import Shop
from tests.support.push_service import Browser, PushService
from tests.support.waiting import eventually

SUBSCRIBERS, GONE, CLICKS, AT_ONCE = 90, 3, 11, 6
PATIENCE_SECONDS = 60.0
RETRY_AFTER = {"Retry-After": "3000"}
TIDE = {
    "notices": {
        "en": {
            "subject": "The blue Tide mug is back today",
            "text": "Forty came out of the kiln this morning. When they are gone, the next are due in March.",
        },
        "fr": {"subject": "La tasse bleue Tide est de retour", "text": "Quarante sont sorties du four ce matin."},
    },
    "url": "https://morrow.example/tide-blue?utm_source=push",
    "topic": "tide-blue",
}
WINTER = {"notices": {"en": {"subject": "Winter glazes, three new ones"}}, "url": "https://morrow.example/glazes"}
RULES = {"languages": ["en", "fr"], "groups": ["mugs"]}
STUDIO = {
    "notices": {"en": {"subject": "Open studio on Saturday", "text": "Come and throw a bowl."}},
    "url": "https://morrow.example/studio",
    "audience": RULES,
}


async def sent(shop: Shop, manager: str, service: PushService) -> None:
    """Make them; half of the browsers belong to a push service that is asked too often later."""
    browsers = await _subscribed(shop, service)
    for browser in browsers[-GONE:]:
        service.browsers.pop(browser.path)
    over = await _scheduled(shop, manager, {**WINTER, "audience": {"languages": ["fr", "en"]}})
    await eventually(lambda: _is(shop, manager, over, "finished"), PATIENCE_SECONDS, what="a campaign that is over")
    await _clicked(shop, service)
    for browser in browsers:
        if "localhost" in browser.endpoint:
            service.answers[browser.path] = [Response(status_code=429, headers=RETRY_AFTER) for _ in range(100)]
    await _scheduled(shop, manager, {**TIDE, "cap": {"most": 1, "days": 7}, "audience": {"groups": ["mugs"]}})
    await _scheduled(shop, manager, STUDIO, at=datetime.now(UTC) + timedelta(days=1), local=True, zone="Europe/Warsaw")
    await _drafted(shop, manager, {**TIDE, "audience": {**RULES, "newer_than_days": 7}, "quiet_hours": {}, "cap": {}})


async def _subscribed(shop: Shop, service: PushService) -> list[Browser]:
    """Browsers of three languages and two zones; every third one has seen mugs as well as glazes."""
    browsers = [service.subscribe(host=("127.0.0.1", "localhost")[number % 2]) for number in range(SUBSCRIBERS)]
    few = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(base_url=_path(shop), headers={"Origin": shop.base}, timeout=15) as pages:

        async def add(number: int, browser: Browser) -> None:
            zone = "Europe/Paris" if number % 5 else "America/Montreal"
            wish = {"id": uuid4().hex, "subscription": browser.as_json(), "zone": zone}
            more = {"language": ("en", "fr", "pl")[number % 3], "group": "mugs" if number % 4 else "glazes"}

            async def taken() -> bool:
                # A shop that has just come up has more to do.
                answer = await pages.post("/push-subscriptions", json={**wish, **more})
                return answer.is_success

            async with few:
                await eventually(taken, PATIENCE_SECONDS, what="a subscription")

        await asyncio.gather(*(add(*each) for each in enumerate(browsers)))
    return browsers


async def _clicked(shop: Shop, service: PushService) -> None:
    async with httpx.AsyncClient(base_url=_path(shop), timeout=15) as browsers:
        for push in service.taken[:CLICKS]:
            body = {"delivery": push.payload["delivery"]}
            (await browsers.post("/push-clicks", json=body, headers={"Origin": shop.base})).raise_for_status()


def _path(shop: Shop) -> str:
    return f"{shop.base}/v1/shops/{shop.id}"


async def _drafted(shop: Shop, manager: str, content: dict[str, Any]) -> str:
    key = {"Idempotency-Key": uuid4().hex}
    answer = await shop.request(manager, "POST", "/campaigns", json={"content": content}, headers=key)
    answer.raise_for_status()
    return str(answer.json()["id"])


async def _scheduled(shop: Shop, manager: str, content: dict[str, Any], **when: Any) -> str:
    campaign = await _drafted(shop, manager, content)
    when = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in when.items()}
    (await shop.request(manager, "POST", f"/campaigns/{campaign}/schedule", json=when)).raise_for_status()
    return campaign


async def _is(shop: Shop, manager: str, campaign: str, status: str) -> bool:
    answer = await shop.request(manager, "GET", f"/campaigns/{campaign}")
    return bool(answer.raise_for_status().json()["status"] == status)
