"""Servers of the tests' own: real processes that can be killed, paused and started again."""

import secrets
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import psutil

from services.standalone import launch
from services.standalone.nats import NatsFolder
from services.standalone.ports import free_ports
from services.standalone.postgres import PostgresFolder
from tests.support.waiting import wait_until

START_SECONDS = 20.0
STOP_SECONDS = 20.0
GONE_SECONDS = 10.0


class Folder(Protocol):
    """What a server needs from its data folder."""

    def prepare(self) -> None: ...
    def server_command(self) -> list[str]: ...
    def answers(self) -> bool: ...


class Server:
    """One server process on one data folder."""

    def __init__(
        self, folder: Folder, log: Path, stop_signal: signal.Signals, start_seconds: float = START_SECONDS
    ) -> None:
        """`start_seconds`: how long a start may take."""
        self.name, self._start_seconds = log.stem, start_seconds
        self._folder, self._log, self._stop_signal = folder, log, stop_signal
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server is not running"
        return self._process.pid

    @property
    def answers(self) -> bool:
        """Whether it takes connections now."""
        return self._folder.answers()

    def start(self) -> None:
        """Start, or start again with the same data, and wait until it answers."""
        self._folder.prepare()
        with self._log.open("ab") as log:
            self._process = launch.start(self._folder.server_command(), log)
        wait_until(self._answers_or_died, self._start_seconds, what=f"the start of {self.name}")

    def stop(self) -> None:
        """Stop in good order; a server that is not running stays so."""
        self._end(self._stop_signal)

    def kill(self) -> None:
        """End it with all that it started, at once, as a power cut would."""
        below: list[psutil.Process] = []
        if self._process is not None:
            process = psutil.Process(self.pid)
            process.suspend()  # or it starts another for the first that is gone, and that one outlives us all
            below = process.children(recursive=True)
            for child in below:
                with suppress(psutil.NoSuchProcess):
                    child.kill()
        self._end(signal.SIGKILL)
        psutil.wait_procs(below, timeout=GONE_SECONDS)

    def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        process = psutil.Process(self.pid)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                one.send_signal(number)

    def _answers_or_died(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, f"the server died at once:\n{self._log.read_text()[-2000:]}"
        return self._folder.answers()

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


class NatsServer(Server):
    """nats-server with JetStream; its port stays the same over restarts."""

    def __init__(self, folder: Path) -> None:
        self._nats = NatsFolder(folder / "nats", free_ports(1)[0], secrets.token_hex(8))
        super().__init__(self._nats, folder / "nats.log", signal.SIGTERM)

    @property
    def url(self) -> str:
        return self._nats.url


class PostgresServer(Server):
    """PostgreSQL on a Unix socket; its socket stays the same over restarts."""

    def __init__(self, folder: Path, options: Mapping[str, str] | None = None) -> None:
        self._postgres = PostgresFolder(folder / "pg", options)
        super().__init__(self._postgres, folder / "pg.log", signal.SIGINT)

    @property
    def dsn(self) -> str:
        """Of the server's own database `postgres`."""
        return self._postgres.dsn

    def stop(self) -> None:
        super().stop()
        self._postgres.clear()
