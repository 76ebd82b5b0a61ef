"""Hosting one or several services in this process."""

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import uvloop

from services.common import logs, schema, settings
from services.common.stopping import stop_event

_SETTINGS: dict[str, type[settings.Settings]] = {
    "gateway": settings.GatewaySettings,
    "conversations": settings.ConversationsSettings,
    "engagement": settings.EngagementSettings,
    "projections": settings.ProjectionsSettings,
    "notifier": settings.NotifierSettings,
    "mailbox": settings.MailboxSettings,
}

_MODULES = {"mailbox": "services.standalone.mailbox"}
"""Where a service isn't in the folder of its name."""

_WITHOUT_DATABASES = {"mailbox"}

Serve = Callable[[Any], Awaitable[None]]


def serve(services: Sequence[str]) -> None:
    """Run until SIGTERM or Ctrl-C, or until one of them fails.

    Raises SchemaMismatch before anything is served if a database is of another version.
    """
    first = _SETTINGS[services[0]]()
    logs.configure("+".join(services), first)
    log = logs.logger(__name__)
    for service in services:
        log.info("Starting", settings=_SETTINGS[service]().redacted())
    if not _WITHOUT_DATABASES.issuperset(services):
        schema.check_all(first)
    uvloop.run(_all(services))


async def _all(services: Sequence[str]) -> None:
    """One that ends, for whatever reason, ends the others."""
    stop = stop_event()

    async def one(service: str) -> None:
        run: Serve = importlib.import_module(f"{_MODULES.get(service, f'services.{service}')}.main").serve
        try:
            await run(_SETTINGS[service]())
        finally:
            stop.set()

    async with asyncio.TaskGroup() as group:
        for service in services:
            group.create_task(one(service))
