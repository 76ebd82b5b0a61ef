"""`shopbell run`: broker, database and every service of this machine, from start to Ctrl-C."""

import asyncio
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterable
from pathlib import Path

from services.common.settings import LaptopSettings
from services.standalone import demo, plan, state
from services.standalone.child import Child, Program
from services.standalone.launch import LaptopError

READY_SECONDS = 90.0
"""How long the whole may take to come up; a slow disk's first start included."""


class Supervisor:
    """Holds the children, keeps the state file true, and stops them in order."""

    def __init__(self, settings: LaptopSettings, planned: plan.Plan) -> None:
        self._home: Path = settings.home
        self._planned = planned
        self._servers = [Child(program, self._write_state) for program in planned.servers]
        self._services = [Child(program, self._write_state) for program in planned.services]
        self._running: set[asyncio.Task[None]] = set()

    async def start(self, helpers: Iterable[tuple[str, ...]] = ()) -> None:
        """Start everything and wait until all is ready; `helpers` run beside the services.

        Raises LaptopError if something does not come up.
        """
        await self._until_ready(self._servers)
        await self._help("migrate", "--quiet")
        await asyncio.gather(self._until_ready(self._services), *(self._help(*helper) for helper in helpers))

    async def wait(self) -> None:
        """Until a child can't be kept running. Raises what ended it."""
        while self._running:
            done, _ = await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                self._running.discard(task)
                task.result()

    async def stop(self) -> None:
        """Gateways first, so that nothing new comes in; then who works; then what they work on."""
        gateways = [child for child in self._services if "gateway" in child.program.services]
        workers = [child for child in self._services if child not in gateways]
        for group in (gateways, workers, self._servers):
            await asyncio.gather(*(child.stop() for child in group))
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        state.write(self._home, [])

    async def _until_ready(self, children: list[Child]) -> None:
        """Start them together; the first that gives up ends the waiting."""
        tasks = {asyncio.create_task(child.run()) for child in children}
        self._running |= tasks
        ready = asyncio.create_task(_all_ready(children))
        done, _ = await asyncio.wait({ready, *tasks}, timeout=READY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if ready in done:
            return
        ready.cancel()
        for task in done:
            task.result()
        late = next(child for child in children if not child.was_ready.is_set())
        raise LaptopError(f"{late.program.name} did not get ready in time: {late.last_words(None)}")

    async def _help(self, *arguments: str) -> None:
        """Run our command line to its end. Raises LaptopError with the last line that it said if it failed."""
        process = await asyncio.create_subprocess_exec(
            *self._planned.helper(*arguments), env=self._planned.environment, stdin=DEVNULL, stdout=PIPE, stderr=PIPE
        )
        try:
            out, err = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        if process.returncode:
            said = (err.decode(errors="replace").strip() or out.decode(errors="replace").strip()).splitlines()
            raise LaptopError(said[-1].removeprefix("Error: ") if said else f"shopbell {arguments[0]} failed.")

    def _write_state(self) -> None:
        state.write(
            self._home, [one for child in (*self._servers, *self._services) if child.pid for one in _running(child)]
        )


async def _all_ready(children: list[Child]) -> None:
    for child in children:
        await child.was_ready.wait()


def _running(child: Child) -> list[state.Running]:
    """One entry a service; those of one process have its pid in common."""
    program: Program = child.program
    assert child.pid is not None
    created = state.created_at(child.pid)
    return [
        state.Running(
            name=program.name,
            service=service,
            pid=child.pid,
            created=created,
            ready=child.ready,
            restarts=child.restarts,
            port=port,
            ops_port=program.ops_port,
        )
        for service, port in program.services.items()
    ]


async def run(settings: LaptopSettings) -> None:
    """Run the installation until a signal. Raises LaptopError if it can't start or can't go on."""
    started = time.monotonic()
    stop = _stop_event()
    with state.lock(settings.home):
        state.end_leftovers(settings.home)
        port = plan.taken_port(settings)
        if port is not None:
            raise LaptopError(f"Port {port} is taken by another program: set SHOPBELL_PORT to a free one.")
        supervisor = Supervisor(settings, plan.make(settings))
        try:
            await _run_until(stop, supervisor, settings, started)
        finally:
            await supervisor.stop()


def _stop_event() -> asyncio.Event:
    """Set by Ctrl-C, SIGTERM and the end of the terminal (unless nohup had that ignored)."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _run_until(stop: asyncio.Event, supervisor: Supervisor, settings: LaptopSettings, started: float) -> None:
    stopping = asyncio.create_task(stop.wait())
    working = asyncio.create_task(_start_and_wait(supervisor, settings, started))
    await asyncio.wait({stopping, working}, return_when=asyncio.FIRST_COMPLETED)
    if working.done():
        stopping.cancel()
        working.result()
        return
    _say("Stopping …")
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


async def _start_and_wait(supervisor: Supervisor, settings: LaptopSettings, started: float) -> None:
    await supervisor.start([("demo",)] if settings.demo else [])
    _say(demo.banner(settings, time.monotonic() - started))
    await supervisor.wait()


def _say(text: str) -> None:
    print(text, file=sys.stdout, flush=True)
