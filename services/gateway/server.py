"""The web server: uvicorn, told to let go of clients that don't read, and how it ends."""

import asyncio
import contextlib
import random
import resource
import socket
from collections.abc import Iterator
from typing import Any, Final

import uvicorn

from contracts.sockets import MAX_FRAME_BYTES
from services.common.logs import logger
from services.common.settings import GatewaySettings
from services.gateway.sockets.loop import ClientSocket
from services.gateway.sockets.protocol import DirectProtocol

log = logger(__name__)

SEND_BUFFER_BYTES: Final = 65_536
USER_TIMEOUT_MS: Final = 20_000
"""After this long without an acknowledgement from the client the system drops the connection."""
BACKLOG: Final = 4_096
PING_SECONDS: Final = 20.0
GRACE_SECONDS: Final = 3
MANY_FILES: Final = 65_536
SOCKETS_A_SECOND: Final = 1_000
LONGEST_DRAIN_SECONDS: Final = 10.0


class Server(uvicorn.Server):
    """Signals are ours: the sockets are asked to leave before the server stops."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def allow_many_files() -> None:
    """Each socket is an open file, and the usual soft limit is for desktops."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MANY_FILES if hard == resource.RLIM_INFINITY else min(hard, MANY_FILES)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def listening_socket(host: str, port: int) -> socket.socket:
    """Raises OSError if the address can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MS)
    listening.bind((host, port))
    listening.setblocking(False)
    return listening


def server(app: Any, settings: GatewaySettings) -> Server:
    return Server(
        uvicorn.Config(
            app,
            http="httptools",
            ws=DirectProtocol,
            ws_max_size=MAX_FRAME_BYTES,
            ws_per_message_deflate=False,
            ws_ping_interval=PING_SECONDS,
            ws_ping_timeout=PING_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
            server_header=False,
            access_log=False,
            log_config=None,
            lifespan="off",
            backlog=BACKLOG,
        )
    )


async def drain(sockets: set[ClientSocket]) -> None:
    """Ask all to come back elsewhere, spread over some seconds, and wait until they have gone."""
    spread = min(LONGEST_DRAIN_SECONDS, len(sockets) / SOCKETS_A_SECOND + 0.2)
    log.info("Asking sockets to leave", sockets=len(sockets), seconds=round(spread, 1))
    for one in list(sockets):
        one.close_soon(random.uniform(0, spread))
    loop = asyncio.get_running_loop()
    deadline = loop.time() + spread + 1
    while sockets:
        if loop.time() > deadline:
            return
        await asyncio.sleep(0.05)
