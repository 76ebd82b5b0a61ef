"""The wiring of `shopbell serve mailbox`."""

import asyncio
import contextlib
from collections.abc import Iterator

import uvicorn

from services.common.settings import MailboxSettings
from services.common.stopping import stop_event
from services.standalone.mailbox.catcher import Catcher, protocol
from services.standalone.mailbox.page import Page
from services.standalone.ports import LOOPBACK


class _Server(uvicorn.Server):
    """Signals are ours."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(settings: MailboxSettings) -> None:
    """Take mails and show them, on loopback only, until told to stop. Raises OSError if a port is taken."""
    catcher = Catcher()
    loop = asyncio.get_running_loop()
    smtp = await loop.create_server(lambda: protocol(catcher), LOOPBACK, settings.mailbox_smtp_port)
    config = uvicorn.Config(
        Page(catcher).app(),
        host=LOOPBACK,
        port=settings.mailbox_port,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop_event().wait())
    try:
        await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        smtp.close()
        stopping.cancel()
        server.should_exit = True
        await serving
