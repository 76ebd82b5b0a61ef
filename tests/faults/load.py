"""The load of the fault tests, a process of its own: `python -m tests.faults.load CONFIG`.

CONFIG is a JSON file: {"gateways", "shops": [{"shop", "cookie"}], "journal", "rate", "seed"}. A line of JSON a second
on stdout says how it goes. The line `stop` on stdin ends sending; then it waits until everything is answered and
seen by both sides and says {"done": true, …}. Everybody stays connected, so that nobody is marked away while the books
are read, until stdin ends.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import uvloop

from tests.faults.load_shop import ShopLoad
from tests.support.journal import Journal

OPENING_AT_ONCE = 8
DRAIN_SECONDS = 75.0
QUIET_SECONDS = 1.5


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def state(shops: list[ShopLoad]) -> dict[str, int]:
    """How it goes, in numbers."""
    return {
        "sent": sum(shop.sent for shop in shops),
        "unanswered": sum(shop.unanswered() for shop in shops),
        "behind": sum(shop.behind() for shop in shops),
        "away": sum(shop.away() for shop in shops),
    }


async def read_stdin() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def report(shops: list[ShopLoad]) -> None:
    while True:
        await asyncio.sleep(1)
        say(t=time.monotonic(), **state(shops))


async def drain(shops: list[ShopLoad]) -> None:
    """Until nothing is on its way any more, or the time is over."""
    deadline = time.monotonic() + DRAIN_SECONDS
    quiet_since, last = time.monotonic(), state(shops)
    while time.monotonic() < deadline:
        await asyncio.sleep(0.1)
        now = state(shops)
        if now != last or now["unanswered"] or now["behind"] or now["away"]:
            quiet_since, last = time.monotonic(), now
        elif time.monotonic() - quiet_since > QUIET_SECONDS:
            return


async def open_all(shops: list[ShopLoad]) -> None:
    gate = asyncio.Semaphore(OPENING_AT_ONCE)

    async def one(shop: ShopLoad) -> None:
        async with gate:
            await shop.open()

    async with asyncio.TaskGroup() as group:
        for shop in shops:
            group.create_task(one(shop))


async def main(wanted: dict[str, Any]) -> None:
    journal = Journal(Path(wanted["journal"]))
    chance = random.Random(wanted["seed"])
    rate = wanted["rate"] / len(wanted["shops"])
    shops = [ShopLoad(one["shop"], one["cookie"], wanted["gateways"], journal, chance, rate) for one in wanted["shops"]]
    await open_all(shops)
    say(ready=True)
    tasks: list[asyncio.Task[Any]] = [asyncio.create_task(play) for shop in shops for play in shop.play()]
    tasks.append(asyncio.create_task(report(shops)))
    stdin = await read_stdin()
    end = asyncio.create_task(stdin.readline())
    done, _ = await asyncio.wait([end, *tasks], return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await drain(shops)
    journal.flush()
    refused = sum((shop.refused for shop in shops), Counter[str]())
    say(done=True, refused=dict(refused), **state(shops))
    await stdin.read()
    await asyncio.gather(*(shop.close() for shop in shops))
    journal.close()
    for task in done - {end}:
        task.result()


if __name__ == "__main__":
    uvloop.run(main(json.loads(Path(sys.argv[1]).read_text())))
