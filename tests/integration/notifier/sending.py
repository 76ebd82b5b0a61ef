"""A sender at work."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from services.common.stopping import end_tasks
from services.notifier.sender import Sender


@asynccontextmanager
async def sending(sender: Sender[Any, Any], *beside: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """It sends while inside, and what runs `beside` it runs."""
    tasks = [*sender.start(), *(asyncio.create_task(one) for one in beside)]
    try:
        yield
    finally:
        await end_tasks(*tasks)
        await sender.stop()
