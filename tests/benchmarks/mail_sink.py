"""A mail server that says yes to everything as fast as it can (RFC 5321), in a process of its own.

python -m tests.benchmarks.mail_sink PORT FILE: keeps the first mail in FILE, so that the library alone can send it too.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Final, cast

import uvloop

ANSWERS: Final = {
    b"EHLO": b"250-sink\r\n250-SIZE 10000000\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
    b"DATA": b"354 Go on\r\n",
    b"QUIT": b"221 Bye\r\n",
}
YES: Final = b"250 Yes\r\n"
END: Final = b"\r\n.\r\n"


class Sink(asyncio.Protocol):
    """One connection."""

    keep: Path

    def __init__(self) -> None:
        self._got = bytearray()
        self._in_mail = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._got += data
        while (end := self._got.find(END if self._in_mail else b"\r\n")) >= 0:
            said = bytes(self._got[:end])
            del self._got[: end + len(END if self._in_mail else b"\r\n")]
            self._answer(said)

    def _answer(self, said: bytes) -> None:
        if self._in_mail:
            self._in_mail = False
            if not self.keep.exists():
                self.keep.write_bytes(said + b"\r\n")
            self._transport.write(YES)
            return
        command = said[:4].upper()
        self._in_mail = command == b"DATA"
        self._transport.write(ANSWERS.get(command, YES))
        if command == b"QUIT":
            self._transport.close()


async def main(port: int, keep: Path) -> None:
    """Serve until killed."""
    Sink.keep = keep
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), Path(sys.argv[2])))
