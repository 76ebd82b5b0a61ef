"""The product's processes, each started by itself, as an operator of a platform would, and its servers below."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil

from services.standalone import launch
from services.standalone.ports import LOOPBACK
from tests.support.waiting import wait_until

SHOPBELL = str(Path(sys.executable).parent / "shopbell")
READY_SECONDS = 60.0
"""Patience with a loaded machine, not a figure: how long recovery takes is measured by the load itself."""
STOP_SECONDS = 20.0


class Service:
    """One process of `shopbell serve …`, that can be killed, paused and started again."""

    def __init__(self, name: str, service: str, environment: dict[str, str], logs: Path, port: int) -> None:
        self.name, self._service, self.port = name, service, port
        setting = "SHOPBELL_PORT" if service == "gateway" else "SHOPBELL_OPS_PORT"
        self._environment = {**environment, setting: str(port)}
        self._logs = logs / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.ended_by_us = False
        self.died: list[int] = []
        """Exit codes of ends that nobody asked for."""

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def log(self) -> str:
        return self._logs.read_text(errors="replace") if self._logs.exists() else ""

    @property
    def pid(self) -> int:
        assert self._process is not None, f"{self.name} is not running"
        return self._process.pid

    def start(self, **more: str) -> None:
        """Start it, with further settings; it may not be ready yet."""
        command = launch.command([SHOPBELL, "serve", self._service], signal.SIGKILL)
        with self._logs.open("ab") as output:
            self._process = launch.start(command, output, {**self._environment, **more})
        self.ended_by_us = False

    def wait_ready(self) -> None:
        """Until /readyz says yes. Raises AssertionError if it dies or takes too long."""
        try:
            wait_until(self._ready_or_died, READY_SECONDS)
        except AssertionError as error:
            raise AssertionError(f"{self.name} is not ready: {self.missing()}\n{self.log[-3000:]}") from error

    def is_ready(self) -> bool:
        return self.missing() == ""

    def missing(self) -> str:
        """What /readyz says is missing, or why it does not say."""
        try:
            answer = httpx.get(f"{self.url}/readyz", timeout=3)
        except httpx.HTTPError as error:
            return repr(error)
        return "" if answer.status_code == 200 else answer.text.strip() or str(answer.status_code)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def is_stopped(self) -> bool:
        return psutil.Process(self.pid).status() == psutil.STATUS_STOPPED

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM, and wait for the good end. Raises AssertionError if it does not come."""
        self._end(signal.SIGTERM)

    def pause(self) -> None:
        psutil.Process(self.pid).suspend()

    def resume(self) -> None:
        psutil.Process(self.pid).resume()

    def revive(self, **more: str) -> bool:
        """Start it again if it is dead, as a supervisor does. Notes an end that was not ours."""
        if self.is_running():
            return False
        if self._process is not None and not self.ended_by_us:
            self.died.append(self._process.returncode)
        self.start(**more)
        return True

    def _ready_or_died(self) -> bool:
        assert self.is_running(), f"{self.name} died:\n{self.log[-3000:]}"
        return self.is_ready()

    def _end(self, number: signal.Signals) -> None:
        assert self._process is not None
        self.ended_by_us = True
        if self._process.poll() is not None:
            return
        started = time.monotonic()
        self._process.send_signal(number)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"{self.name} did not end within {time.monotonic() - started:.0f} s") from None


def run_cli(environment: dict[str, str], *arguments: str) -> str:
    """Run `shopbell`; what it printed. Raises AssertionError if it fails."""
    done = subprocess.run(
        [SHOPBELL, *arguments], env=environment, text=True, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, f"shopbell {' '.join(arguments)}: {done.stderr or done.stdout}"
    return done.stdout


def environment_of(settings: dict[str, str]) -> dict[str, str]:
    """The environment of a process: ours, without settings that somebody has set, and these."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SHOPBELL_")}
    return {**ours, **{f"SHOPBELL_{name}": value for name, value in settings.items()}, "PYTHONUNBUFFERED": "1"}
