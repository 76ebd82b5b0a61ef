"""The operations port of services without a web server."""

import asyncio

import httpx
import pytest

from services.common.health import Readiness, operations
from services.standalone.ports import free_ports


@pytest.fixture
def port() -> int:
    return free_ports(1)[0]


async def test_a_process_is_ready_when_all_its_parts_are(port: int) -> None:
    readiness = Readiness("broker", "database")
    async with operations(port, readiness), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        assert (await client.get("/healthz")).status_code == 200
        readiness.set("broker")
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "database")
        readiness.set("database")
        assert (await client.get("/readyz")).status_code == 200
        readiness.set("broker", False)
        assert (await client.get("/readyz")).status_code == 503


async def test_metrics_are_served_and_nothing_else(port: int) -> None:
    async with operations(port, Readiness()), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        assert "shopbell_process_cpu_seconds_total" in (await client.get("/metrics")).text
        assert (await client.get("/")).status_code == 404
        assert (await client.post("/metrics")).status_code == 404


async def test_a_caller_who_sends_rubbish_hurts_nobody(port: int) -> None:
    async with operations(port, Readiness()):
        for rubbish in (b"\r\n\r\n", b"x" * 100_000, b"\x00\xff\r\n\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(rubbish)
            writer.write_eof()
            try:
                await reader.read()
            except ConnectionResetError:
                continue
            finally:
                writer.close()
        async with httpx.AsyncClient() as client:
            assert (await client.get(f"http://127.0.0.1:{port}/healthz")).status_code == 200


async def test_without_a_port_nothing_is_served() -> None:
    async with operations(0, Readiness()):
        pass


async def test_services_of_one_process_share_the_port_and_are_ready_together(port: int) -> None:
    first, second = Readiness("broker"), Readiness("database")
    client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}")
    async with operations(port, first), operations(port, second), client:
        assert (await client.get("/readyz")).text == "broker, database"
        first.set("broker")
        assert (await client.get("/readyz")).text == "database"
        second.set("database")
        assert (await client.get("/readyz")).status_code == 200
