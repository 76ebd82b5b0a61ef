"""Which processes make up a laptop installation, and with what environment."""

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from services.common.settings import LaptopSettings
from services.standalone import probes, secret_files
from services.standalone.child import Program
from services.standalone.launch import command
from services.standalone.nats import NatsFolder
from services.standalone.ports import LOOPBACK, free_ports, is_free
from services.standalone.postgres import PostgresFolder

FIRST_TRIES = 3
"""After a kill -9 the database may find its former processes still at their end, and needs another try."""
GATEWAY_STOP_SECONDS = 15.0
POSTGRES_STOP_SECONDS = 30.0
READERS = ("projections", "notifier", "engagement")
"""They share a process; chats, which have one of their own, never wait for them."""
INTERNAL_PORTS = 4
"""The broker, operations of the two processes without a gateway, and where the mailbox takes mails."""


@dataclass(frozen=True)
class Plan:
    """What to start, in groups that start together; they stop in the opposite order."""

    servers: list[Program]
    services: list[Program]
    environment: dict[str, str]

    def helper(self, *arguments: str) -> list[str]:
        """A run of our own command line that ends by itself."""
        return command([*_ourselves(), *arguments], signal.SIGKILL)


def make(settings: LaptopSettings) -> Plan:
    """The plan for these settings. Makes the secrets that are missing."""
    home = settings.home
    (home / "logs").mkdir(mode=0o700, exist_ok=True)
    nats_port, conversations_ops, readers_ops, mailbox_smtp = free_ports(INTERNAL_PORTS)
    servers: list[Program] = []
    nats_url, postgres_dsn = settings.nats_url, settings.postgres_dsn
    if not nats_url:
        nats = NatsFolder(home / "nats", nats_port, secret_files.nats_password(home))
        nats_url = nats.url
        servers.append(_nats(nats, home))
    if not postgres_dsn:
        postgres = PostgresFolder(home / "postgres")
        postgres_dsn = postgres.dsn
        servers.append(_postgres(postgres, home))
    if settings.master_key is None:
        secret_files.master_key(home)
    environment = _environment(settings, nats_url, postgres_dsn)
    mailbox = {} if settings.smtp_url else {"mailbox": mailbox_port(settings)}
    notifier = {
        **environment,
        "SHOPBELL_PUBLIC_URL": settings.public_url or f"http://{LOOPBACK}:{settings.port}",
        "SHOPBELL_SMTP_URL": settings.smtp_url or f"smtp://{LOOPBACK}:{mailbox_smtp}",
        "SHOPBELL_MAILBOX_PORT": str(mailbox_port(settings)),
        "SHOPBELL_MAILBOX_SMTP_PORT": str(mailbox_smtp),
    }
    services = [
        _service(home, environment, {"conversations": None}, ops_port=conversations_ops),
        *(_gateway(home, environment, settings.port + number) for number in range(settings.gateways)),
        _service(home, notifier, {**dict.fromkeys(READERS), **mailbox}, ops_port=readers_ops),
    ]
    return Plan(servers, services, environment)


def mailbox_port(settings: LaptopSettings) -> int:
    """Of the page on which the mails can be read that go nowhere else."""
    return settings.port + settings.gateways


def taken_port(settings: LaptopSettings) -> int | None:
    """The first of the ports for browsers that somebody else listens on."""
    ports = range(settings.port, mailbox_port(settings) + (not settings.smtp_url))
    return next((port for port in ports if not is_free(port)), None)


def _environment(settings: LaptopSettings, nats_url: str, postgres_dsn: str) -> dict[str, str]:
    ours = {
        "HOME": str(settings.home),
        "NATS_URL": nats_url,
        "POSTGRES_DSN": postgres_dsn,
        "DEMO": "on" if settings.demo else "off",
        "LOG_FORMAT": settings.log_format,
        "LOG_LEVEL": settings.log_level,
    }
    return {**os.environ, **{f"SHOPBELL_{name}": value for name, value in ours.items()}, "PYTHONUNBUFFERED": "1"}


def _nats(nats: NatsFolder, home: Path) -> Program:
    return Program(
        name="nats",
        services={"nats": nats.port},
        arguments=nats.server_command(),
        probe=probes.blocking(nats.answers),
        log_file=home / "logs" / "nats.log",
        prepare=nats.prepare,
        first_tries=FIRST_TRIES,
    )


def _postgres(postgres: PostgresFolder, home: Path) -> Program:
    return Program(
        name="postgres",
        services={"postgres": None},
        arguments=postgres.server_command(),
        probe=probes.blocking(postgres.answers),
        log_file=home / "logs" / "postgres.log",
        prepare=postgres.prepare,
        clear=postgres.clear,
        stop_signal=signal.SIGINT,
        stop_seconds=POSTGRES_STOP_SECONDS,
        first_tries=FIRST_TRIES,
    )


def _service(home: Path, environment: dict[str, str], services: dict[str, int | None], *, ops_port: int) -> Program:
    """One process with all of these, which saves what each would load for itself."""
    name = "-".join(services)
    return Program(
        name=name,
        services=services,
        arguments=command([*_ourselves(), "serve", *services], signal.SIGKILL),
        probe=probes.http(ops_port),
        log_file=home / "logs" / f"{name}.log",
        environment={**environment, "SHOPBELL_OPS_PORT": str(ops_port)},
        ops_port=ops_port,
        first_tries=FIRST_TRIES,
    )


def _gateway(home: Path, environment: dict[str, str], port: int) -> Program:
    return Program(
        name=f"gateway-{port}",
        services={"gateway": port},
        arguments=command([*_ourselves(), "serve", "gateway"], signal.SIGKILL),
        probe=probes.http(port),
        log_file=home / "logs" / f"gateway-{port}.log",
        environment={**environment, "SHOPBELL_PORT": str(port)},
        stop_seconds=GATEWAY_STOP_SECONDS,
        first_tries=FIRST_TRIES,
    )


def _ourselves() -> list[str]:
    return [sys.executable, "-m", "services.cli"]
