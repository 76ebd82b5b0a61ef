"""For who runs it: /healthz, /readyz, /metrics."""

import asyncio
import time
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from services.common import metrics
from services.common.broker import Broker
from services.gateway.live.availability import Availabilities
from services.gateway.sockets.storm import Storm

DATABASE_SECONDS: Final = 2.0
REMEMBER_SECONDS: Final = 1.0


class OperationsRoutes:
    """Whether this gateway lives, and whether it should get visitors."""

    def __init__(
        self,
        broker: Broker,
        pool: AsyncConnectionPool[AsyncConnection[Any]],
        availabilities: Availabilities,
        storm: Storm,
    ) -> None:
        self._broker = broker
        self._pool = pool
        self._availabilities = availabilities
        self._storm = storm
        self._database: tuple[float, bool] = (0.0, False)
        self.draining = False

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self.health),
            Route("/readyz", self.ready),
            Route("/metrics", self.metrics),
        ]

    async def health(self, _request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(self, _request: Request) -> Response:
        missing = await self._missing()
        return PlainTextResponse(", ".join(missing) + "\n", 503) if missing else PlainTextResponse("ok\n")

    async def metrics(self, _request: Request) -> Response:
        return Response(metrics.exposition(), media_type=metrics.CONTENT_TYPE)

    async def _missing(self) -> list[str]:
        parts = {
            "broker": self._broker.connected,
            "desks": self._availabilities.ready.is_set(),
            "database": await self._database_answers(),
            "backlog": not self._storm.overrun,
            "stopping": not self.draining,
        }
        return [name for name, fine in parts.items() if not fine]

    async def _database_answers(self) -> bool:
        at, answered = self._database
        if time.monotonic() - at < REMEMBER_SECONDS:
            return answered
        try:
            async with asyncio.timeout(DATABASE_SECONDS), self._pool.connection() as connection:
                await connection.execute("SELECT 1")
            answered = True
        except (psycopg.OperationalError, PoolTimeout, TimeoutError):
            answered = False
        self._database = (time.monotonic(), answered)
        return answered
