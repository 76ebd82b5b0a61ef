"""The service worker file that a shop hosts on its own pages: what stands in it, and whether it does."""

import asyncio
import re
from contextlib import suppress
from typing import Final, Literal
from urllib.parse import urljoin

from msgspec import UNSET, Struct, UnsetType

from services.gateway.rest.campaigns.fetching import Fetcher, Unreachable

Reason = Literal["unreachable", "not_found", "wrong_type", "wrong_content"]

SCRIPT: Final = "/push-worker.js"
AT_ONCE: Final = 10

_SCRIPT_TYPES: Final = frozenset(
    ("text/javascript", "application/javascript", "application/x-javascript", "application/ecmascript")
)
_IMPORTED: Final = re.compile(r"importScripts\(\s*(['\"`])([^'\"`]{1,2000})\1\s*\)")


class OriginChecked(Struct, kw_only=True, omit_defaults=True):
    """Whether the file is there and right; if not, `reason` says what is wrong."""

    origin: str
    ok: bool
    reason: Reason | UnsetType = UNSET


def line_of(gateway: str) -> str:
    """The one line of the file; `gateway` is our own address."""
    return f'importScripts("{gateway}{SCRIPT}");'


async def check(fetcher: Fetcher, origins: list[str], path: str, gateway: str) -> list[OriginChecked]:
    """Each origin's file, some at the same time."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(origin: str) -> OriginChecked:
        async with turns:
            reason = await _wrong(fetcher, f"{origin}{path}", gateway)
        return OriginChecked(origin=origin, ok=reason is None, reason=reason or UNSET)

    return list(await asyncio.gather(*map(one, origins)))


async def _wrong(fetcher: Fetcher, url: str, gateway: str) -> Reason | None:
    """Browsers take no service worker from elsewhere, and none that is no script."""
    try:
        found = await fetcher.get(url)
    except Unreachable:
        return "unreachable"
    if found.status != 200:
        return "not_found"
    if found.kind not in _SCRIPT_TYPES:
        return "wrong_type"
    return None if gateway + SCRIPT in _imported(url, found.body.decode(errors="replace")) else "wrong_content"


def _imported(url: str, script: str) -> set[str]:
    """What a script at this address imports; not what is no address."""
    found = set()
    for _, address in _IMPORTED.findall(script):
        with suppress(ValueError):
            found.add(urljoin(url, address))
    return found
