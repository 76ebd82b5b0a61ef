"""The connection to NATS: it never gives up, and tells who listens when it was away."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import nats
from nats.aio.subscription import Subscription
from nats.errors import SlowConsumerError
from nats.js import JetStreamContext

from services.common.direct import DirectClient
from services.common.logs import logger

log = logger(__name__)

Listener = Callable[[], None]

CONNECT_SECONDS = 2
RECONNECT_WAIT_SECONDS = 0.2
PING_SECONDS = 5
PENDING_BYTES = 8 << 20
"""What may wait to be written while the server is slow or away; a publish on top raises."""


@dataclass
class Broker:
    """A connection with its JetStream, and who wants to know about its ups and downs.

    Listeners are called in the event loop and must not wait: set an event, start a task.
    """

    client: DirectClient = field(default_factory=DirectClient)
    on_disconnect: list[Listener] = field(default_factory=list)
    on_reconnect: list[Listener] = field(default_factory=list)
    on_slow_consumer: list[Callable[[Subscription], None]] = field(default_factory=list)
    _last_error: str = ""

    @property
    def js(self) -> JetStreamContext:
        return self.client.jetstream(timeout=5)

    @property
    def connected(self) -> bool:
        return self.client.is_connected

    async def connect(self, url: str, name: str) -> "Broker":
        """Connect to the servers of `url` (comma-separated), waiting for as long as it takes."""
        servers, user, password = parse_url(url)
        await self.client.connect(
            servers=servers,
            user=user,
            password=password,
            name=name,
            connect_timeout=CONNECT_SECONDS,
            allow_reconnect=True,
            max_reconnect_attempts=-1,
            reconnect_time_wait=RECONNECT_WAIT_SECONDS,  # type: ignore[arg-type]  # a sleep; fractions work
            ping_interval=PING_SECONDS,
            max_outstanding_pings=2,
            pending_size=PENDING_BYTES,
            disconnected_cb=self._disconnected,
            reconnected_cb=self._reconnected,
            error_cb=self._failed,
        )
        return self

    async def close(self) -> None:
        """Send what waits, and close."""
        if self.client.is_connected:
            try:
                await self.client.flush(timeout=1)
            except nats.errors.Error:
                log.warning("Unsent messages dropped on close")
        await self.client.close()

    async def _disconnected(self) -> None:
        if self.client.is_closed:
            return
        log.warning("Broker lost")
        for listener in self.on_disconnect:
            listener()

    async def _reconnected(self) -> None:
        self._last_error = ""
        log.warning("Broker back")
        for listener in self.on_reconnect:
            listener()

    async def _failed(self, error: Exception) -> None:
        """nats-py reports each attempt to reconnect; one line a kind is enough."""
        if isinstance(error, SlowConsumerError):
            log.warning("Subscription lags, messages dropped", subject=error.subject)
            for listener in self.on_slow_consumer:
                listener(error.sub)
            return
        kind = f"{type(error).__name__}: {error}"
        if kind != self._last_error:
            self._last_error = kind
            log.warning("Broker error", error=kind)


def parse_url(url: str) -> tuple[list[str], str | None, str | None]:
    """The servers of a comma-separated URL, without credentials; user and password of the first.

    The nodes of a cluster name each other, of course without credentials. With them in the URL, nats-py would take
    those names for other servers, and a connection that is refused there may be closed for good.
    """
    parts = [urlsplit(one.strip()) for one in url.split(",")]
    servers = [one._replace(netloc=one.netloc.rpartition("@")[2]).geturl() for one in parts]
    first = parts[0]
    if not first.username or first.password is None:
        return [one.geturl() for one in parts], None, None
    return servers, unquote(first.username), unquote(first.password)


async def connect(url: str, name: str) -> Broker:
    """A connection of a process; `name` shows in the server's list of connections."""
    return await Broker().connect(url, name)
