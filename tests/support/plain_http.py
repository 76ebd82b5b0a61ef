"""A bare HTTP/1.1 client for many small requests: what it costs itself must not drown what it measures."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class Answer(NamedTuple):
    """A status, and the JSON that came with it, None without a body."""

    status: int
    body: Any


class Connection:
    """One connection, kept alive; one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self._reader, self._writer, self._host = reader, writer, host

    async def post(self, path: str, body: object) -> Answer:
        """Raises asyncio.IncompleteReadError if the server goes away."""
        sent = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/json\r\n"
        self._writer.write(f"{head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent)
        said = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        status, _, fields = said.partition("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in fields.split("\r\n") if line)
        came = await self._reader.readexactly(int(headers.get("content-length", 0)))
        return Answer(int(status.split()[1]), json.loads(came) if came else None)

    def close(self) -> None:
        self._writer.close()


@asynccontextmanager
async def connections(base_urls: Iterable[str], each: int) -> AsyncIterator[list[Connection]]:
    """So many to each of the servers (`http://127.0.0.1:8000`)."""
    opened: list[Connection] = []
    try:
        for url in base_urls:
            parts = urlsplit(url)
            for _ in range(each):
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
                opened.append(Connection(reader, writer, parts.netloc))
        yield opened
    finally:
        for one in opened:
            one.close()


async def post_all(connections: list[Connection], requests: Iterable[tuple[str, object]]) -> list[Answer]:
    """Each request over whichever connection is free; answers in the order of the requests."""
    waiting, answers = iter(list(enumerate(requests))), dict[int, Answer]()

    async def take(connection: Connection) -> None:
        for number, (path, body) in waiting:
            answers[number] = await connection.post(path, body)

    await asyncio.gather(*map(take, connections))
    return [answers[number] for number in sorted(answers)]
