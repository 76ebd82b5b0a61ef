"""Fixtures of all tests: real servers, fresh databases, and the whole product as one subprocess."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from services.common import staff
from services.common.settings import Settings
from tests.support.installation import Installation
from tests.support.processes import NatsServer, PostgresServer
from tests.support.stores import empty_streams, fresh_settings, migrated_template

pytest_plugins = ["tests.support.features"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full-faults", action="store_true", help="run the long version of the fault tests")


@pytest.fixture(scope="session")
def nats_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    """A broker for this worker's tests: `.url`, `.kill()`, `.start()` …; leave it running."""
    server = NatsServer(tmp_path_factory.mktemp("broker"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A database server for this worker's tests: `.dsn`, `.kill()`, `.start()` …; leave it running.

    Without fsync, for speed: what a process wrote outlives its kill -9, if not the machine's.
    """
    server = PostgresServer(tmp_path_factory.mktemp("database"), {"fsync": "off"})
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def database_template(postgres_server: PostgresServer) -> Settings:
    """Migrated databases that nobody connects to: copies are made of them."""
    return migrated_template(postgres_server.dsn)


@pytest.fixture
def settings(database_template: Settings, nats_server: NatsServer, tmp_path: Path) -> Iterator[Settings]:
    """An installation's settings: databases of this test's own; the broker's streams are as others left them."""
    with fresh_settings(database_template, nats_server.url, tmp_path) as fresh:
        yield fresh


@pytest.fixture
async def streams(settings: Settings) -> Settings:
    """The same settings, and all streams there and empty."""
    await empty_streams(settings)
    return settings


@pytest.fixture(scope="session")
def cheap_passwords() -> Iterator[None]:
    """Accounts that tests make sign in at a fraction of the price; those of the product's own processes do not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staff, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The whole product with two gateways, shared by this worker's tests: use a shop of your own, kill nothing."""
    running = Installation(tmp_path_factory.mktemp("installation"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def own_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The whole product for one module, which may kill what it likes and must leave all ready."""
    running = Installation(tmp_path_factory.mktemp("own"))
    running.start()
    yield running
    running.stop()
