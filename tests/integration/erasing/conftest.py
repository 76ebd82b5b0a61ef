"""A process that erases, on servers of this test run."""

from collections.abc import AsyncIterator

import pytest

from services.common.broker import Broker
from services.common.settings import Settings
from tests.integration.erasing.world import World, opened


@pytest.fixture
async def world(settings: Settings) -> AsyncIterator[World]:
    async with opened(settings, Broker()) as found:
        yield found
