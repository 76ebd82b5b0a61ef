"""Subscriptions whose messages are handed over at once, by the task that reads them from the broker.

nats-py gives each subscription a queue and a task (about 5 KiB), parses headers that nobody looks at, and takes
several turns of the event loop for each message. Whoever hears thousands of subjects, or thousands of messages a
second, and never waits in a callback, needs none of that. Its checking of headers takes longer than publishing.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from nats.aio.client import Client
from nats.aio.subscription import Subscription
from nats.errors import BadHeaderError, ConnectionClosedError, OutboundBufferLimitError


class Message(NamedTuple):
    """What came. `headers` as on the wire, empty if there are none."""

    subject: str
    reply: str
    data: bytes
    headers: bytes

    @property
    def status(self) -> str:
        """The code in a message of the server's own ("100", "408", "503"); empty in all others."""
        return self.headers[9:12].decode() if self.headers[8:9] == b" " else ""

    def header(self, name: str) -> str | None:
        """The value of a header."""
        for line in self.headers.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().decode() == name:
                return value.strip().decode()
        return None


Heard = Callable[[Message], None]


class DirectSubscription(Subscription):
    """Interest in a subject; what the client expects of a subscription, and no more."""

    _queue = ""
    _max_msgs = 0
    _received = 0
    _closed = False
    _cb: Any = None
    _future: asyncio.Future[Any] | None = None
    _jsi: Any = None
    _pending_queue: Any = None
    _pending_size = 0
    _wait_for_msgs_task = None
    _message_iterator: Any = None
    _pending_next_msgs_calls: Any = None

    def __init__(self, client: Client, number: int, subject: str, heard: Heard) -> None:  # the library's makes a queue
        self._conn: Client = client
        self._id = number
        self._subject = subject
        self.heard = heard


class DirectClient(Client):
    """The library's client, with subscriptions of both kinds."""

    async def hear(self, subject: str, heard: Heard) -> DirectSubscription:
        """Subscribe. `heard` must not wait; what it raises goes where the client's errors go.

        There is no queue that could overflow: while `heard` is busy, the broker's messages wait in the connection.
        Raises ConnectionClosedError.
        """
        if self.is_closed:
            raise ConnectionClosedError
        self._sid += 1
        subscription = DirectSubscription(self, self._sid, subject, heard)
        self._subs[self._sid] = subscription
        await self._send_subscribe(subscription)
        return subscription

    async def send(self, subject: str, payload: bytes, headers: Mapping[str, str], reply: str = "") -> None:
        """Publish with headers, a tenth of the library's work: names and subject are ours and not looked at.

        Raises BadHeaderError for a value with a line break, ConnectionClosedError, OutboundBufferLimitError.
        """
        lines = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
        if lines.count("\n") != len(headers) or lines.count("\r") != len(headers):
            raise BadHeaderError("a header's value has a line break")
        if self.is_closed:
            raise ConnectionClosedError
        if not self.is_connected and self._pending_data_size + len(payload) > self._max_pending_size:
            raise OutboundBufferLimitError
        head = f"NATS/1.0\r\n{lines}\r\n".encode()
        line = f"HPUB {subject} {reply} {len(head)} {len(head) + len(payload)}\r\n".encode()
        self.stats["out_msgs"] += 1
        self.stats["out_bytes"] += len(payload)
        await self._send_command(b"".join((line, head, payload, b"\r\n")))
        if self._flush_queue is not None and self._flush_queue.empty():
            await self._flush_pending()

    async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: bytes) -> None:
        subscription = self._subs.get(sid)
        if type(subscription) is not DirectSubscription:
            await super()._process_msg(sid, subject, reply, data, headers)
            return
        self.stats["in_msgs"] += 1
        self.stats["in_bytes"] += len(data)
        try:
            subscription.heard(Message(subject.decode(), reply.decode(), data, headers or b""))
        except Exception as error:  # one bad message must not end the reading of all others
            await self._error_cb(error)
