"""What the owner of a partition does for its timers: those that are due become commands to itself."""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime

from contracts.command import Command
from contracts.event import Event
from services.common.eventlog.definition import Surroundings
from services.common.logs import logger
from services.engagement.slices import FIRE
from services.engagement.timers.fired import Fired, Look
from services.engagement.timers.timer import Timer

log = logger(__name__)


class EngagementDuties:
    """Of one partition. Who looks at the table of timers asks `wanted` and tells `found`."""

    def __init__(self, around: Surroundings) -> None:
        self._wake = around.wake
        self._fired = Fired()
        self._due: deque[Command] = deque()

    @property
    def busy(self) -> bool:
        """Never: what is due may have to wait for the broker, and who finds it wakes the loop."""
        return False

    @property
    def wanted(self) -> Look | None:
        """Which due timers to look for; none as long as those found last are not done."""
        return None if self._due else self._fired.look

    def found(self, timers: Sequence[Timer], look: Look, now: datetime) -> None:
        """What that look has found, the longest due first."""
        for timer in self._fired.fresh(timers, look, now):
            command = FIRE.get(timer.kind)
            if command is None:
                log.warning("Timer of an unknown kind", kind=timer.kind)
            else:
                self._due.append(command(timer))
        if self._due:
            self._wake()

    async def begin(self) -> None:
        """What is due is found at the next look."""

    async def due(self, now: datetime) -> Sequence[Command]:
        """The commands of the timers found since."""
        commands = list(self._due)
        self._due.clear()
        return commands

    async def turn(self) -> None:
        """Nothing waits between two batches."""

    def stored(self, events: Sequence[Event]) -> None:
        """The table follows the log, not us."""

    async def run(self) -> None:
        """Nothing runs beside the loop."""
        await asyncio.Event().wait()

    def was_away(self) -> None:
        """A timer is due however long nobody looked."""

    def broker_back(self) -> None:
        """Nobody is shown anything."""

    def end(self) -> None:
        """The next owner finds what is left."""
        self._due.clear()
