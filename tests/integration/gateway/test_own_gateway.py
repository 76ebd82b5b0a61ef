"""A gateway of the test's own beside the product's: with rate limits on, and one that is told to stop."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.raw import Raw, opened
from tests.support.installation import Installation, consecutive_ports
from tests.support.waiting import eventually

START_SECONDS = 30.0

StartGateway = Callable[..., tuple[str, "subprocess.Popen[bytes]"]]


@pytest.fixture
def start_gateway(installation: Installation) -> Iterator[StartGateway]:
    """Starts `shopbell serve gateway` on the installation's servers: `start_gateway(RATE_LIMITS="on")`."""
    started: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> tuple[str, subprocess.Popen[bytes]]:
        port = consecutive_ports(1)
        ours = {
            "PORT": str(port),
            "NATS_URL": installation.settings.nats_url,
            "POSTGRES_DSN": installation.settings.postgres_dsn,
            **environment,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "services.cli", "serve", "gateway"],
            env={**installation.environment, **{f"SHOPBELL_{name}": value for name, value in ours.items()}},
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return f"http://127.0.0.1:{port}", process

    yield start
    for process in started:
        process.kill()
        process.wait()


async def until_ready(url: str) -> str:
    """Raises AssertionError if the gateway does not get ready."""

    async def ready() -> bool:
        try:
            async with httpx.AsyncClient(base_url=url) as http:
                return (await http.get("/readyz")).status_code == 200
        except httpx.TransportError:
            return False

    await eventually(ready, START_SECONDS)
    return url


@pytest.fixture
async def strict(start_gateway: StartGateway) -> str:
    """A gateway that limits rates."""
    url, _ = start_gateway(
        RATE_LIMITS="on",
        VISITOR_FRAMES_PER_SECOND="5",
        STARTS_PER_MINUTE_VISITOR="2",
        STARTS_PER_MINUTE_ADDRESS="3",
        SIGN_INS_PER_MINUTE_ACCOUNT="2",
        STAFF_INVITATIONS_PER_QUARTER_HOUR_SHOP="2",
    )
    return await until_ready(url)


async def refusals(raw: Raw, count: int) -> list[str]:
    """The codes of `count` refusals."""
    return [(await raw.expect(type="rejected"))["code"] for _ in range(count)]


async def test_starts_are_limited_by_visitor_and_by_address(strict: str, shop: Shop) -> None:
    codes: list[str] = []
    for visitor in range(2):
        async with opened(shop.visitor_url(strict)) as raw:
            await raw.hello()
            for number in range(3):
                raw.send({"type": "start", "id": f"limited-{visitor}-{number}"})
            refused = [await raw.expect(type="rejected") for _ in range(3)]
            codes += [one["code"] for one in refused]
            assert all(one["retry_after"] > 0 for one in refused if one["code"] == "rate_limited")
    assert codes.count("offline") == 3
    assert codes.count("rate_limited") == 3


async def test_frames_too_fast_are_refused_and_then_close(strict: str, shop: Shop) -> None:
    async with opened(shop.visitor_url(strict)) as raw:
        await raw.hello()
        for _ in range(200):
            raw.send({"type": "typing", "on": True})
        refused = await raw.expect(type="rejected", code="rate_limited")
        assert refused["retry_after"] > 0
        assert await raw.closed() == 4429


async def test_guessing_passwords_is_slowed_down(strict: str, shop: Shop) -> None:
    async with httpx.AsyncClient(base_url=strict) as http:
        body = {"email": shop.email, "password": "a wrong guess"}
        answers = [await http.post("/v1/session", json=body) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [401, 401, 429]
        assert int(answers[-1].headers["retry-after"]) > 0
        right = await http.post("/v1/session", json={**body, "password": shop.password})
        assert right.status_code == 429


@pytest.mark.feature("C6")
async def test_invitations_are_few_however_many_are_withdrawn(strict: str, shop: Shop) -> None:
    path = f"/v1/shops/{shop.id}/staff/invitations"
    async with httpx.AsyncClient(base_url=strict, headers={"Cookie": shop.cookie}) as http:
        for number in range(2):
            made = await http.post(path, json={"email": f"{number}-{shop.email}", "role": "operator"})
            assert (await http.delete(f"{path}/{made.json()['id']}")).status_code == 204
        refused = await http.post(path, json={"email": f"3-{shop.email}", "role": "operator"})
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert int(refused.headers["retry-after"]) > 0


async def test_behind_a_trusted_proxy_with_tls_browsers_keep_to_it(start_gateway: StartGateway, shop: Shop) -> None:
    url, _ = start_gateway(TRUSTED_PROXIES="127.0.0.1")
    await until_ready(url)
    body = {"email": shop.email, "password": shop.password}
    async with httpx.AsyncClient(base_url=url) as http:
        plain = await http.post("/v1/session", json=body)
        secure = await http.post("/v1/session", json=body, headers={"X-Forwarded-Proto": "https"})
        left = await http.delete(
            "/v1/session", headers={"X-Forwarded-Proto": "https", "Authorization": f"Bearer {secure.json()['token']}"}
        )
    assert "strict-transport-security" not in plain.headers
    assert "Secure" not in plain.headers["set-cookie"]
    for answer, status in ((secure, 201), (left, 204)):
        assert answer.status_code == status
        assert "max-age" in answer.headers["strict-transport-security"]
        assert "; Secure" in answer.headers["set-cookie"]


async def test_gateway_told_to_stop_asks_its_sockets_to_leave(start_gateway: StartGateway, shop: Shop) -> None:
    url, process = start_gateway()
    await until_ready(url)
    visitor, operator = await shop.chat()
    here = await shop.visitor(url, token=visitor.token)
    async with opened(f"{url}/v1/operator", Cookie=shop.cookie) as raw:
        await raw.hello()
        process.send_signal(signal.SIGTERM)
        closing = await raw.expect(type="closing")
        assert 0 <= closing["after"] <= 10
        assert await raw.closed() == 1012
    assert await here.closed() == 1012
    assert here.latest["closing"]["after"] <= 10
    await eventually(lambda: process.poll() is not None, 10)
    assert process.returncode == 0
    await visitor.say_here("still there")
    await operator.wait_for(lambda: operator.inbox.first(visitor.conversation, text="still there"))


async def test_client_that_does_not_read_keeps_no_gateway_from_stopping(
    start_gateway: StartGateway, shop: Shop
) -> None:
    url, process = start_gateway()
    await until_ready(url)
    visitor, _ = await shop.chat()
    for _ in range(30):
        await asyncio.gather(*(visitor.say_here("x" * 4_000) for _ in range(20)))
    async with opened(shop.visitor_url(url)) as raw:
        assert raw.socket is not None
        raw.socket.pause_reading()
        raw.send({"type": "hello", "token": visitor.token})
        for _ in range(20):
            await asyncio.gather(*(visitor.say_here("x" * 4_000) for _ in range(20)))
        process.send_signal(signal.SIGTERM)
        await eventually(lambda: process.poll() is not None, 12)
    assert process.returncode == 0


async def test_two_gateways_can_not_have_one_port(start_gateway: StartGateway) -> None:
    url, _ = start_gateway()
    await until_ready(url)
    _, second = start_gateway(PORT=url.rpartition(":")[2])
    await eventually(lambda: second.poll() is not None, START_SECONDS)
    assert second.returncode != 0
