"""What a rebuild must know of the tables that it makes anew."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from services.common.settings import Settings
from services.projections.fresh import Connection, FreshTables
from services.projections.paging import Projection

Upto = Mapping[int, int]
"""The last event that counts, of each partition."""
Watch = Callable[[int], Awaitable[None]]
"""Hears from time to time how many events were read."""


class RebuildFailed(Exception):
    """Nothing has changed; the message is one sentence for a person."""


async def nothing_more(_connection: Connection) -> None:
    """The rows are whole as the replay leaves them."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The tables of one projection, and how they are filled.

    `keys` names their primary keys, `as_written` columns that depend on the release that wrote them, `counted` the
    tables that a check counts, with the word for their rows. `replay` fills the fresh tables up to the given events;
    `open` makes the projection that follows the rest; `complete` does what was left for the end of the replay.
    """

    log: str
    tables: FreshTables
    keys: Mapping[str, tuple[str, ...]]
    as_written: Mapping[str, list[str]] = field(default_factory=dict)
    counted: Callable[[list[int]], str]
    open: Callable[[Settings, AsyncExitStack], Awaitable[Projection]]
    replay: Callable[[Settings, Connection, Upto, Watch], Awaitable[None]]
    complete: Callable[[Connection], Awaitable[None]] = nothing_more

    @property
    def name(self) -> str:
        """As the command line and the positions have it."""
        return self.tables.projection
