"""Ten thousand visitors vote at once: how fast that is stored, and that the count is exact.

Each is somebody new, as a browser is that comes for the first time: REST, the command, its commit, and the token that
names the visitor from then on.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any

import httpx

from tests.benchmarks import product
from tests.support.installation import Installation
from tests.support.plain_http import connections, post_all
from tests.support.protocol_client import sign_in

VOTES = 10_000
EACH = 64
"""Connections to each gateway."""
ANSWERS = ("moss", "tide", "plum")
COUNTED_WITHIN_S = 60.0
LOOK_S = 0.1


async def measure(one: Installation) -> dict[str, float]:
    """Raises RuntimeError if the count is not exact, in the read tables or in the log itself."""
    (shop,) = await product.make_shops(one, 1)
    base = one.base_urls[0]
    headers = {"Cookie": await sign_in(base, shop.email, shop.password), "Origin": base}
    async with httpx.AsyncClient(base_url=f"{base}/v1/shops/{shop.id}", headers=headers, timeout=60) as staff:
        poll = await _opened(staff)
        path = f"/v1/shops/{shop.id}/polls/{poll}/votes"
        bodies = [{"id": f"vote-{number:08}", "answer": ANSWERS[number % 3]} for number in range(VOTES)]
        async with connections(one.base_urls, EACH) as opened:
            started = time.monotonic()
            answers = await post_all(opened, [(path, body) for body in bodies])
            stored = time.monotonic()
        if refused := Counter(answer.status for answer in answers if answer.status != 201):
            raise RuntimeError(f"votes were refused: {dict(refused)}")
        wanted = Counter(str(body["answer"]) for body in bodies)
        counted = await _until_counted(staff, poll, wanted) - stored
        return {
            "votes_per_s": VOTES / (stored - started),
            "votes_counted_s": counted,
            "votes_recount_s": await _recounted(staff, poll, wanted),
        }


async def _opened(staff: httpx.AsyncClient) -> str:
    content = {"question": "Which?", "answers": [{"id": answer, "text": answer} for answer in ANSWERS]}
    drafted = await _asked(staff, "", {"content": content})
    await _asked(staff, f"/{drafted['id']}/start", {})
    return str(drafted["id"])


async def _until_counted(staff: httpx.AsyncClient, poll: str, wanted: Counter[str]) -> float:
    deadline = time.monotonic() + COUNTED_WITHIN_S
    while time.monotonic() < deadline:
        if Counter((await staff.get(f"/polls/{poll}")).json()["counts"]) == wanted:
            return time.monotonic()
        await asyncio.sleep(LOOK_S)
    raise RuntimeError("the count of the votes is not exact")


async def _recounted(staff: httpx.AsyncClient, poll: str, wanted: Counter[str]) -> float:
    started = time.monotonic()
    said = await _asked(staff, f"/{poll}/recount", {})
    if not said["agrees"] or Counter(said["counts"]) != wanted:
        raise RuntimeError("the log holds other votes")
    return time.monotonic() - started


async def _asked(staff: httpx.AsyncClient, path: str, body: object) -> dict[str, Any]:
    answer = await staff.post(f"/polls{path}", json=body)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found
