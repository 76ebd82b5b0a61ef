"""Which shops ask something at present: known to every gateway, so that a welcome need not look it up."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from services.common.database import DatabaseAway
from services.common.languages import with_base
from services.common.logs import logger
from services.gateway.polls.rows import PollRow

log = logger(__name__)

LOOK_SECONDS: Final = 30.0
"""Heals what was not heard."""
SOON_SECONDS: Final = 0.5
"""After a poll was opened or closed: the tables follow the log within moments."""
AGAIN_SECONDS: Final = (2.0,) * 10
"""After that, as they may be slow, or their writer begins anew somewhere: it is one small question."""
AWAY_SECONDS: Final = 2.0
"""After a look in vain: who begins while the database is away would know of no poll for long."""

Read = Callable[[], Awaitable[list[PollRow]]]


class OpenPolls:
    """The open polls of all shops, of which there are few."""

    def __init__(self, read: Read, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """`read` gives the open ones, who opened last first; it raises psycopg's errors while the database is away."""
        self._read, self._clock = read, clock
        self._polls: dict[str, list[PollRow]] = {}
        self._heard = asyncio.Event()

    def of(self, shop: str, locale: str) -> list[PollRow]:
        """Those for pages in this language, of whatever group, who opened last first."""
        if shop not in self._polls:
            return []
        now, spoken = self._clock(), with_base(locale)
        return [
            poll
            for poll in self._polls[shop]
            if poll.is_votable(now) and (poll.content.language is None or poll.content.language.lower() in spoken)
        ]

    def on_page(self, shop: str, locale: str, group: str | None) -> list[PollRow]:
        """Those for pages in this language and of this group, who opened last first."""
        return [poll for poll in self.of(shop, locale) if not poll.content.groups or group in poll.content.groups]

    def find(self, shop: str, poll: UUID) -> PollRow | None:
        """The poll, if it was open when last looked."""
        return next((one for one in self._polls.get(shop, ()) if one.id == poll), None)

    async def heard(self, _message: object) -> None:
        """Something became of some poll."""
        self._heard.set()

    async def run(self) -> None:
        """Keep up, until cancelled."""
        again: Iterator[float] = iter(())
        while True:
            pause = next(again, LOOK_SECONDS) if await self._look() else AWAY_SECONDS
            try:
                await asyncio.wait_for(self._heard.wait(), pause)
            except TimeoutError:
                continue
            self._heard.clear()
            again = iter(AGAIN_SECONDS)
            await asyncio.sleep(SOON_SECONDS)

    async def _look(self) -> bool:
        """Whether the tables could be asked."""
        try:
            rows = await self._read()
        except DatabaseAway as error:
            log.warning("The database is away, polls stay as known", error=type(error).__name__)
            return False
        polls: dict[str, list[PollRow]] = {}
        for row in rows:
            polls.setdefault(row.shop, []).append(row)
        self._polls = polls
        return True
