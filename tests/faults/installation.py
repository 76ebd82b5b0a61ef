"""One installation for the fault tests: every process its own, in the hands of the scenario."""

from __future__ import annotations

import asyncio
import base64
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import psycopg

from contracts import subjects
from contracts.conversations.settings import ShopSettings
from services.common.broker import connect
from services.common.settings import Settings
from services.common.staff import NewAccount, create_account
from services.standalone.ports import LOOPBACK, free_ports
from services.standalone.shops import create_shop
from tests.faults.books import Books
from tests.faults.load_process import LoadProcess
from tests.faults.load_shop import LIMIT, SILENT
from tests.faults.reading import read_books
from tests.faults.services import Service, environment_of, run_cli
from tests.support.processes import PostgresServer
from tests.support.protocol_client import sign_in

PASSWORD = "a password for tests"
CREATE_SECONDS = 30.0
SERVICES = {
    "gateway-1": "gateway",
    "gateway-2": "gateway",
    "worker-1": "conversations",
    "worker-2": "conversations",
    "projections": "projections",
}
OTHER_GATEWAY = {"gateway-1": "gateway-2", "gateway-2": "gateway-1"}


class Broker(Protocol):
    """One NATS server or a cluster of them."""

    @property
    def url(self) -> str: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


class Installation:
    """Broker, database, two gateways, two conversations workers, projections, and shops with staff."""

    def __init__(self, folder: Path, broker: Broker, *, replicas: int = 1, shops: int = 24) -> None:
        self.folder, self.broker = folder, broker
        self.postgres = PostgresServer(folder)
        self.shops = [f"shop-{number}" for number in range(shops)]
        self._settings: dict[str, str] = {
            "HOME": str(folder),
            "NATS_URL": broker.url,
            "NATS_REPLICAS": str(replicas),
            "POSTGRES_DSN": self.postgres.dsn,
            "MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
            "RATE_LIMITS": "off",
            "LOG_LEVEL": "info",
        }
        ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
        self.services = {name: self._service(name, ports) for name in SERVICES}

    @property
    def settings(self) -> Settings:
        values = {name.lower(): value for name, value in self._settings.items() if name != "RATE_LIMITS"}
        return Settings(**values)  # type: ignore[arg-type]

    @property
    def gateways(self) -> list[str]:
        return [self.services[name].url for name in OTHER_GATEWAY]

    @property
    def partitions(self) -> set[int]:
        return {subjects.partition_of(shop) for shop in self.shops}

    def start(self) -> None:
        """Start everything and create shops and staff."""
        self.postgres.start()
        self.broker.start()
        run_cli(environment_of(self._settings), "migrate", "--quiet")
        for service in self.services.values():
            service.start()
        for service in self.services.values():
            service.wait_ready()
        asyncio.run(self._create_shops())
        with psycopg.connect(self.settings.dsn_of("log")) as connection:
            for shop in self.shops:
                create_account(connection, NewAccount(shop, f"op@{shop}.example", "Olga", "operator", PASSWORD))

    def stop(self) -> None:
        """Stop everything, whatever state it is in."""
        for service in self.services.values():
            if service.is_running():
                service.resume()
                service.kill()
        self.broker.stop()
        self.postgres.stop()

    def load(self, name: str, seed: int, rate: float) -> LoadProcess:
        """Start the load and wait until it runs; `rate` messages a second in all."""
        with ThreadPoolExecutor(4) as pool:
            cookies = list(pool.map(self._sign_in, self.shops))
        config: dict[str, Any] = {
            "gateways": self.gateways,
            "shops": [{"shop": shop, "cookie": c} for shop, c in zip(self.shops, cookies, strict=True)],
            "journal": str(self.folder / f"{name}.jsonl"),
            "rate": rate,
            "seed": seed,
        }
        process = LoadProcess(self.folder, config)
        process.wait_ready()
        return process

    def books(self, load: LoadProcess) -> Books:
        """Everything, after the load has ended."""
        return read_books(self.settings, load.journal, frozenset(f"{shop}/{SILENT}" for shop in self.shops))

    def _service(self, name: str, ports: dict[str, int]) -> Service:
        """Each worker has a name of its own; each gateway also takes clients whose page came from the other one."""
        more = {"WORKER_ID": name}
        if name in OTHER_GATEWAY:
            more = {"PUBLIC_URL": f"http://{LOOPBACK}:{ports[OTHER_GATEWAY[name]]}"}
        return Service(name, SERVICES[name], environment_of({**self._settings, **more}), self.folder, ports[name])

    async def _create_shops(self) -> None:
        broker = await connect(self._settings["NATS_URL"], "faults")
        settings = ShopSettings(limit=LIMIT, channels_per_operator=LIMIT)
        try:
            await asyncio.gather(*(create_shop(broker, shop, settings, CREATE_SECONDS) for shop in self.shops))
        finally:
            await broker.close()

    def _sign_in(self, shop: str) -> str:
        return asyncio.run(sign_in(self.gateways[0], f"op@{shop}.example", PASSWORD))
