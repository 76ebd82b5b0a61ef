"""Hearing at low rates, served by FastStream."""

from collections.abc import Awaitable, Callable
from types import TracebackType

from faststream.nats import NatsBroker
from faststream.security import SASLPlaintext
from nats.errors import Error

from services.common.broker import parse_url


class Hearing(NatsBroker):
    """A FastStream broker that waits for its server for ever, and stops also while that is away."""

    def __init__(self, url: str, name: str, back: Callable[[], Awaitable[None]] | None = None) -> None:
        """`back` is called when the connection was away and is there again."""
        servers, user, password = parse_url(url)
        super().__init__(
            servers,
            security=SASLPlaintext(user, password) if user and password else None,
            name=name,
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
            reconnected_cb=back,
            logger=None,
            graceful_timeout=1.0,
        )

    async def stop(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> None:
        """There is nothing to wait for where nobody answers: what `drain` refuses is closed."""
        connection = self._connection
        try:
            await super().stop(exc_type, exc_val, exc_tb)
        except Error:
            if connection is not None:
                await connection.close()
