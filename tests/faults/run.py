"""One scenario under way: load on an installation, faults at random moments, and the books at the end."""

from __future__ import annotations

import random
import threading
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

from contracts import subjects
from tests.faults.books import Books
from tests.faults.checker import check
from tests.faults.findings import Finding, short
from tests.faults.installation import Installation
from tests.faults.load_process import LoadProcess
from tests.faults.services import Service
from tests.support.processes import Server
from tests.support.waiting import wait_until

MESSAGES_A_SECOND = 260.0
"""Said freely; another hundred comes from the fights and for the silent."""
SETTLE_SECONDS = 2.0
BETWEEN_SECONDS = (0.2, 2.0)
PAUSE_SECONDS = (0.5, 5.0)
DEAD_SECONDS = (0.0, 1.5)
KEEPER_SECONDS = 0.2
ANSWERING_SECONDS = 30.0
DYING_SECONDS = 60.0
WATCHED_SECONDS = 30.0


@dataclass
class Outcome:
    """What a scenario showed."""

    faults: int
    stored: int
    seconds: float
    silences: list[float]
    """After each fault, the longest time in which some shop got nothing stored."""
    findings: list[Finding]
    deaths: list[str]
    """Processes that ended by themselves."""
    left: int
    """Commands that were still unanswered at the end."""
    refused: dict[str, int] = field(default_factory=dict)

    def assert_sound(self) -> None:
        """Raise AssertionError with what was found."""
        assert not self.findings, f"{len(self.findings)} findings:\n{short(self.findings)}"
        assert not self.deaths, f"processes ended by themselves: {self.deaths}"
        assert self.left == 0, f"{self.left} commands were never answered"


class Run:
    """What scenarios do: kill, pause and end processes, and wait until answers come again."""

    def __init__(self, installation: Installation, name: str, seed: int) -> None:
        self.installation, self.name = installation, name
        self.chance = random.Random(seed)
        self.moments: list[float] = []
        self.books: Books | None = None
        self.load: LoadProcess = installation.load(name, seed, MESSAGES_A_SECOND)
        self.started = time.monotonic()
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()
        time.sleep(SETTLE_SECONDS)

    # Faults

    def kill(self, target: Service | Server) -> None:
        """kill -9, and start again a little later."""
        self.note(f"kill {target.name}")
        target.kill()
        time.sleep(self.chance.uniform(*DEAD_SECONDS))
        self._start(target)

    def pause(self, target: Service | Server, seconds: float | None = None) -> None:
        """SIGSTOP, and SIGCONT a little later."""
        self.note(f"pause {target.name}")
        target.pause()
        time.sleep(self.chance.uniform(*PAUSE_SECONDS) if seconds is None else seconds)
        target.resume()

    def end(self, target: Service | Server) -> None:
        """SIGTERM (the database: its like), the good end, and start again."""
        self.note(f"end {target.name}")
        target.stop()
        time.sleep(self.chance.uniform(*DEAD_SECONDS))
        self._start(target)

    def die_at(self, service: Service, failpoints: list[str]) -> None:
        """The service kills itself at each of these places, one after the other, and goes on well in the end."""
        service.stop()
        for failpoint in failpoints:
            service.start(SHOPBELL_FAILPOINTS=failpoint)
            service.ended_by_us = True  # from here on it may
            wait_until(lambda: not service.is_running(), DYING_SECONDS, what=f"{service.name} dying at {failpoint}")
            self.note(f"{service.name} has died: {failpoint}")
            time.sleep(self.chance.uniform(*DEAD_SECONDS))
        service.start()

    def stop_at(self, service: Service, failpoint: str) -> None:
        """Start the service with a failpoint that stops it, and wait until it stands still there."""
        service.stop()
        service.start(SHOPBELL_FAILPOINTS=failpoint)
        wait_until(service.is_stopped, ANSWERING_SECONDS, what=f"{service.name} stopping at {failpoint}")
        self.note(f"{service.name} stands still: {failpoint}")

    def breathe(self) -> None:
        """A random time in which all goes well; begins once everything answers again."""
        for service in self.installation.services.values():
            service.wait_ready()
        sent = self.load.state.get("sent", 0)
        wait_until(lambda: self.load.state.get("sent", 0) > sent, ANSWERING_SECONDS, what="messages going on")
        time.sleep(self.chance.uniform(*BETWEEN_SECONDS))

    # The end

    def finish(self) -> Outcome:
        """Stop the load, compare the books."""
        self._over.set()
        self._keeper.join()
        seconds = time.monotonic() - self.started
        stopping = time.monotonic()
        left = self.load.stop()
        print(f"{self.name}: {len(self.moments)} faults, drained in {time.monotonic() - stopping:.1f} s, {left}")
        books = self.books = self.installation.books(self.load)
        self.load.leave()
        services = self.installation.services.values()
        findings = check(books)
        if findings:
            print(short(findings))
        return Outcome(
            faults=len(self.moments),
            stored=sum(command.stored_at is not None for command in books.commands.values()),
            seconds=seconds,
            silences=silences(books, self.moments),
            findings=findings,
            deaths=[f"{service.name} ({code})" for service in services for code in service.died],
            left=left["unanswered"],
            refused=left["refused"],
        )

    def note(self, what: str) -> None:
        """A fault happens now."""
        print(f"{datetime.now(UTC):%H:%M:%S.%f} {what}")
        self.moments.append(time.monotonic())

    def _start(self, target: Service | Server) -> None:
        target.start()
        if isinstance(target, Service):
            target.wait_ready()

    def _keep(self) -> None:
        """As a supervisor: what ended by itself is started again, and remembered."""
        while not self._over.wait(KEEPER_SECONDS):
            for service in self.installation.services.values():
                if not service.ended_by_us:
                    service.revive()


@contextmanager
def running(installation: Installation, name: str, seed: int) -> Iterator[Run]:
    """A scenario; its load is gone in the end, however it ends."""
    run = Run(installation, name, seed)
    try:
        yield run
    finally:
        run._over.set()
        run.load.kill()


def silences(books: Books, moments: list[float], shops: set[str] | None = None) -> list[float]:
    """For each moment, the longest time until the next one (at most 30 s) in which a shop got nothing stored."""
    stored: dict[str, list[float]] = defaultdict(list)
    for entry in books.journal:
        shop = entry.who.partition("/")[0]
        if entry.what == "stored" and (shops is None or shop in shops):
            stored[shop].append(entry.t)
    ends = [*moments, float("inf")][1:]
    return [
        max((_longest_gap(times, moment, min(end, moment + WATCHED_SECONDS)) for times in stored.values()), default=0.0)
        for moment, end in zip(moments, ends, strict=True)
    ]


def _longest_gap(times: list[float], start: float, end: float) -> float:
    """The longest time between two of them of which a part lies between start and end, counted from start on."""
    first, last = bisect_right(times, start), bisect_right(times, end)
    within = [start, *times[first : last + 1]]
    return max((after - before for before, after in pairwise(within)), default=0.0)


def shops_of(installation: Installation, partitions: set[int]) -> set[str]:
    """The shops of these partitions."""
    return {shop for shop in installation.shops if subjects.partition_of(shop) in partitions}
