"""One supervised process: started, watched, started again when it dies, stopped in good order."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from services.common.logs import logger
from services.standalone.launch import LaptopError
from services.standalone.probes import Probe

log = logger(__name__)

FIRST_RETRY_SECONDS = 0.1
LAST_RETRY_SECONDS = 10.0
STEADY_SECONDS = 2.0
"""A process that lived this long starts again at once: only one that dies while starting is made to wait."""
STARTING_POLL_SECONDS = 0.03
RUNNING_POLL_SECONDS = 2.0
FATAL_WORDS = ("FATAL:", "PANIC:", "[FTL]")
"""How PostgreSQL and nats-server begin the line that says why they end."""
LOG_BYTES = 10 << 20
"""A log file larger than this is put aside when its process starts."""


@dataclass(frozen=True)
class Program:
    """What to run and how to tell that it works."""

    name: str
    services: dict[str, int | None]
    """What runs in this process: at least one, with the port of those for browsers."""
    arguments: list[str]
    probe: Probe
    log_file: Path
    environment: dict[str, str] | None = None
    prepare: Callable[[], None] | None = None
    """Blocking; called before each start."""
    clear: Callable[[], None] | None = None
    """Called after the last stop."""
    ops_port: int | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    first_tries: int = 1
    """How often it may die before it was ever ready, until the whole start is given up."""


@dataclass
class Child:
    """A program with its process. `changed` is called whenever pid or readiness changed."""

    program: Program
    changed: Callable[[], None]
    pid: int | None = None
    ready: bool = False
    restarts: int = 0
    was_ready: asyncio.Event = field(default_factory=asyncio.Event)
    _process: asyncio.subprocess.Process | None = None
    _stopping: bool = False

    async def run(self) -> None:
        """Keep it running until `stop`. Raises LaptopError if it never comes up."""
        delay, failures = FIRST_RETRY_SECONDS, 0
        while not self._stopping:
            born = time.monotonic()
            code = await self._one_life()
            if self._stopping:
                return
            failures += 1
            if not self.was_ready.is_set() and failures >= self.program.first_tries:
                raise LaptopError(f"{self.program.name} could not start: {self.last_words(code)}")
            delay = FIRST_RETRY_SECONDS if time.monotonic() - born > STEADY_SECONDS else delay
            tell = log.warning if self.was_ready.is_set() else log.info
            tell("Process died, starting it again", process=self.program.name, exit_code=code, after=delay)
            await asyncio.sleep(delay)
            delay = min(2 * delay, LAST_RETRY_SECONDS)
            self.restarts += 1

    async def stop(self) -> None:
        """Ask it to end, and end it if it doesn't."""
        self._stopping = True
        await self._end()
        if self.program.clear is not None:
            self.program.clear()

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        _send(process, self.program.stop_signal)
        try:
            async with asyncio.timeout(self.program.stop_seconds):
                await process.wait()
        except TimeoutError:
            log.warning("Process did not end when asked, killing it", process=self.program.name)
            _send(process, signal.SIGKILL)
            await process.wait()

    def last_words(self, code: int | None) -> str:
        """The last line of its log, which says why it died, with where to read more."""
        lines = self.program.log_file.read_text(errors="replace").split("\n") if self.program.log_file.exists() else []
        lines = [words for line in lines if (words := line.strip(" |+-\r"))]
        telling = [line for line in lines if any(word in line for word in FATAL_WORDS)]
        said = (telling or lines or [f"exit code {code}"])[-1].removeprefix("Error: ")
        return f"{said} (see {self.program.log_file})"

    async def _one_life(self) -> int:
        """Start, watch until it ends, and return its exit code."""
        if self.program.prepare is not None:
            await asyncio.to_thread(self.program.prepare)
        if self._stopping:
            return 0
        self._process = process = await self._spawn()
        self._set(process.pid, False)
        watcher = asyncio.create_task(self._watch())
        try:
            return await process.wait()
        finally:
            watcher.cancel()
            self._set(None, False)

    async def _spawn(self) -> asyncio.subprocess.Process:
        _put_aside(self.program.log_file)
        with self.program.log_file.open("ab") as output:
            return await asyncio.create_subprocess_exec(
                *self.program.arguments,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                env=self.program.environment,
                start_new_session=True,
            )

    async def _watch(self) -> None:
        """Ask again and again whether it is ready."""
        while True:
            ready = await self.program.probe()
            self._set(self.pid, ready)
            if ready:
                self.was_ready.set()
            await asyncio.sleep(RUNNING_POLL_SECONDS if ready else STARTING_POLL_SECONDS)

    def _set(self, pid: int | None, ready: bool) -> None:
        if (self.pid, self.ready) != (pid, ready):
            self.pid, self.ready = pid, ready
            self.changed()


def _send(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    """A paused process must go on to hear that it should end."""
    try:
        process.send_signal(number)
        os.kill(process.pid, signal.SIGCONT)
    except ProcessLookupError:
        log.debug("Process ended by itself", pid=process.pid)


def _put_aside(file: Path) -> None:
    if file.exists() and file.stat().st_size > LOG_BYTES:
        file.replace(file.with_suffix(".log.1"))
