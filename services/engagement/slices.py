"""All parts of the log `engagement`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from contracts.command import Command
from contracts.event import Event
from services.engagement.campaigns.handlers import SLICE as CAMPAIGNS
from services.engagement.polls.handlers import SLICE as POLLS
from services.engagement.review_requests.handlers import SLICE as REVIEW_REQUESTS
from services.engagement.slice import Slice
from services.engagement.timers.timer import Change, Timer

SLICES: Final[tuple[Slice, ...]] = (CAMPAIGNS, REVIEW_REQUESTS, POLLS)

TIMERS: Final[Mapping[type[Event], Callable[[Any], Sequence[Change]]]] = {
    event: changes for part in SLICES for event, changes in part.timers.items()
}
FIRE: Final[Mapping[str, Callable[[Timer], Command]]] = {
    kind: command for part in SLICES for kind, command in part.fire.items()
}
