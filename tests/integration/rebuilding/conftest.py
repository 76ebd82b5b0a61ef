"""What keeps history's tables up, on servers of this test run."""

from collections.abc import AsyncIterator

import pytest

from services.common.settings import ProjectionsSettings, Settings
from services.projections.main import pools
from services.projections.projection import HistoryProjection, positions_of


@pytest.fixture
def projections_settings(settings: Settings) -> ProjectionsSettings:
    return ProjectionsSettings(**settings.model_dump())


@pytest.fixture
async def live(projections_settings: ProjectionsSettings) -> AsyncIterator[HistoryProjection]:
    """What keeps the live tables up."""
    async with pools(projections_settings) as (log_pool, read_pool, keys):
        async with read_pool.connection() as connection:
            await positions_of().create(connection)
        yield HistoryProjection(log_pool, read_pool, keys, page=100)
