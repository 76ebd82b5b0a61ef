"""A push service that takes everything as fast as it can, in a process of its own, and counts by address.

python -m tests.support.push_sink PORT: `GET /counts` answers how many came to each path, as JSON.
"""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, Final, cast

import httpx
import uvloop

from services.standalone.ports import free_ports

END: Final = b"\r\n\r\n"
LENGTH: Final = b"content-length:"
TAKEN: Final = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class Sink(asyncio.Protocol):
    """One connection; requests come one after the other (RFC 9112, section 9.3)."""

    taken: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        self._got = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._got += data
        while (end := self._got.find(END)) >= 0:
            head = bytes(self._got[:end]).lower()
            at = head.find(LENGTH)
            whole = end + len(END) + (int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0)
            if len(self._got) < whole:
                return
            self._answer(bytes(self._got[:end]))
            del self._got[:whole]

    def _answer(self, head: bytes) -> None:
        method, path, _ = head.split(b" ", 2)
        if method == b"POST":
            self.taken[path.decode()] += 1
            self._transport.write(TAKEN)
            return
        counts = json.dumps(self.taken).encode()
        self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(counts), counts))


@dataclass(frozen=True)
class PushSink:
    """One that runs."""

    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def counts(self) -> dict[str, int]:
        """How often something came to each path."""
        found: dict[str, int] = httpx.get(f"{self.origin}/counts", timeout=30).json()
        return found


@contextmanager
def push_sink() -> Iterator[PushSink]:
    """Running while inside."""
    port = free_ports(1)[0]
    command = [sys.executable, "-m", "tests.support.push_sink", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        if process.stdout.readline().strip() != b"ready":
            raise RuntimeError("the push service did not start")
        yield PushSink(port)
    finally:
        process.terminate()
        process.communicate()


async def main(port: int) -> None:
    """Serve until killed."""
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
