"""A client of the commands' streams, and an engagement worker, on servers of this test run."""

from collections.abc import AsyncIterator

import pytest

from services.common.settings import Settings
from tests.integration.conversations import harness
from tests.integration.engagement.harness import worker


@pytest.fixture
async def client(streams: Settings) -> AsyncIterator[harness.Client]:
    """Speaks to workers as a gateway does; streams and databases are empty."""
    async with harness.client(streams) as found:
        yield found


@pytest.fixture
async def engagement(streams: Settings) -> AsyncIterator[None]:
    """A worker in this process."""
    async with worker(streams):
        yield
