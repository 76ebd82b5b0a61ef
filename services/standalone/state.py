"""What runs from a home folder: a file for `shopbell status`, a lock against a second start, and leftovers."""

import fcntl
import json
import os
import signal
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import psutil

from services.standalone.launch import LaptopError

STATE_FILE = "state.json"
LOCK_FILE = "lock"
ORPHAN_SECONDS = 10.0
CREATED_TOLERANCE_SECONDS = 120.0
"""Times of creation move when the machine's clock is set; a pid comes round again only after millions."""


@dataclass(frozen=True)
class Running:
    """One process of the installation. `created` tells it from a later process with the same pid."""

    name: str
    service: str
    pid: int
    created: float
    ready: bool
    restarts: int
    port: int | None = None
    ops_port: int | None = None

    def process(self) -> psutil.Process | None:
        """The very process, if it still runs."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < CREATED_TOLERANCE_SECONDS
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None


def created_at(pid: int) -> float:
    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return 0.0


def write(home: Path, processes: Iterable[Running]) -> None:
    """Replace the state file; a reader sees the old or the new one."""
    fresh = home / (STATE_FILE + ".new")
    fresh.write_text(json.dumps({"supervisor": os.getpid(), "processes": [asdict(one) for one in processes]}, indent=1))
    fresh.replace(home / STATE_FILE)


def read(home: Path) -> list[Running]:
    """What the state file says, which may be about a run that is over. Empty if there is none or it is broken."""
    try:
        said: dict[str, Any] = json.loads((home / STATE_FILE).read_text())
        return [Running(**one) for one in said["processes"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def lock(home: Path) -> IO[str]:
    """Hold the home folder for as long as the returned file is open. Raises LaptopError if another run holds it."""
    try:
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        file = (home / LOCK_FILE).open("a+")
    except OSError as error:
        raise LaptopError(f"The data folder {home} can't be used: {error.strerror}. Set SHOPBELL_HOME.") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        raise LaptopError(f"Shopbell already runs with the data in {home} (process {holder}).") from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def end_leftovers(home: Path) -> None:
    """End what a killed run left behind: services at once, servers in good order. Needs the lock."""
    found = [(one, process) for one in read(home) if (process := one.process()) is not None]
    for one, process in found:
        polite = {"postgres": signal.SIGINT, "nats": signal.SIGTERM}
        process.send_signal(polite.get(one.service, signal.SIGKILL))
        process.send_signal(signal.SIGCONT)
    _, alive = psutil.wait_procs([process for _, process in found], ORPHAN_SECONDS)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, ORPHAN_SECONDS)
    (home / STATE_FILE).unlink(missing_ok=True)
