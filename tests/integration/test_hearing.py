"""Whoever hears at low rates ends in good order, whether or not the broker is there."""

import asyncio
from pathlib import Path

from services.common.hearing import Hearing
from tests.support.processes import NatsServer
from tests.support.waiting import eventually


async def test_it_stops_while_the_broker_is_away(tmp_path: Path) -> None:
    server = NatsServer(tmp_path)
    server.start()
    hearing = Hearing(server.url, "test")
    await hearing.start()
    connection = hearing._connection
    assert connection is not None
    await asyncio.to_thread(server.kill)
    await eventually(lambda: connection.is_reconnecting, 15)
    await hearing.stop()
    assert connection.is_closed
