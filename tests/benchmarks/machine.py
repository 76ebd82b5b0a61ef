"""How fast the machine itself is: a plain loopback echo, and one fsync."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import statistics
import time
from multiprocessing.connection import Connection
from pathlib import Path

ECHO_CONNECTIONS = 50
ECHO_SECONDS = 2.0
FSYNC_ROUNDS = 200
MESSAGE = b"x" * 127 + b"\n"


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        writer.write(line)
    writer.close()


async def _serve(parent: Connection) -> None:
    server = await asyncio.start_server(_echo, "127.0.0.1", 0)
    parent.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _serve_forever(parent: Connection) -> None:
    asyncio.run(_serve(parent))


async def _one_connection(port: int, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while time.perf_counter() < until:
        writer.write(MESSAGE)
        await reader.readline()
        count += 1
    writer.close()
    return count


async def _drive(port: int) -> float:
    until = time.perf_counter() + ECHO_SECONDS
    counts = await asyncio.gather(*(_one_connection(port, until) for _ in range(ECHO_CONNECTIONS)))
    return sum(counts) / ECHO_SECONDS


def echo_per_second() -> float:
    """Round trips a second of 50 asyncio connections, one line in flight each, two processes."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve_forever, args=(there,))
    server.start()
    there.close()  # so that a server that dies at once is an EOFError here
    try:
        return round(asyncio.run(_drive(here.recv())))
    finally:
        server.terminate()
        server.join()


def fsync_ms(folder: Path) -> float:
    """Median time in ms to append 8 KiB to a file of `folder` and fdatasync it."""
    path = folder / "fsync.probe"
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY)
    times = []
    for _ in range(FSYNC_ROUNDS):
        started = time.perf_counter()
        os.write(descriptor, b"\0" * 8192)
        os.fdatasync(descriptor)
        times.append(time.perf_counter() - started)
    os.close(descriptor)
    path.unlink()
    return round(statistics.median(times) * 1e3, 3)


def measure(folder: Path) -> dict[str, float]:
    """Both figures; `folder` lies on the disk that the database will use."""
    return {"echo_per_s": echo_per_second(), "fsync_ms": fsync_ms(folder)}
