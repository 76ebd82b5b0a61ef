"""Which events a socket has had of a conversation, and bringing it up to date."""

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from services.gateway.sockets.outbox import Outbox

if TYPE_CHECKING:
    from services.gateway.live.catching_up import CatchingUp

TOO_FAR: Final = 2**53


class Listener(Protocol):
    """What follows conversations: a socket."""

    outbox: Outbox
    audience: ClassVar[int]

    def dismiss(self, visitor: str) -> None:
        """The conversation has become this visitor's: whoever is somebody else must leave."""

    def is_over(self) -> None:
        """The conversation is archived or deleted: it goes on no more."""


class Follow:
    """One socket's place in one conversation: forwards exactly the next event, drops what it had, reads up on a gap."""

    __slots__ = (
        "again",
        "asked",
        "catching_up",
        "conversation",
        "last",
        "listener",
        "place",
        "shop",
        "task",
        "unasked_until",
    )

    def __init__(self, shop: str, conversation: str, last: int, listener: Listener, catching_up: "CatchingUp") -> None:
        self.shop = shop
        self.conversation = conversation
        self.last = last
        """`seq` of the last event queued for the socket."""
        self.listener = listener
        self.catching_up = catching_up
        self.task: asyncio.Task[None] | None = None
        self.again = False
        self.asked = 0
        """How many `resumed` are owed."""
        self.place = 0
        """In the line, as the socket knows it; 0: none."""
        self.unasked_until = 0.0
        """Until then a `resume` from the very start is taken as answered by what came with `welcome`."""

    def offer(self, seq: int, frames: tuple[str, str]) -> None:
        """A live event."""
        if seq == self.last + 1:
            self.last = seq
            self.listener.outbox.put(frames[self.listener.audience])
        elif seq > self.last:
            self.behind()

    def behind(self) -> None:
        """There is more in the log than this socket has had."""
        self.again = True
        if self.task is None:
            self.task = asyncio.get_running_loop().create_task(self.catching_up.run(self))

    def resume(self, after: int) -> None:
        """Send what follows `after`, then `resumed`. Nobody knows of more than was sent here."""
        self.last = min(after, self.last)
        self.asked += 1
        self.behind()

    def stop(self) -> None:
        """The socket has gone or has turned to another conversation."""
        if self.task is not None:
            self.task.cancel()
            self.task = None
