"""Waiting for a database that is away: nothing is lost meanwhile, and nothing given up."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from services.common.database import DatabaseAway
from services.common.following import RETRY_SECONDS
from services.common.logs import logger

log = logger(__name__)

T = TypeVar("T")


async def persist(work: Callable[[], Awaitable[T]]) -> T:
    """What `work` gives, asked again and again while a database is away."""
    pause = RETRY_SECONDS[0]
    while True:
        try:
            return await work()
        except DatabaseAway as error:
            if pause == RETRY_SECONDS[0]:
                log.warning("A database is away, what is to be sent waits", error=type(error).__name__)
            await asyncio.sleep(random.uniform(0, pause))
            pause = min(pause * 2, RETRY_SECONDS[1])
