"""The whole product as one subprocess: `shopbell run` in a home folder of its own."""

import json
import os
import random
import secrets
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from services.common.settings import Settings
from services.standalone.discovery import servers
from services.standalone.ports import is_free
from tests.support.waiting import wait_until

READY_SECONDS = 60.0
STOP_SECONDS = 45.0
FIRST_PORT, LAST_PORT, PORTS_A_WORKER = 20_000, 32_000, 400
"""Below the range from which the system gives out ports, a part for each worker of pytest-xdist."""


def consecutive_ports(count: int) -> int:
    """The first of `count` free ports in a row, chosen by chance among those of this pytest worker."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    low = FIRST_PORT + worker * PORTS_A_WORKER % (LAST_PORT - FIRST_PORT)

    def pick() -> int:
        port = random.randrange(low, low + PORTS_A_WORKER - count)
        return port if all(is_free(port + number) for number in range(count)) else 0

    return wait_until(pick, what="a row of free ports")


@dataclass(frozen=True)
class Process:
    """One process of the installation, as `shopbell status` shows it."""

    service: str
    pid: int
    ready: bool
    restarts: int
    port: int | None = None
    ops_port: int | None = None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process and to those it started itself (the database's)."""
        process = psutil.Process(self.pid)
        below = process.children(recursive=True)
        process.send_signal(number)
        for one in below:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(number)


class Installation:
    """`start()` it, talk to `base_urls`, `stop()` it; in between kill what you like."""

    owner_email = "owner@demo.example"
    shop = "demo"

    def __init__(self, home: Path, *, gateways: int = 2, environment: Mapping[str, str] | None = None) -> None:
        self.home = home
        self.gateways = gateways
        self.port = consecutive_ports(gateways + 1)  # the last is the mailbox's
        self.owner_password = secrets.token_urlsafe(9)
        self._extra = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def base_urls(self) -> list[str]:
        """Of each gateway, without a slash at the end."""
        return [f"http://127.0.0.1:{self.port + number}" for number in range(self.gateways)]

    @property
    def mailbox_url(self) -> str:
        """Where the mails that it sends can be read."""
        return f"http://127.0.0.1:{self.port + self.gateways}"

    @property
    def environment(self) -> dict[str, str]:
        """What `shopbell` commands need to find this installation."""
        ours = {
            "HOME": str(self.home),
            "PORT": str(self.port),
            "GATEWAYS": str(self.gateways),
            "DEMO_PASSWORD": self.owner_password,
            "RATE_LIMITS": "off",
        }
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("SHOPBELL_")}
        return {**inherited, **{f"SHOPBELL_{name}": value for name, value in ours.items()}, **self._extra}

    @property
    def settings(self) -> Settings:
        """Settings with which a test reaches the databases and the broker behind the product's back."""
        found = {**servers(self.home), **self._extra}
        return Settings(
            home=self.home,
            nats_url=found["SHOPBELL_NATS_URL"],
            postgres_dsn=found["SHOPBELL_POSTGRES_DSN"],
        )

    @property
    def supervisor(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "the installation is not running"
        return self._process

    @property
    def is_running(self) -> bool:
        return self._process is not None

    @property
    def output(self) -> str:
        """What `shopbell run` printed so far."""
        return (self.home / "run.out").read_text(errors="replace")

    def start(self, *, wait: bool = True) -> None:
        """Start, or start again with the same data, and wait until every process is ready."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "run.out").open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.cli", "run"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if wait:
            wait_until(self._is_up, READY_SECONDS, what="the installation's start")

    def stop(self) -> int:
        """Stop in good order and return the exit code."""
        self.supervisor.send_signal(signal.SIGTERM)
        code = self.supervisor.wait(STOP_SECONDS)
        self._process = None
        return code

    def cli(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a `shopbell` command against this installation's home."""
        return subprocess.run(
            [sys.executable, "-m", "services.cli", *arguments],
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def status(self) -> list[Process]:
        """What runs now, freshly asked."""
        said: dict[str, Any] = json.loads(self.cli("status", "--json").stdout)
        return [Process(**one) for one in said["processes"]]

    def process(self, service: str, number: int = 0) -> Process:
        """The `number`th process of a service."""
        return [one for one in self.status() if one.service == service][number]

    def kill(self, service: str, number: int = 0) -> Process:
        """kill -9 one process, at once, and return what it was."""
        victim = self.process(service, number)
        victim.signal(signal.SIGKILL)
        return victim

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> list[Process]:
        """Until every process runs and is ready, after kills say."""
        expected = self.gateways + sum(name not in self._extra for name in OWN) + 4

        def all_ready() -> list[Process]:
            found = self.status()
            return found if len(found) == expected and all(one.ready for one in found) else []

        return wait_until(all_ready, seconds, what="all processes ready")

    def _is_up(self) -> bool:
        code = self.supervisor.poll()
        assert code is None, f"shopbell run ended with {code}:\n{self.output}"
        return "Shopbell is ready" in self.output


OWN = ("SHOPBELL_NATS_URL", "SHOPBELL_POSTGRES_DSN", "SHOPBELL_SMTP_URL")
"""What it starts a server of its own for, if the environment names none."""
